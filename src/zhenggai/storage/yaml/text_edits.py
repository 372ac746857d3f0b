"""Edits of a finding's text: what is written is spliced in, every other byte stays as it is.

Each edit finds its place from the nodes' positions, inserts the least that does it in the style
it finds there (indents, brackets, line endings), and is then proved: read again, the text must
say exactly what was meant and nothing else. A text whose form gives no safe place is refused.
"""

import re
from collections import abc
from collections.abc import Iterator
from collections.abc import Sequence as Many
from typing import Any, NamedTuple

from zhenggai.errors import InvalidInputError, RefusedError
from zhenggai.ledger.lifecycle import (
    AddMeasure,
    Answer,
    Append,
    EvidenceFile,
    Fill,
    Head,
    PlainValue,
    Put,
    Remove,
    Retitle,
    Written,
)
from zhenggai.model.problem import shorten
from zhenggai.storage.yaml.fast import plain_data
from zhenggai.storage.yaml.nodes import UNSAYABLE, Mapping, Node, Scalar, Sequence, parse, to_data
from zhenggai.storage.yaml.yaml_errors import codepoint

_JOURNAL = "记录"
_MEASURES = "措施"
_EVIDENCE = "佐证"
_ACTION = "事项"
_BY_HAND = "请用 zhenggai edit 或编辑器手工改"

TextEdit = Append | AddMeasure | Fill | Answer | Remove | Retitle | Head | Put
"""What can be done to the text of a ledger's file."""

_LONE_RETURN = re.compile(r"\r(?!\n)")


class _Splice(NamedTuple):
    """Replace the characters from start to end by a text."""

    start: int
    end: int
    text: str


def apply(text: str, root: Mapping, edits: Many[TextEdit]) -> tuple[str, Any]:
    """Carry out edits one after another; return the new text and the data it was read to hold.

    `root` are the nodes of the text. Raise RefusedError where an edit has no safe place.
    """
    data: Any = None
    for number, edit in enumerate(_one_by_one(edits)):
        node = root if number == 0 else parse(text, "")[0]
        if node is None:
            raise RefusedError(f"这个文件有错误，不能自动修改；{_BY_HAND}")
        if _LONE_RETURN.search(text):
            raise RefusedError(
                "这个文件的换行是旧式的CR，不能自动修改；请用编辑器另存为LF或CRLF换行"
            )
        text, data = _carry_out(text, node, edit)
    return text, data


def _one_by_one(edits: Many[TextEdit]) -> Iterator[TextEdit]:
    """Part what fills several keys, so that each finds its place in the text as it then is."""
    for edit in edits:
        match edit:
            case Append() | AddMeasure() | Remove() | Retitle() | Head() | Put():
                yield edit
            case Fill(measure=index, values=values):
                yield from (Fill(index, {key: value}) for key, value in values.items())
            case Answer(record=index, values=values):
                yield from (Answer(index, {key: value}) for key, value in values.items())


def scalar(text: str, *, flow: bool = False) -> str:
    """Write a text as a YAML value that reads back as exactly this text.

    Raise InvalidInputError for a text that no ledger holds: one with control characters.
    """
    quoted = "'" + text.replace("'", "''") + "'"
    for written in (text, quoted, _double_quoted(text)):
        probe = f"k: [{written}, x]\n" if flow else f"k: {written}\n"
        meant: Any = [text, "x"] if flow else text
        if all(map(_shows, written)) and read(probe) == {"k": meant}:
            return written
    if control := UNSAYABLE.search(text):
        name = codepoint(control[0])
        raise InvalidInputError(f"填写的内容里有不可见的控制字符（{name}）；请删去后再试")
    raise InvalidInputError(f"“{shorten(text)}”太长，台账里放不下；请缩短或分成几句")


def read(text: str) -> Any:
    """Return what a text says; None where it is no YAML."""
    if (data := plain_data(text)) is not None:
        return data
    node, problems = parse(text, "")
    return to_data(node) if node and not problems else None


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
# Typed as a matter of course in Chinese text, yet not printable by Python's reckoning.
_WIDE_SPACE = "\u3000"


