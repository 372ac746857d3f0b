"""The XML of one part of a Word file as a small tree; what is no part of the text is left out.

Nothing is resolved: a document type declaration, and with it every entity, is refused. Elements
are counted as they come and the reading ends at the first too many, whatever the part's size.
"""

from collections.abc import Iterator
from typing import Final
from xml.parsers import expat


class UnreadableError(Exception):
    """A file is no Word file, or none that can be read; says what it is and how to mend it."""


NOT_WORD: Final = "不是能读的docx文件；用Word或WPS另存为docx再导入"
TOO_MUCH: Final = "展开以后太大，不会是一份通报；只留下通报的正文再导入"

_MOST_ELEMENTS, _MOST_CHARACTERS = 250_000, 1_000_000
_DEEPEST = 100
_AT_ONCE = 1 << 20

_W, _OFFICE, _STRICT = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://schemas.openxmlformats.org/officeDocument/2006",
    "http://purl.oclc.org/ooxml",
)
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_PREFIXES = {
    _W: "w",
    f"{_STRICT}/wordprocessingml/main": "w",
    f"{_OFFICE}/math": "m",
    f"{_STRICT}/officeDocument/math": "m",
    f"{_OFFICE}/relationships": "r",
    f"{_STRICT}/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    f"{_DRAWING}/main": "a",
    f"{_STRICT}/drawingml/main": "a",
    f"{_DRAWING}/picture": "pic",
    f"{_STRICT}/drawingml/picture": "pic",
    f"{_DRAWING}/chart": "c",
    f"{_STRICT}/drawingml/chart": "c",
    "http://schemas.microsoft.com/office/drawing/2014/chartex": "c",
    f"{_DRAWING}/diagram": "dgm",
    f"{_STRICT}/drawingml/diagram": "dgm",
    f"{_DRAWING}/wordprocessingDrawing": "wp",
    f"{_STRICT}/drawingml/wordprocessingDrawing": "wp",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
# Everything else between two marks is only there to be read by people.
_TEXTS = ("w:t", "w:instrText")
# Of what describes text, what bears on whether it is seen and how it is numbered.
_KEPT: dict[str, set[str]] = {
    "w:rPr": {
        *("w:vanish", "w:rStyle", "w:ins", "w:del", "w:moveTo", "w:moveFrom"),
        *("w:color", "w:sz", "w:strike", "w:dstrike", "w:shd", "w:highlight", "w:rFonts"),
    },
    "w:pPr": {"w:pStyle", "w:numPr", "w:rPr"},
    "w:tblPr": {"w:tblStyle"},
    "w:trPr": {"w:hidden", "w:ins", "w:del", "w:gridBefore"},
    "w:tcPr": {"w:vMerge", "w:hMerge", "w:cellDel", "w:gridSpan"},
    "w:sdtPr": set(),
    "w:sectPr": set(),
    **{name: set() for name in _TEXTS},
}


class Element:
    """An element: its name with a well-known prefix, its attributes, and what is inside it."""

    __slots__ = ("attributes", "children", "name", "text")

    def __init__(self, name: str, attributes: dict[str, str] | None) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[Element] = []
        self.text = ""

    def get(self, name: str) -> str | None:
        """Return an attribute, by its name with prefix."""
        return self.attributes.get(name) if self.attributes else None

    @property
    def value(self) -> str | None:
        """Return the attribute w:val."""
        return self.get("w:val")

    def find(self, *path: str) -> "Element | None":
        """Return the first element down a path of names, each a child of the one before."""
        found: Element | None = self
        for name in path:
            inside = found.children if found else ()
            found = next((child for child in inside if child.name == name), None)
        return found

    def all(self, name: str) -> Iterator["Element"]:
        """Return every child of a name."""
        return (child for child in self.children if child.name == name)

    def below(self, name: str) -> Iterator["Element"]:
        """Return every element of a name inside this one, however deep."""
        for child in self.children:
            if child.name == name:
                yield child
            yield from child.below(name)

    def is_on(self) -> bool:
        """Whether a property that is on or off is on."""
        return self.value not in ("0", "false", "off")


class MarkupReader:
    """Reads parts of one file; the bound on their elements is for all of them together."""

    def __init__(self) -> None:
        self._left, self._characters_left = _MOST_ELEMENTS, _MOST_CHARACTERS
        self._names: dict[str, str] = {}

    def read(self, content: bytes) -> Element:
        """Return the outermost element of a part."""
        self._open = [Element("", None)]
        self._left_out = 0
        self._text: list[str] = []
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text, parser.buffer_size = True, _AT_ONCE
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        try:
            for start in range(0, len(content), _AT_ONCE):
                parser.Parse(content[start : start + _AT_ONCE], False)
            parser.Parse(b"", True)
        except (expat.ExpatError, LookupError, ValueError):
            raise UnreadableError(NOT_WORD) from None
        return self._open[0].children[0]

    def _name(self, name: str) -> str:
        known = self._names.get(name)
        if known is None:
            namespace, _, local = name.rpartition(" ")
            prefix = _PREFIXES.get(namespace, "?") if namespace else ""
            known = self._names[name] = f"{prefix}:{local}" if prefix else local
        return known

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._left -= 1
        depth = len(self._open) + self._left_out
        if self._left < 0 or depth > _DEEPEST:
            raise UnreadableError(TOO_MUCH)
        name = self._name(name)
        kept = _KEPT.get(self._open[-1].name)
        if self._left_out or (kept is not None and name not in kept):
            self._left_out += 1
            return
        named = {self._name(key): value for key, value in attributes.items()}
        element = Element(name, named or None)
        self._open[-1].children.append(element)
        self._open.append(element)

    def _end(self, _: str) -> None:
        if self._left_out:
            self._left_out -= 1
            return
        element = self._open.pop()
        if self._text:
            element.text = "".join(self._text)
            self._text.clear()

    def _characters(self, text: str) -> None:
        if self._left_out or self._open[-1].name not in _TEXTS:
            return
        self._characters_left -= len(text)
        if self._characters_left < 0:
            raise UnreadableError(TOO_MUCH)
        self._text.append(text)


def _refuse(*_: object) -> None:
    raise UnreadableError(NOT_WORD)
