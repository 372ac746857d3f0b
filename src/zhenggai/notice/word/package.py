"""A Word file as a package of parts, unpacked one by one and never further than a notice goes.

What the directory says of sizes is not believed: no part is unpacked beyond its bound, none is
written anywhere, and no name is taken for a path.
"""

import io
import posixpath
import zipfile
import zlib
from typing import Final

from zhenggai.notice.word.markup import (
    NOT_WORD,
    TOO_MUCH,
    Element,
    MarkupReader,
    UnreadableError,
)

_MOST_BYTES = 24 << 20
_MOST_MEMBERS = 5_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others unpack without bound
_ENCRYPTED = 1
_LOCKED: Final = "加了密码；去掉密码另存为docx再导入"
_OLD: Final = "是老式的doc；用Word或WPS另存为docx再导入"
_TYPES, _USUAL = "/relationships/", "word/document.xml"


class WordPackage:
    """The parts of a Word file, found by the relations between them as Word itself does."""

    def __init__(self, content: bytes) -> None:
        _refuse_other_files(content)
        try:
            archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError):
            raise UnreadableError(NOT_WORD) from None
        self._archive = archive
        self._left = _MOST_BYTES
        self._members: dict[str, zipfile.ZipInfo | None] = {}
        for entry in archive.infolist():
            name = entry.filename.lower()
            # Of two parts with one name nobody knows which is shown.
            self._members[name] = None if name in self._members else entry
        self._markup = MarkupReader()
        self._known: dict[str, list[Element]] = {}
        self._main = next(iter(self._related("", "officeDocument")), _USUAL)
        self.document = self._read(self._main)
        if self.document.name != "w:document":
            raise UnreadableError(NOT_WORD)

    def parts(self, kind: str) -> list[Element]:
        """Return what the document is related to: its styles, numbering, notes, headers …"""
        return [self._read(name) for name in self._related(self._main, kind)]

    def part(self, kind: str) -> Element | None:
        """Return the one part of a kind there may be."""
        return next(iter(self.parts(kind)), None)

    def _related(self, source: str, kind: str) -> list[str]:
        folder, name = posixpath.split(source)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations.lower() not in self._members:
            return []
        return [
            posixpath.normpath(posixpath.join("/", folder, target))[1:]
            for relation in self._relations(relations)
            if (relation.get("Type") or "").endswith(f"{_TYPES}{kind}")
            and relation.get("TargetMode") != "External"
            and (target := relation.get("Target"))
        ]

    def _relations(self, name: str) -> list[Element]:
        if name not in self._known:
            self._known[name] = self._read(name).children
        return self._known[name]

    def _read(self, name: str) -> Element:
        return self._markup.read(self._unpacked(name))

    def _unpacked(self, name: str) -> bytes:
        entry = self._members.get(name.lower())
        if entry is None or entry.compress_type not in _METHODS:
            raise UnreadableError(NOT_WORD)
        if entry.flag_bits & _ENCRYPTED:
            raise UnreadableError(_LOCKED)
        try:
            with self._archive.open(entry) as member:
                content = member.read(self._left + 1)
        except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError):
            raise UnreadableError(NOT_WORD) from None
        self._left -= len(content)
        if self._left < 0:
            raise UnreadableError(TOO_MUCH)
        return content


def _refuse_other_files(content: bytes) -> None:
    if content.startswith(_OLE):
        is_locked = "EncryptedPackage".encode("utf-16-le") in content
        raise UnreadableError(_LOCKED if is_locked else _OLD)
    # Every member has such a mark in the directory, whatever that says of their number.
    if content.count(b"PK\x01\x02") > _MOST_MEMBERS:
        raise UnreadableError(TOO_MUCH)
