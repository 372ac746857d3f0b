"""The text of a PDF file, page by page; pages that are pictures of paper are told by number."""

import io
import logging
import re
from typing import NamedTuple

# Between Chinese and other characters a PDF has a gap for the eye, which comes out as a blank.
_GAP = re.compile(
    "(?<=[0-9A-Za-z%])[ ](?=[一-鿿，。；：、）”])|(?<=[一-鿿，。；：、（“])[ ](?=[0-9A-Za-z])"
)
_MOST_PAGES = 200
_LEAST_ON_A_PAGE = 5


class PdfText(NamedTuple):
    """What was read: the lines of all pages, and the pages that hold no text but a picture."""

    text: str
    scanned: tuple[int, ...]
    pages: int


class PdfUnreadableError(Exception):
    """A file that is no PDF, or none that can be read; the message ends a sentence on it."""


def read_pdf(content: bytes) -> PdfText:
    """Return the text of a PDF file; raise PdfUnreadableError for what has none to give."""
    # Loaded here: it is slow to load, and nobody else reads PDF.
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise PdfUnreadableError("加了密码；去掉密码另存以后再导入")
        if len(reader.pages) > _MOST_PAGES:
            raise PdfUnreadableError(f"超过{_MOST_PAGES}页，不会是一份通报；核对文件名")
        texts = [page.extract_text() or "" for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise PdfUnreadableError("不是能读的pdf文件；重新下载或另存以后再导入") from error
    except (ImportError, NotImplementedError, RecursionError, OverflowError) as error:
        raise PdfUnreadableError("用了无法读取的加密或压缩；另存为docx再导入") from error
    scanned = tuple(
        number
        for number, text in enumerate(texts, start=1)
        if len("".join(text.split())) < _LEAST_ON_A_PAGE
    )
    lines = (_without_gaps(line.strip()) for text in texts for line in text.split("\n"))
    return PdfText("\n".join(line for line in lines if line) + "\n", scanned, len(texts))


def _without_gaps(line: str) -> str:
    """Return a line without the blanks between its figures and words, but behind a first number."""
    first = re.match("[0-9]{1,3}[ ]", line)
    start = first.end() if first else 0
    return line[:start] + _GAP.sub("", line[start:])
