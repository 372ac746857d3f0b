"""What a zip may hold before any parser sees it: members, sizes, ratios, document types.

The sizes that the directory declares are checked first, then every member is really inflated,
piece by piece and never kept, and may not come to more than was declared.
"""

import io
import zipfile
import zlib
from typing import Final

from zhenggai.errors import InvalidInputError

_MB = 1 << 20
MOST_BYTES: Final = 50 * _MB
MOST_MEMBERS: Final = 1_000
MOST_INFLATED: Final = 400 * _MB
MOST_OF_A_MEMBER: Final = 100 * _MB
MOST_RATIO: Final = 100
RATIO_FROM: Final = 10 * _MB
_AT_ONCE = _MB
# In the encodings that an XML parser takes without being told.
_DOCTYPES = tuple("<!DOCTYPE".encode(name) for name in ("ascii", "utf-16-le", "utf-16-be"))
_LONGEST = max(map(len, _DOCTYPES))
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 1
_MARKUP = (".xml", ".rels", ".vml")


def checked_archive(file: str, content: bytes) -> zipfile.ZipFile:
    """Open a zip that keeps the limits; raise InvalidInputError, which says what is wrong."""
    broken = InvalidInputError(f"“{file}”已损坏或不完整；请重新取得文件，或用Excel打开另存为xlsx")
    # Every member has such a mark in the directory, whatever that says of their number.
    if content.count(b"PK\x01\x02") > MOST_MEMBERS:
        raise _too_much(file, f"压缩包里的部件超过{MOST_MEMBERS}个")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, IndexError):
        raise broken from None
    entries = archive.infolist()
    _refuse_what_is_declared(file, entries)
    try:
        for entry in entries:
            _inflate(file, archive, entry)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, RuntimeError):
        raise broken from None
    return archive


def _too_much(file: str, what: str) -> InvalidInputError:
    return InvalidInputError(f"“{file}”{what}，不会是一份台账；请核对文件，或只留下台账另存为xlsx")


def _refuse_what_is_declared(file: str, entries: list[zipfile.ZipInfo]) -> None:
    if sum(entry.file_size for entry in entries) > MOST_INFLATED:
        raise _too_much(file, f"展开以后超过{MOST_INFLATED // _MB}MB")
    for entry in entries:
        _refuse_size(file, entry, entry.file_size)
        if entry.flag_bits & _ENCRYPTED:
            raise InvalidInputError(f"“{file}”有密码；请去掉密码另存再导入")
        if entry.compress_type not in _METHODS:
            raise InvalidInputError(
                f"“{file}”的压缩方式不是Excel和Word用的；请打开后另存为xlsx或docx再导入"
            )


def _refuse_size(file: str, entry: zipfile.ZipInfo, size: int) -> None:
    if size > MOST_OF_A_MEMBER:
        raise _too_much(file, f"里有展开以后超过{MOST_OF_A_MEMBER // _MB}MB的部件")
    if size > RATIO_FROM and size > MOST_RATIO * max(entry.compress_size, 1):
        raise _too_much(file, f"里有压缩比超过{MOST_RATIO}倍的部件")


def _inflate(file: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    size, tail = 0, b""
    is_markup = entry.filename.lower().endswith(_MARKUP)
    with archive.open(entry) as member:
        while piece := member.read(_AT_ONCE):
            size += len(piece)
            _refuse_size(file, entry, size)
            if is_markup:
                joined = tail + piece
                if any(mark in joined for mark in _DOCTYPES):
                    raise InvalidInputError(
                        f"“{file}”里有文档类型声明（DOCTYPE），可能有害，不读取；"
                        "请用Excel或WPS打开后另存再导入"
                    )
                tail = joined[-_LONGEST:]