def _double_quoted(text: str) -> str:
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    return character if _shows(character) else f"\\U{ord(character):08x}"


def _shows(character: str) -> bool:
    return character.isprintable() or character == _WIDE_SPACE


def _carry_out(text: str, root: Mapping, edit: TextEdit) -> tuple[str, Any]:
    """Make the splices and read the result as it will be read: only what was meant may differ."""
    new = text
    for splice in sorted(_splices(text, root, edit), reverse=True):
        new = new[: splice.start] + splice.text + new[splice.end :]
    said = read(new)
    if said is None or said not in _meant(text, root, edit):
        raise RefusedError(f"这个文件的写法不能安全地自动修改；{_BY_HAND}")
    return new, said


def _meant(text: str, root: Mapping, edit: TextEdit) -> Iterator[Any]:
    """Yield the data the text should hold after the edit.

    Lines added below a text without a last newline give it one: a block of lines (|, >) that
    stands there then ends with it, as it would have from any other editor.
    """
    yield _changed(to_data(root), edit)
    if not text.endswith("\n"):
        ended, _ = parse(f"{text}\n", "")
        yield _changed(to_data(ended or root), edit)


def _changed(data: Any, edit: TextEdit) -> Any:  # noqa: C901 - one for each kind of edit
    match edit:
        case Append(record=record, key=key):
            data[key] = [*(data.get(key) or []), _plain(record)]
        case AddMeasure(values=values):
            data[_MEASURES] = [*(data.get(_MEASURES) or []), _plain(values)]
        case Fill(measure=index, values=values):
            measure = data[_MEASURES][index]
            for key, value in _plain(values).items():
                if key == _EVIDENCE:
                    already = measure.get(key) or []
                    value = [*([already] if isinstance(already, str) else already), *value]  # noqa: PLW2901 - evidence is added to what is there
                measure[key] = value
        case Answer(record=index, values=values):
            data[_JOURNAL][index] |= _plain(values)
        case Remove(measure=index):
            del data[_MEASURES][index]
        case Retitle(record=index, action=action):
            data[_JOURNAL][index][_ACTION] = action.value
        case Head(key=key, value=value):
            data[key] = value
        case Put():
            _put_into(data, edit)
    return data


class _Step(NamedTuple):
    """A key on the way to a place, and which item is meant of the list there (None: no list)."""

    key: str
    item: int | None


def _steps(path: Many[str | int]) -> list[_Step]:
    return [
        _Step(key, following if isinstance(following, int) else None)
        for key, following in zip(path, [*path[1:], None], strict=True)
        if isinstance(key, str)
    ]


def _nested(steps: Many[_Step], value: PlainValue) -> Any:
    """Return a value with the tables and lists around it that lead to it."""
    written: Any = value or ""
    for step in reversed(steps):
        written = {step.key: written if step.item is None else [written]}
    return written


def _put_into(data: Any, edit: Put) -> None:
    """Write a value into the data that a text holds, as `_put` does into the text."""
    *way, last = steps = _steps(edit.path)
    for depth, step in enumerate(way, start=1):
        inner, rest = data.get(step.key), _nested(steps[depth:], edit.value)
        if inner is None:
            data[step.key] = rest if step.item is None else [rest]
            return
        if isinstance(inner, str):
            data[step.key] = {edit.alone: inner} | rest
            return
        if isinstance(inner, list):
            if step.item == len(inner):
                inner.append(rest)
                return
            inner = inner[step.item or 0]
        data = inner
    if edit.value is not None or last.key in data:
        data[last.key] = edit.value


def _plain(values: abc.Mapping[str, Written]) -> dict[str, Any]:
    return {key: _plain_value(value) for key, value in values.items()}


def _plain_value(value: Written) -> Any:
    """Return a value as it is read again: a number as its digits, too."""
    match value:
        case dict():
            return {key: str(number) for key, number in value.items()}
        case tuple():
            return [_file(file) for file in value]
    return value


def _file(file: EvidenceFile) -> dict[str, str]:
    return {"文件": file.path, "校验值": file.sha256}


