"""What styles say of a text: whether it is hidden, and which numbering its paragraphs have."""

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
        default = part.find("w:docDefaults", "w:rPrDefault", "w:rPr", "w:vanish") if part else None
        self._all_hidden = default is not None and default.is_on()
        self._lines: dict[str | None, list[Element]] = {}

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
