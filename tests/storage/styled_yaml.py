"""The same ledger data written in every style people use: a small generator for hypothesis."""

import re
from typing import Any

from hypothesis import strategies as st

from zhenggai.storage.yaml.nodes import UNSAYABLE

_SAFE = "会议制度整改落实经费公车规范办公室督查初稿印发第一二三ABCxyz019"
_NULLS = ("~", "null", "Null", "NULL")
_PLAIN = re.compile(rf"[{_SAFE}]+(?: [{_SAFE}]+)*")
_LINES = re.compile(rf"[{_SAFE}][{_SAFE} ]*(?:\n[{_SAFE}][{_SAFE} ]*)*\n*")

words = st.text(_SAFE, min_size=1, max_size=8)
phrases = st.lists(words, min_size=1, max_size=3).map(" ".join)
paragraphs = st.tuples(
    st.lists(phrases, min_size=1, max_size=3).map("\n".join), st.sampled_from(["", "\n", "\n\n"])
).map("".join)
wild = st.text(min_size=1, max_size=12).filter(lambda text: not UNSAYABLE.search(text))
"""Any text a ledger can hold: everything but control characters."""

texts = phrases | paragraphs | wild
_days = st.dates().map(lambda day: f"2021-{day.month:02d}-{day.day:02d}")
_files = phrases.map(lambda name: f"{name}.pdf")
_evidence = (
    st.none()
    | _files
    | st.lists(_files | st.fixed_dictionaries({"文件": _files, "校验值": st.just("ab" * 32)}))
)
_measures = st.fixed_dictionaries(
    {"内容": texts},
    optional={"完成": st.none() | _days, "成效": st.none() | texts, "佐证": _evidence},
)
_records = st.fixed_dictionaries(
    {"日期": _days, "事项": st.just("督查"), "情况": texts}, optional={"经办人": phrases}
)


