"""Whatever the data, decoding ends, and says of each fault what and where it is."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from decoded import decoded
from examples import models_in
from zhenggai.model import ledger_model, notice_settings, values
from zhenggai.model.codes import READING
from zhenggai.model.dates import Lead, Period
from zhenggai.model.declaration import DEFINED_AS, Declaration, Model, ValueKind
from zhenggai.model.decoding import decode, decode_finding, decode_inspection
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding
from zhenggai.model.notice_settings import TextGap, TextPlace
from zhenggai.model.problem import Problem
from zhenggai.model.terms import Action, InspectionKind, Kind, Severity, Step

KEYS = [
    *sorted(
        {one.key for model in models_in(Finding, Inspection) for one in model.DECLARED.values()}
    ),
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


def _is_sound(fault: Problem) -> bool:
    said = _CHINESE.search(fault.message) and _CHINESE.search(fault.hint)
    return bool(said) and fault.code in READING and "\n" not in fault.message + fault.hint


def _is_error(fault: Problem) -> bool:
    return READING[fault.code].severity is Severity.ERROR


@settings(max_examples=100, deadline=None)
@given(FILES)
def test_a_finding_is_read_or_its_errors_are_told(data: dict[str, Any]) -> None:
    finding, faults = decode_finding(data, "07")
    assert [fault for fault in faults if not _is_sound(fault)] == []
    assert (finding is None) == any(map(_is_error, faults))


@settings(max_examples=100, deadline=None)
@given(FILES)
def test_an_inspection_is_always_read_and_every_key_at_fault_is_told(data: dict[str, Any]) -> None:
    inspection, faults = decode_inspection(data)
    assert [fault for fault in faults if not _is_sound(fault)] == []
    errors = {fault.at[0] for fault in faults if _is_error(fault)}
    sound = {key: value for key, value in data.items() if key not in errors}
    assert inspection == decoded(Inspection, sound)


# What is written in one of the forms of its kind, and the value that this is.
_Written = st.SearchStrategy[tuple[Any, Any]]


def _as_it_stands(written: st.SearchStrategy[Any]) -> _Written:
    return written.map(lambda value: (value, value))


def _several(one: _Written, least: int = 0) -> _Written:
    return st.lists(one, min_size=least, max_size=2).map(
        lambda pairs: ([written for written, _ in pairs], tuple(value for _, value in pairs))
    )


def _at_most_one(one: _Written) -> _Written:
    return st.just(([], ())) | one.map(lambda pair: ([pair[0]], (pair[1],)))


def _one_or_several(one: _Written) -> _Written:
    alone = one.map(lambda pair: (pair[0], (pair[1],)))
    return alone | _several(one)


def _table(one: _Written) -> _Written:
    tables = st.dictionaries(_PLAIN, one, max_size=2)
    return tables.map(
        lambda table: (
            {key: written for key, (written, _) in table.items()},
            {key: value for key, (_, value) in table.items()},
        )
    )


_PLAIN = st.text("少开短会,。“”A1 ", max_size=6).map(lambda text: f"会{text}议")
_TEXT = _as_it_stands(_PLAIN)
_DEPARTMENTS = [
    ("办公室", ("办公室",)),
    ("办公室、人事科", ("办公室", "人事科")),
    ("办公室、", ("办公室",)),
    (["办公室", "人事科"], ("办公室", "人事科")),
    ([], ()),
]
_PERIODS = [
    *(("每周", Period(0, 7)), ("每季度", Period(3, 0)), ("10天", Period(0, 10))),
    ("10个工作日", Period(0, 0, 10)),
]
_LEADS = [("10", Lead(10)), ("3个工作日", Lead(3, working=True)), ("逾期7天", Lead(-7))]
_DAYS = st.dates(date(1949, 1, 1), date(2199, 12, 31)).map(lambda day: (str(day), day))
_AMOUNTS = [("1864元", 1864), ("884.72万元", 8847200), ("1,864元", 1864)]
_PROSE = _as_it_stands(st.sampled_from(["会议4次", "共{问题数}个", "全角｛单位｝", "无", "一个{"]))
_STEPS = [
    (["申请", "批准"], (Step.APPLICATION, Step.APPROVAL)),
    (
        ["申请", "初审", "复核", "批准"],
        (Step.APPLICATION, Step.FIRST_REVIEW, Step.SECOND_REVIEW, Step.APPROVAL),
    ),
    ("批准", (Step.APPROVAL,)),
    ([], ()),
]
_SIGNATORIES = [
    ({"初审": "整改办"}, {Step.FIRST_REVIEW: ("整改办",)}),
    ({"批准": ["局党组", "县委"]}, {Step.APPROVAL: ("局党组", "县委")}),
    ({}, {}),
]


def _numbers(least: int) -> _Written:
    return st.integers(least, 3660).map(lambda number: (str(number), number))


_VALUES: dict[ValueKind[Any], _Written] = {
    values.TEXT: _TEXT,
    values.TITLE: _TEXT,
    values.TEXTS: _one_or_several(_TEXT),
    values.DEPARTMENTS: st.sampled_from(_DEPARTMENTS),
    values.DAY: _DAYS,
    values.DEADLINE: _DAYS,
    values.SPANS: _one_or_several(
        st.sampled_from([("2021年5月1日至2日", (date(2021, 5, 1), date(2021, 5, 2)))])
    ),
    values.DAYS: _one_or_several(_numbers(0)),
    values.PERIOD: st.sampled_from(_PERIODS),
    values.LEAD: st.sampled_from(_LEADS),
    values.YUAN: st.sampled_from(_AMOUNTS).map(lambda pair: (pair[0], Decimal(pair[1]))),
    values.NUMBER: _numbers(1),
    values.COUNT: _numbers(1),
    values.COUNTS: _table(_numbers(1)),
    values.YES_NO: st.sampled_from([("是", True), ("否", False), ("true", True)]),
    values.TIME_ZONE: _as_it_stands(st.sampled_from(["Asia/Urumqi", "Asia/Shanghai"])),
    values.INSIDE_PATH: _as_it_stands(st.sampled_from(["佐证/07/签字表(1).pdf", "a//b", "a..b"])),
    values.SHA256: st.sampled_from([("ab" * 32, "ab" * 32), ("AB" * 32, "ab" * 32)]),
    values.STEPS: st.sampled_from(_STEPS),
    values.SIGNATORIES: st.sampled_from(_SIGNATORIES),
    values.SUBSTITUTES: _table(_TEXT),
    values.TOTALS: _table(_as_it_stands(st.sampled_from(["3", "3人", "12件"]))),
    values.VOTES: _table(_numbers(0)),
    values.IDENTIFIER: _as_it_stands(st.sampled_from(["2021-县委", "a", "县" * 40])),
    values.REFERENCE: _as_it_stands(st.sampled_from(["2021-县委/07", "a_b/1"])),
    values.SCORE: st.sampled_from([("92.5", "92.5"), ("100分", "100"), ("90 分", "90")]),
    values.FINDING_IDS: st.sampled_from(
        [("07", ("07",)), ("7、12", ("7", "12")), (["07", 12], ("07", "12")), ([], ())]
    ),
    values.LEDGER_FORMAT: st.sampled_from([("1", 1), ("2", 2), (2, 2)]),
    values.SEVERITIES: st.just(({"T604": "关闭"}, {"T604": Severity.OFF})),
    values.INSPECTION_KIND: st.sampled_from(InspectionKind).map(lambda one: (f"“{one}”", one)),
    values.FINDING_KIND: st.sampled_from(Kind).map(lambda kind: (kind.value, kind)),
    notice_settings.PROSE: _PROSE,
    notice_settings.PARAGRAPHS: _one_or_several(_PROSE),
    notice_settings.LABEL: _as_it_stands(st.sampled_from(["({一})", "{1}."])),
    notice_settings.ASPECT_HEADING: _as_it_stands(st.just("在“{方面}”方面")),
    notice_settings.ASPECT_PARAGRAPHS: _one_or_several(_as_it_stands(st.just("三、{方面}"))),
    notice_settings.SIGNATURE: _one_or_several(_as_it_stands(st.just("{落款} 2021.5.18"))),
    notice_settings.INDENTS: st.just(({"正文": "4个空格"}, {TextPlace.BODY: "4个空格"})),
    notice_settings.GAPS: st.just(({"标题后": "1"}, {TextGap.TITLE: 1})),
    ledger_model.FINDING_TEXT: _one_or_several(_as_it_stands(st.just("{序号}.{问题}：{措施}"))),
    notice_settings.FINDING_HEADING: _as_it_stands(st.just("{序号}.关于“{问题}”的整改")),
}


def _of_kind(kind: ValueKind[Any]) -> _Written:
    """Give what may be written of a kind, and the value that it is."""
    if kind in _VALUES:
        return _VALUES[kind]
    if kind.holds:
        one = st.one_of(*(_of_model(model) for model in kind.holds.values()))
        in_a_list = {
            "tuple": _several,
            "function-before": _one_or_several,
            "function-after": _at_most_one,  # those of one list may have to differ
        }
        is_model = kind.schema.get("metadata", {}).get(DEFINED_AS)
        return one if is_model else in_a_list[kind.schema["type"]](one)
    if kind.schema["type"] == "literal":
        (word,) = kind.schema["expected"]
        return st.just((word.value, word))
    return st.sampled_from(kind.schema["cls"]).map(lambda word: (word.value, word))


def _slot(declared: Declaration) -> _Written:
    written = _of_kind(declared.kind)
    return written if declared.required else written | st.just((None, declared.default))


def _of_model(model: type[Model]) -> _Written:
    """Give data for a model, each slot in one of its forms or left empty, and the model itself."""
    slots = {name: _slot(declared) for name, declared in model.DECLARED.items()}
    pairs = st.fixed_dictionaries(
        {name: slot for name, slot in slots.items() if model.DECLARED[name].required},
        optional={name: slot for name, slot in slots.items() if not model.DECLARED[name].required},
    )
    made = pairs.map(
        lambda pairs: (
            {model.DECLARED[name].key: written for name, (written, _) in pairs.items()},
            model(**{name: value for name, (_, value) in pairs.items()}),
        )
    )
    if model.ALONE is None:
        return made
    name = next(name for name, one in model.DECLARED.items() if one.key == model.ALONE)
    return made | slots[name].filter(lambda pair: pair[0] is not None).map(
        lambda pair: (pair[0], model(**{name: pair[1]}))
    )


@settings(max_examples=120, deadline=None)
@given(_of_model(Finding))
def test_a_finding_in_due_form_is_read_as_what_it_says(pair: tuple[Any, Finding]) -> None:
    assert decode(Finding, pair[0]) == (pair[1], [])


@settings(max_examples=60, deadline=None)
@given(_of_model(Inspection))
def test_an_inspection_in_due_form_is_read_as_what_it_says(pair: tuple[Any, Inspection]) -> None:
    assert decode(Inspection, pair[0]) == (pair[1], [])
