"""Symbols: characters of symbol fonts, and the results of Word fields."""

import re

from zhenggai.notice.word.markup import Element

_MOST_CIRCLED = 20
# What signs of common fonts show, by their code.
_SYMBOLS = {
    "wingdings": {
        **dict(zip(b"lmnoqtuv", "●❍■□❑◆◆❖", strict=True)),
        **dict(zip(b"\x9f\xa7\xa8\xd8\xe0\xf0\xfb\xfc\xfd\xfe", "•▪◻➢→⇨✗✓☒☑", strict=True)),
    },
    "wingdings 2": {0x50: "✓", 0x52: "☑", 0x53: "☒", 0xA3: "☐", 0x30: "☒"},
    "symbol": {0xB7: "•", 0xB0: "°", 0xB1: "±", 0xB4: "×", 0xA3: "≤", 0xB3: "≥", 0xD7: "⋅"},
}
_OTHER_FONTS = ("wingdings 3", "webdings", "zapfdingbats", "mt extra", "marlett")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
# Fields that show nothing; of others that have no result Word makes what it shows.
_SILENT = re.compile(
    r"\s*(?:XE|TC|TA|RD|SET|ASK|PRIVATE|ADVANCE|PRINT|NEXT|NEXTIF|SKIPIF)\b", re.IGNORECASE
)
# A number in a circle, as Chinese Word writes it.
_CIRCLED = re.compile(
    r"\s*EQ\s*\\o\s*(?:\\a[clr]\s*)*\(\s*[○〇◯]\s*[,，;；]\s*([0-9]{1,2})\s*\)\s*", re.IGNORECASE
)


def symbol(piece: Element) -> str | None:
    """Return what a sign of a font shows; None where that is not known."""
    font, code = (piece.get("w:font") or "").lower(), piece.get("w:char") or ""
    if not re.fullmatch("[0-9A-Fa-f]{1,4}", code):
        return None
    number = int(code, 16)
    if font in _SYMBOLS:
        # They stand in the private area, and in old files below it.
        return _SYMBOLS[font].get(number & 0xFF if number >> 8 in (0, 0xF0) else -1)
    shown = chr(number)
    return shown if shown.isprintable() else None


def in_font(text: str, font: str) -> tuple[str, int]:
    """Return what a text shows in a font, and how many signs of it are not known.

    In a font of symbols, letters and digits are signs.
    """
    signs = _SYMBOLS.get(font.lower())
    if signs is None and font.lower() not in _OTHER_FONTS:
        return text, 0
    shown = [(signs or {}).get(ord(one), "") if "!" <= one <= "~" else one for one in text]
    unknown = sum("!" <= one <= "~" and not sign for one, sign in zip(text, shown, strict=True))
    return "".join(shown), unknown


def without_private(text: str) -> tuple[str, int]:
    """Leave out the characters that only a font knows; return how many there were."""
    return _PRIVATE.subn("", text)


def of_field(code: str) -> str | None:
    """Return what a field without a written result shows; None where only Word knows."""
    circled = _CIRCLED.fullmatch(code)
    number = int(circled[1]) if circled else 0
    if 0 < number <= _MOST_CIRCLED:
        return chr(ord("①") + number - 1)
    return "" if _SILENT.match(code) else None
