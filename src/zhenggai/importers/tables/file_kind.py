"""What a file is, told by its content and never by its name."""

import io
import re
import zipfile
from enum import Enum

from zhenggai.errors import InvalidInputError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_SHEETS = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
_LOOKED_AT = 4096
_TABLE_IN_MARKDOWN = re.compile(rb"^\|(?: *:?-{3,}:? *\|){2,} *\r?$", re.MULTILINE)
_PRINTED = (
    (b"%PDF", "是PDF"),
    (b"\x89PNG", "是图片"),
    (b"\xff\xd8\xff", "是图片"),
    (b"GIF8", "是图片"),
    (b"Rar!", "是压缩包"),
    (b"7z\xbc\xaf", "是压缩包"),
    (b"\x1f\x8b", "是压缩包"),
    (b"{\\rtf", "是RTF"),
)


class FileKind(Enum):
    """The kinds of files that tables are read from, as they are named to people."""

    XLSX = "Excel工作簿（xlsx）"
    XLS = "旧版Excel或WPS工作簿（xls、et）"
    WORD = "Word文档（docx）里的表格"
    MARKDOWN = "Markdown文件里的表格"
    CSV = "csv"


def kind_of(file: str, content: bytes) -> FileKind:
    """Return what a file is; raise InvalidInputError, with the way out, for what is no table."""
    if not content.strip(b"\0 \t\r\n"):
        raise InvalidInputError(f"“{file}”是空的；请核对文件")
    if content.startswith(b"PK"):
        return _zipped(file, content)
    if content.startswith(_OLE):
        return _compound(file, content)
    if content.startswith(_OLD_SHEETS):
        return FileKind.XLS
    for mark, what in _PRINTED:
        if content.startswith(mark):
            raise InvalidInputError(f"“{file}”{what}，不是表格；请导入xlsx、xls、et、csv或docx")
    _refuse_markup(file, content)
    return FileKind.MARKDOWN if _TABLE_IN_MARKDOWN.search(content) else FileKind.CSV


def _zipped(file: str, content: bytes) -> FileKind:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, IndexError):
        raise InvalidInputError(
            f"“{file}”已损坏或不完整；请重新取得文件，或用Excel打开另存为xlsx"
        ) from None
    if "xl/workbook.xml" in names:
        return FileKind.XLSX
    if "word/document.xml" in names:
        return FileKind.WORD
    if "xl/workbook.bin" in names:
        raise InvalidInputError(f"“{file}”是xlsb工作簿；请在Excel里另存为xlsx再导入")
    if "mimetype" in names and "content.xml" in names:
        raise InvalidInputError(f"“{file}”是OpenDocument文件；请另存为xlsx或docx再导入")
    if "[Content_Types].xml" in names:
        # The main part may have any name; the parsers go by the package's relations.
        if any(name.startswith("xl/") for name in names):
            return FileKind.XLSX
        if any(name.startswith("word/") for name in names):
            return FileKind.WORD
    raise InvalidInputError(f"“{file}”是压缩包，不是表格；请解开后导入里面的xlsx、xls、csv或docx")


def _compound(file: str, content: bytes) -> FileKind:
    """Tell an OLE file by the names of its streams, which its directory has in UTF-16."""

    def has(stream: str) -> bool:
        return f"{stream}\0".encode("utf-16-le") in content

    if has("EncryptedPackage"):
        raise InvalidInputError(f"“{file}”有密码；请去掉密码另存再导入")
    if has("Workbook") or has("Book"):
        return FileKind.XLS
    if has("WordDocument"):
        raise InvalidInputError(f"“{file}”是老式的Word文档；请另存为docx再导入")
    raise InvalidInputError(f"“{file}”不是工作簿；请用Excel或WPS打开后另存为xlsx再导入")


def _refuse_markup(file: str, content: bytes) -> None:
    head = content[:_LOOKED_AT].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    is_web_archive = head.startswith(b"mime-version:")
    if is_web_archive or (head.startswith(b"<") and (b"<html" in head or b"<table" in head)):
        raise InvalidInputError(
            f"“{file}”是网页，不是工作簿；请在Excel或WPS里打开，另存为xlsx再导入"
        )
    if head.startswith(b"<?xml") or b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        raise InvalidInputError(f"“{file}”是XML文件，不是工作簿；请在Excel里打开，另存为xlsx再导入")
