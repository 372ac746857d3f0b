"""What is canonical is read at once and means what the judge says it means."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_validation_laws import FILES

from judged import judged
from zhenggai.core import canonical, model, notice, reading, validation
from zhenggai.core.keys import keys
from zhenggai.core.model import Finding, Inspection
from zhenggai.core.terms import Action, Kind, Severity, Step

INSPECTION = {"被巡察单位": "县科技局党组", "巡察组": "县委第一巡察组", "反馈日期": "2021-02-01"}
CLOSING = {"日期": "2021-04-28", "事项": "销号", "批准人": "局党组"}


def _as_judged(kind: type[Any], data: dict[str, Any]) -> bool:
    """Tell whether data are read at once; if so, as the judge reads them."""
    made = canonical.read(kind, data)
    if made is None:
        return False
    assert made == judged(kind, data)
    assert list(validation._loosely_written_days(data, ())) == []  # noqa: SLF001
    return True


@settings(max_examples=400, deadline=None)
@given(FILES)
def test_whatever_is_read_at_once_is_read_as_the_judge_reads_it(data: dict[str, Any]) -> None:
    _as_judged(Finding, data)
    _as_judged(Inspection, data)


_TEXTS = st.text("少开短会议,。“”A1 ", min_size=1, max_size=6).map(lambda text: f"会{text}议")
_DAYS = st.dates(date(1949, 1, 1), date(2199, 12, 31)).map(str)
_NUMBERS = st.integers(1, 3660).map(str)
_PROSE = st.sampled_from(
    ["会议4次", "共{问题数}个", "全角｛单位｝", "无", "{不认识}", "一个{", "{}"]
)
_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "Text": _TEXTS,
    "Texts": _TEXTS | st.lists(_TEXTS, max_size=2),
    "Departments": st.sampled_from(["办公室", "办公室、人事科", ["办公室"], "办公室、", []]),
    "Day": _DAYS,
    "Days": _NUMBERS | st.lists(_NUMBERS, max_size=3) | st.just("9999"),
    "Every": st.sampled_from(["每周", "每季度", "10天", "每半年", "从不"]),
    "Yuan": st.sampled_from(["1864元", "884.72万元", "1,864元", "许多"]),
    "Count": _NUMBERS | st.sampled_from(["0", "007", "-1"]),
    "Counts": st.dictionaries(_TEXTS, _NUMBERS, max_size=2),
    "YesNo": st.sampled_from(["是", "否", "true", "不"]),
    "Zone": st.sampled_from(["Asia/Urumqi", "火星"]),
    "InsidePath": st.sampled_from(
        ["佐证/07/签字表.pdf", "a.pdf", "../a", "/a", "a//b", "a..b", "C:a"]
    ),
    "Sha256": st.sampled_from(["ab" * 32, "AB" * 32, "ab"]),
    "Steps": st.lists(st.sampled_from([step.value for step in Step]), max_size=3),
    "Severities": st.just({"T604": Severity.OFF.value}),
    "Kind": st.sampled_from([kind.value for kind in Kind]),
    "Prose": _PROSE,
    "Paragraphs": _PROSE | st.lists(_PROSE, max_size=2),
    "Label": st.sampled_from(["({一})", "{1}.", "{问题}"]),
    "AspectHeading": st.just("在“{方面}”方面"),
    "FindingHeading": st.just("{序号}.关于“{问题}”的整改"),
    "int": st.just("12"),
}
_VALUES |= {
    kind.__name__: st.sampled_from([word.value for word in kind])
    for kind in (
        *(notice.NoticeName, notice.InspectionWord, notice.Layout),
        *(notice.Numbering, notice.Punctuation),
    )
}
_VALUES |= {f"Literal[Action.{action.name}]": st.just(action.value) for action in Action}


def _of(kind: type[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Give data for a model: every key it must have, some of the others, sometimes left empty."""
    declared = {one.name: str(one.type) for one in kind.__dataclass_fields__.values()}
    values = {
        key.alias: _VALUES[declared[name].removesuffix(" | None")]
        for name, key in keys(kind).items()
    }
    must = canonical._form(kind).required  # noqa: SLF001
    required = {key.alias for name, key in keys(kind).items() if name in must}
    return st.fixed_dictionaries(
        {key: values[key] for key in required},
        optional={key: value | st.none() for key, value in values.items() if key not in required},
    )


_VALUES["EvidenceFiles"] = _of(model.Evidence) | st.just("a.pdf") | st.lists(st.just("b.pdf"))
_VALUES["tuple[Measure, ...]"] = st.lists(_of(model.Measure), max_size=2)
_VALUES["tuple[Record, ...]"] = st.lists(st.one_of(*map(_of, model.RECORDS.values())), max_size=3)
_VALUES["Sections"] = _of(notice.Section) | st.just("一段") | st.lists(st.just("一段"))
_VALUES["SecrecyReview"] = _of(notice.SecrecyReview)
_VALUES["tuple[Unplaced, ...]"] = st.lists(_of(notice.Unplaced), max_size=1)
_VALUES["Notice"] = _of(notice.Notice)