def _splices(  # noqa: PLR0911 - one for each kind of edit
    text: str, root: Mapping, edit: TextEdit
) -> list[_Splice]:
    match edit:
        case Append(record=record, key=key):
            return _append(text, root, key, _plain(record))
        case AddMeasure(values=values):
            return _append(text, root, _MEASURES, _plain(values))
        case Fill(measure=index, values=values):
            measures = _value(root, _MEASURES)
            if not isinstance(measures, Sequence) or not isinstance(
                measure := measures.items[index], Mapping
            ):
                raise RefusedError(f"这个文件的“措施”不是列表，不能自动修改；{_BY_HAND}")
            return [
                splice
                for key, value in _plain(values).items()
                for splice in _set(text, measure, key, value)
            ]
        case Answer(record=index, values=values):
            item = _record(root, index)
            return [
                splice
                for key, value in _plain(values).items()
                for splice in _set(text, item, key, value)
            ]
        case Remove(measure=index):
            return [_removed(text, _value(root, _MEASURES), index)]
        case Retitle(record=index, action=action):
            return _retitled(text, _record(root, index), action.value)
        case Head(key=key, value=value):
            return _at_head(text, root, key, value)
        case Put():
            return _put(text, root, edit)


def _record(root: Mapping, index: int) -> Mapping:
    journal = _value(root, _JOURNAL)
    item = journal.items[index] if isinstance(journal, Sequence) else None
    if not isinstance(item, Mapping):
        raise RefusedError(f"这个文件的“记录”不是列表，不能自动修改；{_BY_HAND}")
    return item


def _removed(text: str, sequence: Node | None, index: int) -> _Splice:
    """Take an item out of a list of lines, with the comments that belong to it."""
    if not isinstance(sequence, Sequence) or sequence.flow:
        raise RefusedError(f"这个文件的“措施”不是一行一条的列表，不能自动移走；{_BY_HAND}")
    item = sequence.items[index]
    start = _line_start(text, item.start.offset)
    if text[start : item.start.offset].strip(" ") != "-":
        raise RefusedError(f"这个文件的“措施”的写法少见，不能自动移走；{_BY_HAND}")
    end = _after_line(text, _end(text, item), deeper_than=sequence.start.column)
    return _Splice(start, end, "")


def _retitled(text: str, record: Mapping, word: str) -> list[_Splice]:
    """Put another word in the place of what happened; quotes around it stay."""
    node = _value(record, _ACTION)
    if isinstance(node, Scalar) and node.value:
        at = text.find(node.value, node.start.offset, node.end.offset)
        if at >= 0:
            return [_Splice(at, at + len(node.value), word)]
    return _set(text, record, _ACTION, word)


def _at_head(text: str, root: Mapping, key: str, value: str) -> list[_Splice]:
    """Write a key before the first one of a file, below the comments that stand there."""
    if _value(root, key) is not None:
        return _set(text, root, key, value)
    first = root.start.offset
    if root.flow:
        return [_Splice(first + 1, first + 1, f"{key}: {scalar(value, flow=True)}, ")]
    line = _line_start(text, first)
    if text[line:first].strip(" "):
        raise RefusedError(f"这个文件的第一个键前面还有其他内容，不能自动修改；{_BY_HAND}")
    return [_lines_at(text, line, _block_key(key, value, first - line))]


def _value(mapping: Mapping, key: str) -> Node | None:
    return next((value for word, value in mapping.pairs if word.value == key), None)


# -- the measures, the journal and other lists ------------------------------------------------


def _append(text: str, root: Mapping, key: str, item: dict[str, Any]) -> list[_Splice]:
    """Write an item at the end of a list below a key."""
    there = _value(root, key)
    if there is None:
        return [_add_key(text, root, key, [item])]
    if isinstance(there, Sequence):
        return _add_items(text, root, key, there, [item])
    return _fill_null(text, root, key, [item])


