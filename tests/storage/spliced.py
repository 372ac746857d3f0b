"""What an edit ought to do to a text, worked out without the code that does it."""

import copy
from collections.abc import Iterator
from collections.abc import Sequence as Many
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from zhenggai.ledger.lifecycle import AddMeasure, Append, EvidenceFile, Fill
from zhenggai.storage.yaml.nodes import Mapping, Node, Scalar, Sequence, parse, to_data
from zhenggai.storage.yaml.text_edits import apply

STYLES = Path(__file__).parent / "styles"
EVIDENCE = (
    EvidenceFile("佐证/07/签字表.pdf", "ab" * 32),
    EvidenceFile("佐证/07/会议 记录,第2次.pdf", "cd" * 32),
)
SUPERVISION = Append({"日期": "2021-04-28", "事项": "督查", "情况": "第1项: 已整改 #到位"})
CLOSING = Append({"日期": "2021-04-28", "事项": "销号", "批准人": "局党组", "佐证": EVIDENCE[:1]})

ADDED = AddMeasure(
    {"内容": "开短会: #不超过1小时", "时限": "2021-06-01", "责任科室": "人事科、财务科"}
)

Edit = Append | AddMeasure | Fill


@cache
def data_of(text: str) -> Any:
    """Read a text, not to be changed, with a parser that makes nothing but text of every value."""
    return YAML(typ="base", pure=True).load(text)


def intended(data: Any, edit: Edit) -> Any:
    """Give the data an edit ought to leave."""
    data = copy.deepcopy(data)
    match edit:
        case Append(record=record):
            old = data.get("记录")
            data["记录"] = [*(old if isinstance(old, list) else []), _written(record)]
        case AddMeasure(values=values):
            old = data.get("措施")
            data["措施"] = [*(old if isinstance(old, list) else []), _written(values)]
        case Fill(measure=index, values=values):
            measure = data["措施"][index]
            for key, value in _written(values).items():
                old = measure.get(key)
                if key == "佐证" and old not in (None, "", "~", "null"):
                    measure[key] = (old if isinstance(old, list) else [old]) + value
                else:
                    measure[key] = value
    return data


def _written(values: Any) -> Any:
    return {
        key: value
        if isinstance(value, str)
        else [{"文件": file.path, "校验值": file.sha256} for file in value]
        for key, value in values.items()
    }


def applied(text: str, edits: Many[Edit]) -> str:
    """Give a text after edits; the data handed over with it are those of the new text."""
    root, _ = parse(text, "")
    assert root is not None
    new, data = apply(text, root, edits)
    if edits:
        again, _ = parse(new, "")
        assert again is not None
        assert data == to_data(again)
    return new


def only_inserted(old: str, new: str, edit: Edit) -> bool:
    """Tell whether the new text is the old one with something put in at one place.

    Where the edit gives a value to a key that had another (or ~, null, []), that value may go.
    """
    return any(_is_insertion(rest.encode(), new.encode()) for rest in _without_old(old, edit))


def _is_insertion(old: bytes, new: bytes) -> bool:
    if len(new) <= len(old):
        return False
    start = next((i for i, byte in enumerate(old) if byte != new[i]), len(old))
    return old.endswith(new[len(new) - len(old) + start :])


def _without_old(text: str, edit: Edit) -> Iterator[str]:
    """Give the text, and the text without the value that an edit replaces."""
    yield text
    root, _ = parse(text, "")
    assert root is not None
    holder, key = root, "措施" if isinstance(edit, AddMeasure) else "记录"
    if isinstance(edit, Fill):
        holder, [key] = measure_in(root, edit.measure), edit.values
    for word, value in holder.pairs:
        if word.value == key and _may_go(value):
            colon = text.index(":", word.end.offset) + 1
            for start in (value.start.offset, colon):
                if not text[start : value.start.offset].strip(" "):
                    yield text[:start] + text[value.end.offset :]


def _may_go(value: Node) -> bool:
    return isinstance(value, Scalar) or (isinstance(value, Sequence) and not value.items)


def measure_in(root: Mapping, index: int) -> Mapping:
    """Give a measure of a finding as it is written."""
    [measures] = [value for word, value in root.pairs if word.value == "措施"]
    assert isinstance(measures, Sequence)
    measure = measures.items[index]
    assert isinstance(measure, Mapping)
    return measure


def endings(content: bytes) -> set[bytes]:
    """Give the line endings a text uses."""
    windows = content.count(b"\r\n")
    found = {b"\r\n": windows, b"\n": content.count(b"\n") - windows}
    return {ending for ending, count in found.items() if count}
