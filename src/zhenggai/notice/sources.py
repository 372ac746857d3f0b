"""Read a notice to import from a text, Markdown, HTML, Word or PDF file, within limits."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from zhenggai.errors import InvalidInputError, WrongUsageError
from zhenggai.notice import web_page
from zhenggai.notice.markdown_blocks import lines_of
from zhenggai.notice.pdf_text import PdfUnreadableError, read_pdf
from zhenggai.notice.word.document import WordText, read_document
from zhenggai.notice.word.markup import UnreadableError
from zhenggai.storage.handed_file import read_handed
from zhenggai.storage.yaml.nodes import UNSAYABLE
from zhenggai.storage.yaml.yaml_errors import codepoint

_MOST_BYTES = 16 << 20
# A notice has ten or twenty thousand characters; what is far longer is something else.
_MOST_CHARACTERS, _MOST_LINES = 100_000, 2_000
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BYTE_ORDER = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


class Source(NamedTuple):
    """A notice as text, a line for each paragraph, and what to tell about how it was read.

    It is `whole` where everything was read that the file shows.
    """

    text: str
    notes: tuple[str, ...] = ()
    whole: bool = True


def read(path: Path, encoding: str | None = None, wanted: str = "通报") -> Source:
    """Return a published notice as text, or another paper, which is `wanted`.

    Raise InvalidInputError for a file that can be none, WrongUsageError for a wrong path.
    """
    content = read_handed(path, _MOST_BYTES, wanted)
    source = _by_suffix(path, content, encoding)
    _refuse_what_is_no_notice(path, source.text)
    return source


def _by_suffix(path: Path, content: bytes, encoding: str | None) -> Source:
    match path.suffix.lower():
        case ".docx":
            return _docx(path, content)
        case ".pdf":
            return _pdf(path, content)
        case ".html" | ".htm" | ".shtml":
            return _html(path, content, encoding)
    return _plain(path, content, encoding)


def _refuse_what_is_no_notice(path: Path, text: str) -> None:
    if not text.strip():
        raise InvalidInputError(f"“{path}”里没有文字；核对文件名")
    _refuse_what_is_too_long(path, text)
    if control := UNSAYABLE.search(text):
        line = text.count("\n", 0, control.start()) + 1
        name = codepoint(control[0])
        raise InvalidInputError(f"“{path}”第{line}行有不可见的控制字符（{name}）；删去后再导入")


def _refuse_what_is_too_long(path: Path, text: str) -> None:
    if len(text) > _MOST_CHARACTERS or text.count("\n") > _MOST_LINES:
        raise InvalidInputError(
            f"“{path}”太长（超过{_MOST_CHARACTERS // 10_000}万字或{_MOST_LINES}行），"
            "不会是一份通报；只留下通报的正文再导入"
        )


# -- text and Markdown ------------------------------------------------------------------------


def _plain(path: Path, content: bytes, encoding: str | None) -> Source:
    text, notes = _decoded(path, content, encoding)
    if _LINE_END.search(text):
        notes += ("原文的换行不是LF；写出的通报一律用LF",)
        text = _LINE_END.sub("\n", text)
    if path.suffix.lower() in (".md", ".markdown"):
        _refuse_what_is_too_long(path, text)  # before it takes the parser long
        text = lines_of(text)
    return Source(text, notes)


def _decoded(path: Path, content: bytes, wanted: str | None) -> tuple[str, tuple[str, ...]]:
    """Decode text the way Chinese offices save it: UTF-8, else with its mark, else GB18030.

    Bytes of another encoding are GB18030 as well, of characters that no notice has: such a text
    is refused, and only who says its encoding can have it read.
    """
    if wanted is not None:
        return _decoded_as(path, content, wanted)
    encoding = _BYTE_ORDER.get(content[:2], "utf-8-sig")
    # Without its mark UTF-16 shows by the zeros of its line ends.
    unmarked = () if b"\0" not in content or encoding == "utf-16" else ("utf-16-le", "utf-16-be")
    for name in (encoding, *unmarked, "gb18030"):
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if name in unmarked and ("\0" in text or _is_doubtful(text)):
            continue
        if name == "gb18030" and _is_doubtful(text):
            raise InvalidInputError(
                f"“{path}”的编码无法确定，按GB18030读出来多是生僻字；"
                "用 --encoding 指明（如 big5），或另存为UTF-8再导入"
            )
        if "\0" not in text:
            notes = (
                () if name == "utf-8-sig" else (f"原文按{name.upper()}编码读出，请核对有无乱码",)
            )
            return text, notes
    raise InvalidInputError(
        f"“{path}”不是文本；导入txt、md、html、docx或pdf，老式的doc、wps先另存为docx"
    )


def _decoded_as(path: Path, content: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    try:
        text = content.decode(encoding)
    except LookupError:
        message = f"--encoding 不能写“{encoding}”；可写 utf-8、gb18030、big5、utf-16"
        raise WrongUsageError(message) from None
    except UnicodeError:
        raise InvalidInputError(f"“{path}”不是{encoding}编码；改写 --encoding") from None
    if "\0" in text:
        raise InvalidInputError(f"“{path}”不是{encoding}编码；改写 --encoding")
    return text.removeprefix("\ufeff"), (f"原文按{encoding.upper()}编码读出，请核对有无乱码",)


_COMMON = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    "用道行所然家种事成方多经去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日军者意"
    "关整改问题巡察情况党委组局县市区单位落实措施责任工作通报反馈建立完成制度管理检查会议加强"
    "月干部领导公开监督第三二四五六七八九十项次名万元支书记联系电话邮箱"
)
_FEW_COMMON = 0.2
_LEAST_JUDGED = 20


def _is_doubtful(text: str) -> bool:
    """Whether hardly any of a text's Chinese characters are those that every notice has."""
    chinese = [one for one in text[:_MOST_CHARACTERS] if not one.isascii() and one.isalpha()]
    if len(chinese) < _LEAST_JUDGED:
        return False
    return sum(one in _COMMON for one in chinese) < len(chinese) * _FEW_COMMON


