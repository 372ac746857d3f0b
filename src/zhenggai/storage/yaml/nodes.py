"""Parse YAML into nodes with line and column; scalars stay text, no types are resolved.

Only what a ledger needs is accepted: mappings, lists and scalars. Anchors, aliases, merge keys,
tags and further documents are refused, depth and size are bounded, so no text can make reading
slow or surprising. Scalars stay as written: `007`, `no` and `2021-13-45` are words until the
model judges them.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from zhenggai.model.problem import At, Problem, shorten
from zhenggai.storage.yaml.yaml_errors import (
    codepoint,
    control_character,
    explain,
    flaw,
    line_and_column,
)

MAX_DEPTH = 16
MAX_NODES = 50_000
MAX_FLAWS = 50
MAX_TAG = 2000

# The parser's time grows with the square of a tag's length.
_LONG_WORD = re.compile(rf"(?<!\S)\S{{{MAX_TAG},}}")
# Where a tag can begin: at the start of a word or of a value, not in the middle of 完成100%.
_TAG = re.compile(r"(?<![^\[\]{},:?\"'])[!&*%]")

# Invisible, and let through by the parser: they would spoil keys and columns.
_UNSEEN = re.compile(r"[\x85\u2028\u2029\ufeff]")
# What an escape in double quotes can smuggle in: controls for the terminal, halves of a character.
UNSAYABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")

_NULLS = ("", "~", "null", "Null", "NULL")


class Mark(NamedTuple):
    """A place in the text, counted from 0: characters from its start, line, column."""

    offset: int
    line: int
    column: int


class Scalar(NamedTuple):
    """One value: `plain` without quotes; an unquoted nothing, ~ or null has the value None."""

    start: Mark
    end: Mark
    value: str | None
    plain: bool


class Sequence(NamedTuple):
    """A list; `flow` when it is written in brackets."""

    start: Mark
    end: Mark
    flow: bool
    items: list["Node"]


class Mapping(NamedTuple):
    """Keys and values in the order of the text; `flow` when it is written in braces."""

    start: Mark
    end: Mark
    flow: bool
    pairs: list[tuple[Scalar, "Node"]]


Node = Scalar | Sequence | Mapping


def parse(text: str, path: str) -> tuple[Mapping | None, list[Problem]]:
    """Read one document whose outermost form is a mapping.

    Give the mapping, or None where the text has none, and every flaw found on the way; `path` is
    what the problems name. A text with any flaw must not be taken at its word.
    """
    composer = _Composer()
    root: Node | None = None
    try:
        composer.stop_at_oddities(text)
        root = composer.document(iter(YAML(typ="safe", pure=True).parse(text)))
    except _StoppedError:
        pass
    except Exception as error:  # noqa: BLE001 - on mangled input the parser raises far more than its own errors
        composer.flaws.append(explain(text, error))
    if not composer.flaws and not isinstance(root, Mapping):
        composer.flaws.append(_no_mapping(text, root))
    problems = [problem._replace(path=path) for problem in composer.flaws]
    return (root if isinstance(root, Mapping) else None), problems


def _no_mapping(text: str, root: Node | None) -> Problem:
    if root is None or (isinstance(root, Scalar) and root.value is None):
        return flaw(0, 0, "F107", "文件里没有内容", "填写内容，或把文件移出台账")
    start = root.start
    first = text.splitlines()[start.line]
    if isinstance(root, Scalar) and "：" in first:
        key = first.split("：", 1)[0]
        message = f"“{shorten(key.strip())}”后面用了全角冒号“：”"
        return flaw(start.line, len(key), "Y202", message, "改成半角冒号加空格，如“问题: ……”")
    message = "文件最外层不是“键: 值”的形式"
    return flaw(start.line, start.column, "Y208", message, "每行写成“键: 值”，如“问题: ……”")


class _StoppedError(Exception):
    """Reading cannot go on; the reason is already among the flaws."""


class _Composer:
    """Builds nodes from the parser's events, noting what a ledger does not take."""

    def __init__(self) -> None:
        self.flaws: list[Problem] = []
        self._count = 0

    def document(self, events: Iterator[Any]) -> Node | None:
        """Read the first document; a second one is a flaw."""
        root: Node | None = None
        seen = False
        for event in events:
            if isinstance(event, DocumentStartEvent):
                if seen:
                    self._stop(event, "Y207", "“---”之后又是一个文档", "一个文件只写一个问题")
                seen = True
            elif isinstance(event, NodeEvent):
                root = self._node(event, events, depth=1)
        return root

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        self._count += 1
        if depth > MAX_DEPTH or self._count > MAX_NODES:
            self._stop(event, "Y206", "内容嵌套过深或条目过多", "一个文件只写一个问题，附件另存")
        self._words_only(event)
        match event:
            case MappingStartEvent():
                return self._mapping(event, events, depth)
            case SequenceStartEvent():
                return self._sequence(event, events, depth)
        start, end = _mark(event.start_mark), _mark(event.end_mark)
        if not isinstance(event, ScalarEvent):  # an alias, already noted
            return Scalar(start, end, None, plain=True)
        if unseen := UNSAYABLE.search(event.value):
            message = f"双引号里写出了不可见字符（{codepoint(unseen[0])}）"
            self._flaw(event, "Y209", message, "删去这个“\\”写法，或把双引号改成单引号")
        plain = not event.style
        value = None if plain and event.value in _NULLS else event.value
        return Scalar(start, end, value, plain)

    def _words_only(self, event: Any) -> None:
        if isinstance(event, AliasEvent):
            self._flaw(event, "Y205", f"用了别名“*{event.anchor}”", "写出内容本身；是文字就加引号")
        elif event.anchor is not None:
            self._flaw(event, "Y205", f"用了锚点“&{event.anchor}”", "写出内容本身；是文字就加引号")
        elif getattr(event, "tag", None) is not None:
            self._flaw(event, "Y205", "用了标签“!”", "删去标签；是文字就加引号")

    def _sequence(self, event: Any, events: Iterator[Any], depth: int) -> Sequence:
        items = []
        for item in events:
            if isinstance(item, SequenceEndEvent):
                end = _mark(item.end_mark)
                break
            items.append(self._node(item, events, depth + 1))
        return Sequence(_mark(event.start_mark), end, bool(event.flow_style), items)

    def _mapping(self, event: Any, events: Iterator[Any], depth: int) -> Mapping:
        pairs: dict[str, tuple[Scalar, Node]] = {}
        for item in events:
            if isinstance(item, MappingEndEvent):
                end = _mark(item.end_mark)
                break
            key = self._node(item, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if not isinstance(key, Scalar) or not key.value:
                self._stop(item, "Y201", "冒号前面应是一个键", "写成“键: 值”，如“内容: ……”")
            if key.plain and key.value == "<<":
                self._flaw(item, "Y205", "用了合并键“<<”", "写出内容本身")
            word = key.value
            if word in pairs:
                first = pairs[word][0].start.line + 1
                message = f"“{shorten(word)}”在第{first}行已经写过"
                self._flaw(item, "Y204", message, "合成一处，或删去其中一处")
            else:
                pairs[word] = (key, value)
        start = _mark(event.start_mark)
        return Mapping(start, end, bool(event.flow_style), list(pairs.values()))

    def stop_at_oddities(self, text: str) -> None:
        """Refuse what nobody can see, and what would keep the parser busy for long."""
        if odd := _unseen(text) or _too_many_lines(text) or _endless_word(text):
            self.flaws.append(odd)
            raise _StoppedError

    def _flaw(self, event: Any, code: str, message: str, hint: str) -> None:
        mark = event.start_mark
        self.flaws.append(flaw(mark.line, mark.column, code, message, hint))
        if len(self.flaws) >= MAX_FLAWS:
            raise _StoppedError

    def _stop(self, event: Any, code: str, message: str, hint: str) -> NoReturn:
        self._flaw(event, code, message, hint)
        raise _StoppedError


def _unseen(text: str) -> Problem | None:
    found = _UNSEEN.search(text)
    return control_character(text, found.start()) if found else None


def _too_many_lines(text: str) -> Problem | None:
    if text.count("\n") <= MAX_NODES:
        return None
    return flaw(MAX_NODES, 0, "Y206", "文件超过5万行", "一个文件只写一个问题，附件另存")


def _endless_word(text: str) -> Problem | None:
    for word in _LONG_WORD.finditer(text):
        tag = _TAG.search(word[0])
        if tag and len(word[0]) - tag.start() > MAX_TAG:
            place = line_and_column(text, word.start() + tag.start())
            return flaw(*place, "Y206", "这里的字符串过长", "分成几行；是文字就加引号")
    return None


def _mark(mark: Any) -> Mark:
    return Mark(mark.index, mark.line, mark.column)


def to_data(node: Node) -> Any:
    """Return the node's content as dicts, lists, text and None."""
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [to_data(item) for item in node.items]
        case Mapping():
            return {key.value: to_data(value) for key, value in node.pairs}


def locate(root: Node, at: At, *, key: bool = False) -> Mark:
    """Find the place of a value, or of its key; where it is absent, of what should hold it."""
    node, place = root, root.start
    for part in at:
        match node:
            case Sequence() if isinstance(part, int) and part < len(node.items):
                node = node.items[part]
                place = node.start
            case Mapping() if part == 0:
                continue  # one item, written without its list
            case Mapping():
                found = next((pair for pair in node.pairs if pair[0].value == part), None)
                if found is None:
                    return place
                node = found[1]
                place = found[0].start if key or _is_absent(node) else node.start
            case _:
                return place
    return place


def _is_absent(node: Node) -> bool:
    return isinstance(node, Scalar) and node.value is None