@settings(max_examples=300, deadline=None)
@given(_of(Finding))
def test_a_finding_reads_the_same_at_once_and_judged(data: dict[str, Any]) -> None:
    _as_judged(Finding, data)
    assert reading.read_finding(data) == validation.read_finding(data)


@settings(max_examples=150, deadline=None)
@given(_of(Inspection))
def test_an_inspection_reads_the_same_at_once_and_judged(data: dict[str, Any]) -> None:
    _as_judged(Inspection, data)
    assert reading.read_inspection(data) == validation.read_inspection(data)


# One value of every type a field has, in canonical form.
_CANONICAL: dict[str, Any] = {
    "Text": "少开会",
    "Texts": ["会议多"],
    "Departments": "办公室、人事科",
    "Day": "2021-04-30",
    "Days": ["20", "10", "0"],
    "Every": "每季度",
    "Yuan": "884.72万元",
    "Count": "3",
    "Counts": {"提醒谈话": "3"},
    "YesNo": "否",
    "InsidePath": "佐证/07/签字表(1).pdf",
    "Sha256": "ab" * 32,
    "EvidenceFiles": ["a.pdf", {"文件": "b.pdf", "校验值": "ab" * 32}],
    "tuple[Measure, ...]": [{"内容": "少开会", "完成": "2021-03-20"}],
    "tuple[Record, ...]": [CLOSING],
    "Steps": ["申请", "批准"],
    "Severities": {"T604": "关闭"},
    "Kind": "长期坚持",
    "Notice": {"标题": "无"},
    "Sections": [{"标题": "加强领导", "内容": "会议{问题数}次"}, "一段"],
    "SecrecyReview": {"日期": "2021-05-01", "审查人": "保密办", "结论": "可以公开"},
    "Prose": "共{问题数}个问题",
    "Paragraphs": ["共{问题数}个问题"],
    "Label": "({一})",
    "AspectHeading": "在“{方面}”方面",
    "FindingHeading": "{序号}.{问题}",
    "NoticeName": "整改情况",
    "InspectionWord": "巡视",
    "Layout": "接排",
    "Numbering": "一是",
    "Punctuation": "半角",
}
# What is rare, and has the judge load anyway.
_ALWAYS_JUDGED = {"Zone", "tuple[Unplaced, ...]"}


@pytest.mark.parametrize(
    ("kind", "usual"),
    [
        (Finding, {"问题": "会议过多"}),
        (Inspection, INSPECTION),
        (notice.Notice, {}),
        (model.Measure, {"内容": "少开会"}),
        (model.Closing, CLOSING),
        (model.Extension, CLOSING | {"事项": "延期", "新时限": "2021-06-30", "理由": "待批"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_every_key_in_canonical_form_does_without_the_judge(
    kind: type[Any], usual: dict[str, Any]
) -> None:
    declared = {one.name: str(one.type) for one in kind.__dataclass_fields__.values()}
    for name, key in keys(kind).items():
        of_type = declared[name].removesuffix(" | None")
        if of_type not in _ALWAYS_JUDGED and not of_type.startswith("Literal"):
            assert _as_judged(kind, usual | {key.alias: _CANONICAL[of_type]}), key.alias


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"问题": None},
        {"问题": " 会议过多"},
        {"问题": "会议过多", "颜色": "红"},
        {"问题": "会议过多", "整改时限": "2021/4/30"},
        {"问题": "会议过多", "整改时限": "2021-04-31"},
        {"问题": "会议过多", "整改时限": "1021-04-30"},
        {"问题": "会议过多", "措施": "少开会"},
        {"问题": "会议过多", "措施": [{"成效": "少"}]},
        {"问题": "会议过多", "记录": [{"日期": "2021-04-28"}]},
        {"问题": "会议过多", "记录": ["销号"]},
        {"问题": "会议过多", "记录": [{"日期": "2021-04-28", "事项": "销号"}]},
        {"问题": "会议过多", "处理人员": "3人"},
        [],
    ],
)
def test_what_is_not_canonical_is_left_to_the_judge(data: Any) -> None:
    assert canonical.read(Finding, data) is None


def test_an_inspection_that_lacks_what_it_must_say_is_left_to_the_judge() -> None:
    _, faults = reading.read_inspection({"巡察组": "县委第一巡察组"})
    assert [fault.at for fault in faults] == [("被巡察单位",), ("反馈日期",)]


def test_the_days_of_a_long_ledger_are_read_beyond_those_remembered() -> None:
    first = date(1950, 1, 1)
    days = [str(first + timedelta(number)) for number in range(5000)]
    measures = [{"内容": "少开会", "完成": day} for day in days]
    made = canonical.read(Finding, {"问题": "会议过多", "措施": measures})
    assert made is not None
    assert [str(measure.done_on) for measure in made.measures] == days
