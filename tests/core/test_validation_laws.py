"""Whatever the data, validation ends, and says of each fault what and where it is."""

import re
from typing import Any, get_args, get_type_hints

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from judged import judged
from zhenggai.core.codes import READING
from zhenggai.core.judge import judge
from zhenggai.core.model import Finding, Inspection
from zhenggai.core.problem import Fault
from zhenggai.core.terms import Action, Severity
from zhenggai.core.validation import read_finding, read_inspection


def _keys(kind: type[BaseModel]) -> set[str]:
    """Give the keys of a model and of every model inside it."""
    keys = {field.alias or "" for field in kind.model_fields.values()}
    for hint in get_type_hints(kind).values():
        for part in _parts(hint):
            if isinstance(part, type) and issubclass(part, BaseModel):
                keys |= _keys(part)
    return keys


def _parts(hint: Any) -> list[Any]:
    return [hint, *(part for argument in get_args(hint) for part in _parts(argument))]


KEYS = [
    *sorted(_keys(judge(Finding)) | _keys(judge(Inspection))),
    "编号",
    "标题",
    "due",
    "颜色",
    "T602",
    " ",
]
WORDS = [
    *("", " ", "少开会", "会议：过多", "行\n尾", "是", "3", "-1", "9999", "1864元", "每季度"),
    *("2021-05-01", "2021/5/1", "2021-02-30", "长期坚持", "提示", "../外.pdf", "{问题数}", "{某}"),
    *Action,
]
DATA = st.recursive(
    st.none() | st.sampled_from([str(word) for word in WORDS]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)
    ),
    max_leaves=12,
)
FILES = st.dictionaries(st.sampled_from(KEYS), DATA, max_size=8)

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def _is_sound(fault: Fault) -> bool:
    said = _CHINESE.search(fault.message) and _CHINESE.search(fault.hint)
    return bool(said) and fault.code in READING and "\n" not in fault.message + fault.hint


def _is_error(fault: Fault) -> bool:
    return READING[fault.code].severity is Severity.ERROR


@settings(max_examples=150, deadline=None)
@given(FILES)
def test_a_finding_is_read_or_its_errors_are_told(data: dict[str, Any]) -> None:
    finding, faults = read_finding(data)
    assert [fault for fault in faults if not _is_sound(fault)] == []
    assert (finding is None) == any(map(_is_error, faults))


@settings(max_examples=150, deadline=None)
@given(FILES)
def test_an_inspection_is_always_read_and_every_key_at_fault_is_told(data: dict[str, Any]) -> None:
    inspection, faults = read_inspection(data)
    assert [fault for fault in faults if not _is_sound(fault)] == []
    errors = {fault.at[0] for fault in faults if _is_error(fault)}
    sound = {key: value for key, value in data.items() if key not in errors}
    assert inspection == judged(Inspection, sound)
