"""Write plain data as YAML in one of the many ways people write it."""

import json
import re
from typing import Any

from mixed_ledgers.chance import Chance

_PLAIN = re.compile(r"[\u4e00-\u9fffA-Za-z《“（(][^\n\t]*")
_NOT_TEXT = re.compile(r"(?i)(null|true|false|yes|no|on|off|y|n|~|[-+.0-9_eExo:/ ]*)")
_COMMENTS = ("待核", "据整改方案", "办公室填: 见附件", "# 两个井号", "2021年3月改", "TODO [x] {y}")
_SHORT, _LONG = 6, 12


class Raw(str):
    """A scalar that is written to the letter: a day, a number, an anchor, or what is none."""

    __slots__ = ()


class Style:
    """How one file is written; drawn once, so that a file is written in one hand."""

    def __init__(self, chance: Chance) -> None:
        self.chance = chance
        self.step = chance.choice([2, 2, 2, 2, 4])
        self.before_dash = chance.choice([0, 2, 2, 2, 4])
        self.dash = chance.choice(["- ", "- ", "- ", "-   "])
        self.flow = chance.choice([0, 0, 0.1, 0.3, 1])
        self.quoted = chance.choice([0, 0, 0, 0.1, 0.5, 1])
        self.blocks = chance.choice([0, 0, 0, 0.1, 0.4])
        self.comments = chance.choice([0, 0, 0.1, 0.3])
        self.blank_lines = chance.choice([0, 0, 0.1])
        self.below = chance.choice([0, 0, 0, 0.1])
        self.start = chance.choice(["", "", "", "", "---\n", "# 说明\n", "\n", "# 说明\n---\n"])
        self.end = chance.choice(["\n", "\n", "\n", "\n", "", "\n\n", "\n...\n", "\n# 完\n"])


def emit(data: Any, style: Style) -> str:
    """Write a document."""
    if isinstance(data, dict | list) and data and style.chance.maybe(style.flow - 0.5):
        body = [_flow(data, style)]
    else:
        body = _block(data, 0, style)
    return style.start + "\n".join(body) + style.end


def _block(data: Any, indent: int, style: Style) -> list[str]:
    if isinstance(data, dict) and data:
        return _mapping(data, indent, style)
    if isinstance(data, list) and data:
        lines = []
        for item in data:
            lines += _item(item, indent, style)
        return lines
    return [" " * indent + _flow(data, style)]


def _mapping(data: dict[Any, Any], indent: int, style: Style) -> list[str]:
    chance, pad = style.chance, " " * indent
    lines: list[str] = []
    for key, value in data.items():
        if lines and chance.maybe(style.comments):
            lines.append(f"{pad if chance.maybe(0.8) else ''}# {chance.choice(_COMMENTS)}")
        if lines and chance.maybe(style.blank_lines):
            lines.append("")
        lines += _entry(f"{pad}{_key(key, style)}:", value, indent, style)
    return lines


def _key(key: Any, style: Style) -> str:
    if isinstance(key, Raw) or not isinstance(key, str):
        return str(key)
    return _quoted(key, style) if style.chance.maybe(style.quoted / 20) else key


def _entry(head: str, value: Any, indent: int, style: Style) -> list[str]:
    chance = style.chance
    if isinstance(value, dict | list) and value:
        if chance.maybe(style.flow):
            return [f"{head} {_flow(value, style)}{_remark(style)}"]
        deeper = style.before_dash if isinstance(value, list) else style.step
        return [f"{head}{_remark(style)}", *_block(value, indent + deeper, style)]
    if isinstance(value, str) and not isinstance(value, Raw):
        return _text_entry(head, value, indent + style.step, style)
    shown = _flow(value, style)
    return [f"{head} {shown}{_remark(style)}" if shown else f"{head}{_remark(style)}"]


def _text_entry(head: str, text: str, indent: int, style: Style) -> list[str]:
    chance, pad = style.chance, " " * indent
    is_prose = text.strip() == text and not text.isascii()
    if is_prose and ("\n" in text or chance.maybe(style.blocks)):
        # Not under a word of few, such as a kind: the line end would make another word of it.
        ends = ["", "", "-", "+"] if len(text) > _SHORT or "\n" in text else ["-"]
        sign = chance.choice("|>") + chance.choice(ends)
        return [f"{head} {sign}", *(f"{pad}{line}" if line else "" for line in text.split("\n"))]
    shown = _scalar(text, style, flow=False)
    if shown and chance.maybe(style.below):
        if shown == text and is_prose and len(text) > _LONG and chance.maybe(0.5):
            middle = len(text) // 2
            if _is_plain(text[middle:], flow=False):
                return [f"{head} {text[:middle].rstrip()}", f"{pad}{text[middle:]}"]
        return [head, f"{pad}{shown}"]
    return [f"{head} {shown}{_remark(style)}"]


def _item(item: Any, indent: int, style: Style) -> list[str]:
    pad = " " * indent
    if isinstance(item, dict | list) and item:
        if style.chance.maybe(style.flow):
            return [f"{pad}{style.dash}{_flow(item, style)}"]
        inner = _block(item, indent + len(style.dash), style)
        return [pad + style.dash + inner[0].lstrip(" "), *inner[1:]]
    shown = _flow(item, style) if not _is_text(item) else _scalar(item, style, flow=False)
    return [f"{pad}{style.dash}{shown}".rstrip(" ")]


def _flow(data: Any, style: Style) -> str:
    if isinstance(data, dict):
        parts = (f"{_key(key, style)}: {_flow(value, style)}" for key, value in data.items())
        return "{" + ", ".join(parts) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(_flow(item, style) for item in data) + "]"
    if _is_text(data):
        return _scalar(data, style, flow=True)
    if data is None:
        return style.chance.choice(["", "", "~", "null"])
    return str(data)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and not isinstance(value, Raw)


def _scalar(text: str, style: Style, *, flow: bool) -> str:
    if _is_plain(text, flow=flow) and not style.chance.maybe(style.quoted):
        return text
    return _quoted(text, style)


def _quoted(text: str, style: Style) -> str:
    if "\n" in text or not text.isprintable() or style.chance.maybe(0.5):
        return json.dumps(text, ensure_ascii=False)
    return "'" + text.replace("'", "''") + "'"


def _is_plain(text: str, *, flow: bool) -> bool:
    if not _PLAIN.fullmatch(text) or _NOT_TEXT.fullmatch(text):
        return False
    if ": " in text or " #" in text or text.endswith((":", " ")):
        return False
    return not (flow and re.search(r"[,\[\]{}]", text))


def _remark(style: Style) -> str:
    chance = style.chance
    return f"  # {chance.choice(_COMMENTS)}" if chance.maybe(style.comments / 2) else ""
