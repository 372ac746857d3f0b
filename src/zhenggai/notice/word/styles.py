"""What styles say of a text: whether it is hidden, how it looks, how its lines are numbered."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from zhenggai.notice.word.markup import Element


class NumberedAs(NamedTuple):
    """Which numbering a paragraph has, and on which level; None where that is not said."""

    number: str | None
    level: int | None


NOT_NUMBERED = NumberedAs(None, None)


class Styles:
    """The styles of a document, each with what it takes from the one it is based on."""

    def __init__(self, part: Element | None) -> None:
        styles = list(part.all("w:style")) if part else []
        self._styles = {style.get("w:styleId"): style for style in styles}
        self._usual = next(
            (
                style.get("w:styleId")
                for style in styles
                if style.get("w:type") == "paragraph" and _is_one(style.get("w:default"))
            ),
            None,
        )
        self._default = part.find("w:docDefaults", "w:rPrDefault", "w:rPr") if part else None
        default = self._default.find("w:vanish") if self._default else None
        self._all_hidden = default is not None and default.is_on()
        self._lines: dict[str | None, list[Element]] = {}
        self._said: dict[tuple[str | None, str], Element | None] = {}

    def of_paragraph(self, paragraph: Element) -> str | None:
        """Return the name of a paragraph's style."""
        named = paragraph.find("w:pPr", "w:pStyle")
        return named.value if named else self._usual

    def hides(self, properties: Element | None, *styles: str | None) -> bool:
        """Whether text is hidden by its own properties, else by an odd number of its styles."""
        own = properties.find("w:vanish") if properties else None
        if own is not None:
            return own.is_on()
        named = properties.find("w:rStyle") if properties else None
        said = [self._hides(style) for style in (*styles, *([named.value] if named else ()))]
        return self._all_hidden or sum(said) % 2 == 1

    def _hides(self, style: str | None) -> bool:
        for one in self._line(style):
            vanish = one.find("w:rPr", "w:vanish")
            if vanish is not None:
                return vanish.is_on()
        return False

    def looks(self, properties: Element | None, *styles: str | None) -> Iterator[str]:
        """Yield what may keep a reader from seeing a text as it is written, by its kind.

        The styles are given from the nearest to the farthest.
        """
        color = self._property("w:color", properties, styles)
        own = [properties.find(name) for name in ("w:shd", "w:highlight")] if properties else []
        if color is not None and _is_white(color.value) and not any(map(_is_dark, own)):
            yield "白色的字"
        size = self._property("w:sz", properties, styles)
        if size is not None and re.fullmatch("0*[0-4]", size.value or ""):
            yield "极小的字"
        for name in ("w:strike", "w:dstrike"):
            struck = self._property(name, properties, styles)
            if struck is not None and struck.is_on():
                yield "划去的字"

    def font(self, properties: Element | None, *styles: str | None) -> str:
        """Return the font of a text's letters and digits; '' where none is said."""
        fonts = self._property("w:rFonts", properties, styles)
        return (fonts.get("w:ascii") or "") if fonts else ""

    def _property(
        self, name: str, properties: Element | None, styles: tuple[str | None, ...]
    ) -> Element | None:
        """Return a property of a text: its own, or that of the nearest style that has one."""
        own = properties.find(name) if properties else None
        if own is not None:
            return own
        named = properties.find("w:rStyle") if properties else None
        for style in (*([named.value] if named else ()), *styles):
            if (style, name) not in self._said:
                found = (one.find("w:rPr", name) for one in self._line(style))
                self._said[style, name] = next((one for one in found if one is not None), None)
            if (said := self._said[style, name]) is not None:
                return said
        return self._default.find(name) if self._default else None

    def numbered(self, style: str | None) -> tuple[NumberedAs, str | None]:
        """Return how the paragraphs of a style are numbered, and the style that says so."""
        number, level, named = None, None, None
        for one in self._line(style):
            found = numbered(one)
            level = found.level if level is None else level
            if found.number is not None:
                number, named = found.number, one.get("w:styleId")
                break
        return NumberedAs(number, level), named

    def _line(self, style: str | None) -> list[Element]:
        """Return a style and those it is based on; none twice, however they refer to each other."""
        if style not in self._lines:
            line: dict[str | None, Element] = {}
            name = style
            while name not in line and (found := self._styles.get(name)) and len(line) < _LONGEST:
                line[name] = found
                based = found.find("w:basedOn")
                name = based.value if based else None
            self._lines[style] = list(line.values())
        return self._lines[style]


_LONGEST = 50
_NEARLY_WHITE = re.compile("[EFef][0-9A-Fa-f][EFef][0-9A-Fa-f][EFef][0-9A-Fa-f]")


def _is_white(color: str | None) -> bool:
    return bool(_NEARLY_WHITE.fullmatch(color or ""))


def _is_dark(behind: Element | None) -> bool:
    """Whether there is a colour behind a text on which white can be read."""
    if behind is None:
        return False
    color = behind.get("w:fill") or behind.value or "auto"
    return color not in ("auto", "none", "white", "clear", "nil") and not _is_white(color)


def numbered(holder: Element) -> NumberedAs:
    """Return what a paragraph or a style itself says of its numbering."""
    found = holder.find("w:pPr", "w:numPr")
    if found is None:
        return NOT_NUMBERED
    number, level = found.find("w:numId"), found.find("w:ilvl")
    at = level.value if level else None
    is_level = at is not None and len(at) == 1 and at.isdecimal()
    return NumberedAs(number.value if number else None, int(at or 0) if is_level else None)


def _is_one(value: str | None) -> bool:
    return value in ("1", "true", "on")