def _add_items(
    text: str, holder: Mapping, key: str, sequence: Sequence, items: list[Any]
) -> list[_Splice]:
    """Add items at the end of a list, in its own style."""
    if not sequence.items:
        written = text[sequence.start.offset : sequence.end.offset]
        if holder.flow or "\n" in written:  # a comment may stand between the brackets
            inside = sequence.start.offset + 1
            return [_Splice(inside, inside, _flow(items)[1:-1])]
        return [_erased(text, holder, key, sequence), _below_key(text, holder, key, items)]
    end = _end(text, sequence.items[-1])
    if sequence.flow:
        return [_Splice(end, end, "".join(f", {_flow(item)}" for item in items))]
    last = sequence.items[-1]
    dash = sequence.start.column
    same_line = "\n" not in text[_line_start(text, last.start.offset) : last.start.offset]
    gap = last.start.column - dash - 1 if same_line and last.start.column > dash + 1 else 1
    at = _after_line(text, end, deeper_than=dash)
    lines = [line for item in items for line in _block_item(item, dash, gap)]
    return [_lines_at(text, at, lines)]


def _erased(text: str, holder: Mapping, key: str, node: Node) -> _Splice:
    """Take an empty value away, with the spaces that set it off from its key."""
    word = next(word for word, _ in holder.pairs if word.value == key)
    colon = _colon(text, word)
    same_line = not text[colon : node.start.offset].strip(" ")
    return _Splice(colon if same_line else node.start.offset, node.end.offset, "")


def _below_key(text: str, holder: Mapping, key: str, items: list[Any]) -> _Splice:
    """Write a list on the lines below a key of a block mapping."""
    word = next(word for word, _ in holder.pairs if word.value == key)
    at = _line_end(text, _colon(text, word))
    dash = word.start.column + 2
    lines = [line for item in items for line in _block_item(item, dash, 1)]
    return _lines_at(text, at, lines)


# -- keys of a mapping ------------------------------------------------------------------------


def _set(text: str, mapping: Mapping, key: str, value: Any) -> list[_Splice]:
    """Return a key of a mapping a value: a new key, an empty one filled, or a text replaced."""
    node = _value(mapping, key)
    if node is None:
        return [_add_key(text, mapping, key, value)]
    if isinstance(node, Sequence):
        return _add_items(text, mapping, key, node, value)
    if isinstance(node, Mapping):
        raise RefusedError(f"“{key}”写成了“键: 值”，不能自动修改；{_BY_HAND}")
    if node.value is None:
        return _fill_null(text, mapping, key, value)
    if isinstance(value, list):  # one file written as a plain text becomes the first of several
        now = text[node.start.offset : node.end.offset]
        if "\n" in now:
            raise RefusedError(f"“{key}”跨了几行，不能自动添加；{_BY_HAND}")
        listed = ", ".join([scalar(node.value, flow=True), *(_flow(item) for item in value)])
        return [_Splice(node.start.offset, node.end.offset, f"[{listed}]")]
    if text[node.start.offset] in "|>":
        raise RefusedError(f"“{key}”已经有几行文字，不能自动改写；{_BY_HAND}")
    return [_Splice(node.start.offset, node.end.offset, scalar(value, flow=mapping.flow))]


def _fill_null(text: str, mapping: Mapping, key: str, value: Any) -> list[_Splice]:
    """Write a value behind a key that has none, or only ~ or null."""
    word, node = next(pair for pair in mapping.pairs if pair[0].value == key)
    if not isinstance(node, Scalar) or node.value is not None:
        raise RefusedError(f"“{key}”不是列表，不能自动修改；{_BY_HAND}")
    colon = _colon(text, word)
    written = node.end.offset > node.start.offset
    if isinstance(value, list) and not mapping.flow:
        erase = [_erased(text, mapping, key, node)] if written else []
        return [*erase, _below_key(text, mapping, key, value)]
    what = _flow(value) if mapping.flow else scalar(value)
    if written:
        return [_Splice(node.start.offset, node.end.offset, what)]
    return [_Splice(colon, colon, f" {what}")]