@st.composite
def findings(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a finding's data, its keys and those of its measures in any order."""
    data: dict[str, Any] = {
        "问题": draw(texts),
        "整改时限": "2021-06-30",
        "措施": [_shuffled(draw, one) for one in draw(st.lists(_measures, min_size=1, max_size=3))],
    }
    if draw(st.booleans()):
        data["具体表现"] = draw(st.lists(texts, min_size=1, max_size=2))
    journal = draw(st.sampled_from(["absent", "null", "records"]))
    if journal == "null":
        data["记录"] = None
    elif journal == "records":
        data["记录"] = draw(st.lists(_records, max_size=3))
    return _shuffled(draw, data)


def _shuffled(draw: st.DrawFn, data: dict[str, Any]) -> dict[str, Any]:
    return {key: data[key] for key in draw(st.permutations(list(data)))}


@st.composite
def documents(draw: st.DrawFn, data: dict[str, Any]) -> str:
    """Write a finding's data as a YAML text in some style.

    Without a last newline, lines (|) at the very end are one newline shorter than in the data.
    """
    pen = _Pen(draw)
    flow = draw(st.integers(0, 9)) == 0
    text = (pen.flow(data, 0) if flow else "\n".join(pen.mapping(data, 0))) + "\n"
    after = ["", "", "...\n", "# 完\n"]
    if not pen.kept:  # lines that keep what blank lines follow would take these for their own
        after += ["\n\n", "  # 完\n", "   \n"]
    before = ["", "", "---\n", "# 台账\n", "\n", "--- # 开始\n"]
    text = draw(st.sampled_from(before)) + text + draw(st.sampled_from(after))
    if draw(st.integers(0, 4)) == 0:
        text = text.removesuffix("\n")
    return text.replace("\n", "\r\n") if draw(st.integers(0, 3)) == 0 else text


class _Pen:
    """Writes data, choosing a style anew at every turn."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self.kept = False  # the last lines were a block (|+) that keeps the blank lines below it

    def _one_of(self, *choices: Any) -> Any:
        return self._draw(st.sampled_from(choices))

    def _comment(self) -> str:
        return str(self._one_of("", "", "", " # 说明", "  # - 日期: 说明"))

    def _between(self, column: int) -> list[str]:
        """Write what may stand between two keys or items."""
        if self.kept:
            self.kept = False
            return []
        indent = " " * column
        return list(
            self._one_of([], [], [], [], [""], [f"{indent}# 说明"], ["", f"{indent}# 记录:"])
        )

    def mapping(self, data: dict[str, Any], column: int) -> list[str]:
        lines: list[str] = []
        for number, (key, value) in enumerate(data.items()):
            between = self._between(column) if number else []
            word = self._one_of(key, key, key, f"'{key}'", f'"{key}"') + self._one_of("", "", " ")
            lines += between + self._pair(" " * column + word + ":", value, column)
        return lines

    def _pair(self, key: str, value: Any, column: int) -> list[str]:
        if value is None:
            return [key + self._one_of("", " ~", " null", "   ~") + self._comment()]
        if isinstance(value, str):
            return self._scalar(key, value, column)
        if not value:
            return [key + self._one_of(" []", "  [ ]") + self._comment()]
        if self._one_of(True, False, False):
            return [f"{key} {self.flow(value, column + 2)}{self._comment()}"]
        if isinstance(value, dict):
            return [key + self._comment(), *self.mapping(value, column + 2)]
        return [key + self._comment(), *self._items(value, column + self._one_of(0, 2, 4))]

    def _items(self, items: list[Any], column: int) -> list[str]:
        lines = []
        for number, item in enumerate(items):
            lines += self._between(column) if number else []
            gap = self._one_of(1, 1, 1, 3)
            dash = " " * column + "-"
            if isinstance(item, str):
                lines += self._scalar(dash, item, column)
            elif self._one_of(True, False, False, False, False):
                lines.append(f"{dash} {self.flow(item, column + 2)}{self._comment()}")
            elif self._one_of(True, False, False):
                lines += [dash + self._comment(), *self.mapping(item, column + 2)]
            else:
                first, *rest = self.mapping(item, column + 1 + gap)
                lines += [dash + " " * gap + first.lstrip(" "), *rest]
        return lines

    def _scalar(self, key: str, value: str, column: int) -> list[str]:
        ways = ["double"]
        if value.isprintable():
            ways.append("single")
        if _PLAIN.fullmatch(value) and value not in _NULLS:
            ways += ["plain", "plain", "folded"] + (["over lines"] if " " in value else [])
        if _LINES.fullmatch(value) and not re.search(r" $", value, re.MULTILINE):
            ways += ["literal", "literal"]
        way = self._one_of(*ways)
        deeper = self._one_of(2, 3, 5)
        indent = " " * (column + deeper)
        match way:
            case "plain" | "single" | "double":
                return [f"{key} {_quoted(value, way)}{self._comment()}"]
            case "over lines":
                first, *rest = value.split(" ")
                return [f"{key} {first}", *(indent + part for part in rest)]
            case "folded":
                return [f"{key} >-{self._comment()}", indent + value]
        ends = len(value) - len(value.rstrip("\n"))
        self.kept = ends > 1
        indicator = self._one_of("", str(deeper)) + ("-", "", "+")[min(ends, 2)]
        lines = value.removesuffix("\n").split("\n")
        return [
            f"{key} |{indicator}{self._comment()}",
            *(indent + line if line else "" for line in lines),
        ]

    def flow(self, value: Any, column: int) -> str:
        """Write a value in brackets or quotes, now and then over several lines."""
        gap = self._one_of(" ", " ", "", "\n" + " " * (column + 1))
        match value:
            case None:
                return str(self._one_of("~", "null"))
            case str():
                plain = _PLAIN.fullmatch(value) and value not in _NULLS
                ways = ["double", *(["single"] if value.isprintable() else [])]
                return _quoted(value, self._one_of(*ways, *(["plain", "plain"] if plain else [])))
            case dict():
                pairs = (f"{key}: {self.flow(item, column)}" for key, item in value.items())
                return "{" + f",{gap or ' '}".join(pairs) + "}"
            case _:
                return "[" + f",{gap}".join(self.flow(item, column) for item in value) + "]"


def _quoted(value: str, way: str) -> str:
    if way == "plain":
        return value
    if way == "single":
        return "'" + value.replace("'", "''") + "'"
    return '"' + "".join(map(_escaped, value)) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    return character if character.isprintable() else f"\\U{ord(character):08x}"