# -- web pages and PDF ------------------------------------------------------------------------


def _html(path: Path, content: bytes, encoding: str | None) -> Source:
    said = encoding or web_page.charset_of(content)
    if said and said.lower() in ("gb2312", "gbk"):
        said = "gb18030"  # pages say the older names and hold characters of the newer one
    has_mark = content.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"))
    is_utf8 = said is None or said.lower() in ("utf-8", "utf8") or _is_utf8(content)
    if encoding is None and (has_mark or is_utf8):
        source, notes = _decoded(path, content, None)
    else:
        source, notes = _decoded_as(path, content, said or "utf-8")
        notes = () if encoding is None else notes
    text, pictures = web_page.page_text(source)
    if pictures:
        notes += (f"网页有图片{pictures}张，未读取；其中有文字的，改成文字再导入",)
    return Source(text, notes, whole=not pictures)


def _is_utf8(content: bytes) -> bool:
    """Whether a page is UTF-8, whatever it says: browsers save pages so and leave their words."""
    if content.isascii():
        return False
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _pdf(path: Path, content: bytes) -> Source:
    try:
        read = read_pdf(content)
    except PdfUnreadableError as error:
        raise InvalidInputError(f"“{path}”{error}") from None
    if len(read.scanned) == read.pages:
        raise InvalidInputError(
            f"“{path}”是扫描件，{read.pages}页都没有文字；先用文字识别软件转成文字再导入"
        )
    notes: tuple[str, ...] = ("pdf按行排版，已把断开的行接成段落，请对照原文核对",)
    if read.scanned:
        which = "、".join(map(str, read.scanned))
        notes += (f"第{which}页是扫描的图片或空白页，没有文字，未读取",)
    return Source(_LINE_END.sub("\n", read.text), notes, whole=False)


# -- Word -------------------------------------------------------------------------------------


def _docx(path: Path, content: bytes) -> Source:
    try:
        read = read_document(content, _MOST_LINES, _MOST_CHARACTERS)
    except UnreadableError as error:
        raise InvalidInputError(f"“{path}”{error}") from None
    text = _LINE_END.sub("\n", "\n".join(read.lines)) + "\n"
    unread = "、".join(f"{kind}{number}处" for kind, number in read.unread.items() if number)
    return Source(text, tuple(_notes(read, unread)), whole=not unread)


def _notes(read: WordText, unread: str) -> Iterator[str]:
    if unread:
        yield f"原文有无法读取的内容：{unread}；其中是文字的，在Word里改成文字再导入"
    if read.changes:
        yield f"原文有修订{read.changes}处，按全部接受以后的文字读出"
    if read.hidden:
        yield f"原文有隐藏的内容{read.hidden}处，未读取"
    if looks := "、".join(f"{kind}{number}处" for kind, number in read.looks.items()):
        yield f"原文有特殊样式的文字：{looks}；已照读，请对照原文核对"
    if read.notes:
        yield f"原文有脚注{read.notes}条，文中标作[1]……，注文放在最后"