def _add_key(text: str, mapping: Mapping, key: str, value: Any, order: Many[str] = ()) -> _Splice:
    """Write a key and its value at the end of a mapping, or behind the one it follows in `order`.

    A mapping in braces has it at its end.
    """
    behind = None if mapping.flow else _key_before(mapping, key, order)
    last_key, last = behind or mapping.pairs[-1]
    end = _end(text, last, _colon(text, last_key))
    if behind is not None and behind != mapping.pairs[-1]:
        column = mapping.start.column
        at = _after_line(text, end, deeper_than=column)
        return _lines_at(text, at, _block_key(key, value, column))
    if mapping.flow:
        apart = "" if last.end.offset > last.start.offset else " "  # “k:,” would be one word
        return _Splice(end, end, f"{apart}, {key}: {_flow(value)}")
    column = mapping.start.column
    at = _after_line(text, end, deeper_than=column - 1)
    if column == 0 and not _document_ends(text, at):
        at = len(text)
    return _lines_at(text, at, _block_key(key, value, column))


def _key_before(mapping: Mapping, key: str, order: Many[str]) -> tuple[Scalar, Node] | None:
    """Return the pair to write a key behind: the last that comes before it; None without one."""
    earlier = order[: order.index(key)] if key in order else ()
    there = [pair for pair in mapping.pairs if pair[0].value in earlier]
    return there[-1] if there else None


def _document_ends(text: str, at: int) -> bool:
    """Whether an end marker (...) follows."""
    return re.search(r"^\.\.\.(\s|$)", text[at:], re.MULTILINE) is not None


# -- any place --------------------------------------------------------------------------------


def _put(text: str, root: Mapping, edit: Put) -> list[_Splice]:
    """Write a value at a place, with what is missing on the way."""
    holder = root
    *way, last = steps = _steps(edit.path)
    for depth, step in enumerate(way, start=1):
        node, rest = _value(holder, step.key), _nested(steps[depth:], edit.value)
        if node is None or (isinstance(node, Scalar) and node.value is None):
            _refuse_gap(step, 0)
            whole = rest if step.item is None else [rest]
            return _replaced(text, holder, step.key, whole, () if depth > 1 else edit.order)
        if isinstance(node, Scalar):
            return _replaced(text, holder, step.key, {edit.alone: str(node.value)} | rest)
        if isinstance(node, Sequence):
            _refuse_gap(step, len(node.items))
            if step.item == len(node.items):
                return _add_items(text, holder, step.key, node, [rest])
            node = node.items[step.item or 0]
        elif step.item:
            raise RefusedError(f"“{step.key}”不是列表，不能自动添加；{_BY_HAND}")
        if not isinstance(node, Mapping):
            raise RefusedError(f"“{step.key}”的写法不能自动修改；{_BY_HAND}")
        holder = node
    return _replaced(text, holder, last.key, edit.value, edit.order)


def _refuse_gap(step: _Step, number: int) -> None:
    """Refuse an item behind the one that would follow the last, and none where there is a list."""
    if step.item is not None and step.item > number:
        there = f"只有{number}项" if number else "还没有内容"
        raise RefusedError(f"“{step.key}”{there}，不能写第{step.item + 1}项；先写第{number + 1}项")
    if step.item is None and number:
        raise RefusedError(f"“{step.key}”是列表；写明第几项")


def _replaced(
    text: str, holder: Mapping, key: str, value: PlainValue, order: Many[str] = ()
) -> list[_Splice]:
    """Put a value of any kind behind a key, whatever stands there; None empties it."""
    node = _value(holder, key)
    if node is None:
        return [] if value is None else [_add_key(text, holder, key, value, order)]
    word = next(word for word, _ in holder.pairs if word.value == key)
    colon = _colon(text, word)
    end = max(colon, _end(text, node, colon))
    is_null = isinstance(node, Scalar) and node.value is None
    if (
        not is_null
        and re.search(r"^\s*#|\s#", text[colon:end], re.MULTILINE)
        and "\n" in text[colon:end]
    ):
        raise RefusedError(f"“{key}”里有说明（#），不能自动改写；{_BY_HAND}")
    if is_null and node.start.offset == node.end.offset:
        end = colon
    if value is None:
        return [_Splice(colon, end, "")]
    if holder.flow or isinstance(value, str) or not _is_of_tables(value):
        written = scalar(value, flow=holder.flow) if isinstance(value, str) else _flow(value)
        return [_Splice(colon, end, f" {written}")]
    lines = _block_key(key, value, word.start.column)
    return [_Splice(colon, end, _newline(text, colon).join(["", *lines[1:]]))]


