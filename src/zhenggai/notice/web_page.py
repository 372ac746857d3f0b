"""The text of a web page as its reader sees it: a line for each block, two blanks between cells."""

import re
from html.parser import HTMLParser

_UNSHOWN = frozenset(
    (
        *("head", "script", "style", "noscript", "template", "svg", "iframe", "object", "select"),
        *("textarea", "button", "canvas"),
    )
)
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody"),
        *("tfoot", "thead", "tr", "ul"),
    )
)
_VOID = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"),
        *("track", "wbr"),
    )
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_BETWEEN_CELLS = "  "
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_MOST_DEPTH = 5_000


def charset_of(content: bytes) -> str | None:
    """Return the encoding that a page says it has, None where it says none."""
    match = _CHARSET.search(content[:4096])
    return match[1].decode("ascii") if match else None


def page_text(source: str) -> tuple[str, int]:
    """Return what a page shows as lines of text, and how many pictures it shows beside."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    reader.end_line()
    return "\n".join(reader.lines) + "\n", reader.pictures


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.pictures = 0
        self._line = ""
        self._hidden: list[str] = []  # the elements open since one that is not shown

    def end_line(self) -> None:
        """Put what was read of a line among the lines, if that is anything."""
        if text := self._line.strip(" "):
            self.lines.append(text)
        self._line = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._hidden or tag in _UNSHOWN or _is_hidden(attrs):
            if tag not in _VOID and len(self._hidden) < _MOST_DEPTH:
                self._hidden.append(tag)
            return
        self.pictures += tag == "img"
        if tag in _BLOCKS or tag == "br":
            self.end_line()
        elif tag in ("td", "th") and self._line.strip():
            self._line += _BETWEEN_CELLS

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            if tag in self._hidden:
                del self._hidden[len(self._hidden) - 1 - self._hidden[::-1].index(tag) :]
            return
        if tag in _BLOCKS:
            self.end_line()

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        text = _BLANKS.sub(" ", data)
        if self._line.endswith(" ") or not self._line:
            text = text.removeprefix(" ")
        self._line += text


def _is_hidden(attrs: list[tuple[str, str | None]]) -> bool:
    return any(
        name == "hidden" or (name == "style" and value and _HIDDEN.search(value))
        for name, value in attrs
    )