def _is_of_tables(value: PlainValue) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


# -- writing in a style -----------------------------------------------------------------------


def _block_item(item: dict[str, Any], dash: int, gap: int) -> list[str]:
    """Write a mapping as a list item whose dash stands in a column, so many spaces before it."""
    column = dash + 1 + gap
    lines = [line for key, value in item.items() for line in _block_key(key, value, column)]
    lines[0] = " " * dash + "-" + " " * gap + lines[0].lstrip(" ")
    return lines


def _block_key(key: str, value: Any, column: int) -> list[str]:
    indent = " " * column
    if isinstance(value, str):
        return [f"{indent}{key}: {scalar(value)}"]
    if isinstance(value, dict) or all(isinstance(item, str) for item in value):
        return [f"{indent}{key}: {_flow(value)}"]
    items = [line for item in value for line in _block_item(item, column + 2, 1)]
    return [f"{indent}{key}:", *items]


def _flow(value: Any) -> str:
    match value:
        case list():
            return f"[{', '.join(_flow(item) for item in value)}]"
        case dict():
            written = [f"{scalar(key, flow=True)}: {_flow(item)}" for key, item in value.items()]
            return f"{{{', '.join(written)}}}"
    return scalar(value, flow=True)


# -- places in the text -----------------------------------------------------------------------


def _end(text: str, node: Node, empty: int | None = None) -> int:
    """Find where a node's own text ends; `empty` is where an absent value would stand.

    The parser's end of a block is the start of whatever comes next, comments skipped.
    """
    match node:
        case Mapping(flow=False):
            key, value = node.pairs[-1]
            return _end(text, value, _colon(text, key))
        case Sequence(flow=False):
            return _end(text, node.items[-1], node.items[-1].start.offset)
        case Scalar() if node.start.offset == node.end.offset and empty is not None:
            return empty
        case Scalar() if text[node.start.offset] in "|>" and not node.plain:
            return _block_scalar_end(text, node)
    return node.end.offset


def _block_scalar_end(text: str, node: Scalar) -> int:
    """Find the end of a block scalar's last line; kept blank lines (|+) belong to it."""
    written = text[node.start.offset : node.end.offset]
    keeps = "+" in written.split("\n", 1)[0]
    body = written.removesuffix("\n") if keeps else written.rstrip()
    return node.start.offset + len(body)


def _colon(text: str, key: Scalar) -> int:
    """Find the place behind a key's colon."""
    match = re.compile(r"[ \t]*:").match(text, key.end.offset)
    if match is None:
        raise RefusedError(f"“{key.value}”的写法少见，不能自动修改；{_BY_HAND}")
    return match.end()


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    """Find the start of the next line, or the end of the text."""
    newline = text.find("\n", at)
    return len(text) if newline < 0 else newline + 1


_COMMENT = re.compile(r"( *)#")


def _after_line(text: str, end: int, *, deeper_than: int) -> int:
    """Find the start of the line after a place, past comments that belong to what ends there."""
    at = _line_end(text, end)
    while (comment := _COMMENT.match(text, at)) and len(comment[1]) > deeper_than:
        at = _line_end(text, at)
    return at


def _lines_at(text: str, at: int, lines: list[str]) -> _Splice:
    """Insert lines with the text's own line ending; a last line without one gets it first."""
    newline = _newline(text, at)
    written = newline.join(lines)
    if at and text[at - 1] != "\n":
        return _Splice(at, at, newline + written)
    return _Splice(at, at, written + newline)


def _newline(text: str, at: int) -> str:
    """Return the ending of the line before a place: in a text of mixed endings they differ."""
    end = text.rfind("\n", 0, at)
    if end < 0:
        end = text.find("\n")
    return "\r\n" if end > 0 and text[end - 1] == "\r" else "\n"
