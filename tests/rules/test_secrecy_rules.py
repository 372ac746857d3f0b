"""Where a ledger and its papers tell of cases that are not to be kept, and where they may."""

from datetime import date
from typing import Any

import pytest

from decoded import decoded
from zhenggai.errors import RefusedError
from zhenggai.ledger.standing import LedgerOnDay
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding, Ledger
from zhenggai.model.terms import Severity
from zhenggai.rules import ExaminedLedger, examine
from zhenggai.rules.secrecy_rules import case_places, refuse_cases, refuse_typed


def _finding(**keys: Any) -> Finding:
    return decoded(Finding, {"问题": "会议过多", **keys}, "07")


def test_the_names_of_approved_totals_are_no_cases() -> None:
    totals = {"经审定数": {"立案审查调查": 3}, "通报": {"开头": "{经审定数}"}}
    assert case_places(decoded(Inspection, totals)) == []


def test_every_text_of_a_finding_is_looked_through_wherever_it_stands() -> None:
    told = _finding(
        具体表现=["甲", "问题线索处置不及时，已移交"],
        处理人员={"留置": 1},
        措施=[{"内容": "甲", "佐证": "佐证/立案决定书.pdf"}],
        记录=[{"日期": "2021-03-01", "事项": "进展", "情况": "甲", "下步措施": "初核"}],
    )
    assert [place.at for place in case_places(told)] == [
        ("具体表现", 1),
        ("措施", 0, "佐证", 0, "文件"),
        ("处理人员", "留置"),
        ("记录", 0, "下步措施"),
    ]


def test_what_was_there_before_is_not_refused_as_typed() -> None:
    before = _finding(具体表现=["问题线索"])
    refuse_typed(before, before)
    with pytest.raises(RefusedError, match="“具体表现”第2项写有“立案”（S901）"):
        refuse_typed(_finding(具体表现=["问题线索", "已立案"]), before)
    with pytest.raises(RefusedError, match="“具体表现”第1项写有“问题线索”"):
        refuse_typed(before)


def test_what_the_feedback_calls_a_kind_of_work_is_no_case() -> None:
    named = ["信访件办理不及时", "问题线索处置不规范"]
    keys: dict[str, Any] = {"问题": "谈话函询比例偏高", "方面": "问题线索处置", "具体表现": named}
    assert case_places(_finding(**keys)) == []
    about = {"方面": ["问题线索处置"], "方面问题数": {"问题线索处置": 1}}
    assert case_places(decoded(Inspection, about)) == []
    assert case_places(_finding(责任科室="信访件办理"))
    assert case_places(_finding(措施=[{"内容": "信访件办理不及时"}]))


def _ledger(*findings: Finding, **about: Any) -> Ledger:
    return Ledger("", "", decoded(Inspection, about), findings)


def test_a_paper_may_give_approved_totals_and_a_published_notice_its_words() -> None:
    paper = ["通报", "立案审查调查3人。"]
    with pytest.raises(RefusedError, match="文书里写有“立案”“审查调查”"):
        refuse_cases(paper, _ledger())
    with pytest.raises(RefusedError, match="文书里写有“立案”“审查调查”"):
        refuse_cases(paper, _ledger(经审定数={"立案审查调查": "4人"}))
    refuse_cases(paper, _ledger(经审定数={"立案审查调查": "3人"}))
    refuse_cases(["立案审查调查3人、留置1人"], _ledger(经审定数={"立案审查调查": 3, "留置": "1人"}))
    refuse_cases(paper, _ledger(通报={"原文": "是"}))


def test_a_paper_may_name_the_work_that_its_ledger_names() -> None:
    told = _finding(问题="问题线索处置不规范。", 方面="信访件办理")
    refuse_cases(["一、信访件办理", "1.关于“问题线索处置不规范”问题的整改。"], _ledger(told))
    with pytest.raises(RefusedError, match="“立案”"):
        refuse_cases(["关于问题线索处置不规范的问题，立案3件"], _ledger(told))
    with pytest.raises(RefusedError, match="“信访件”"):
        refuse_cases(["信访件办理"], _ledger(_finding()))


@pytest.mark.parametrize(
    "name", ["王某某受贿", "举报人", "立\ufe0f案", "立案审查调查王某等人的情况", "A"]
)
def test_the_names_of_approved_totals_are_of_known_kinds(name: str) -> None:
    day = LedgerOnDay(_ledger(经审定数={"立案": 1, name: 2}), date(2021, 5, 18))
    found = examine(ExaminedLedger(day, lambda _: True), "S904")
    assert [one.at for one in found] == [("经审定数", name)]
    assert "只能写：问题线索、初步核实、" in found[0].hint


def test_what_is_not_published_is_an_error_in_a_published_notice_too() -> None:
    about = decoded(Inspection, {"通报": {"原文": "是"}})
    record = {"日期": "2021-03-01", "事项": "督查", "情况": "已立案"}
    told = _finding(措施=[{"内容": "移交问题线索"}], 记录=[record])
    day = LedgerOnDay(Ledger("", "", about, (told,)), date(2021, 5, 18))
    found = examine(ExaminedLedger(day, lambda _: True), "S")
    assert [(one.code, one.at) for one in found] == [
        ("S901", ("记录", 0, "情况")),
        ("S902", ("通报", "原文")),
    ]


def test_no_ledger_turns_these_errors_down() -> None:
    about = decoded(Inspection, {"规则": {"S901": "关闭", "S902": "关闭"}})
    day = LedgerOnDay(Ledger("", "", about, (_finding(具体表现=["立案"]),)), date(2021, 5, 18))
    found = examine(ExaminedLedger(day, lambda _: True))
    assert [one.message for one in found if one.code == "R401"] == [
        "S901是不可调整的错误，不能调整"
    ]
    assert [one.severity for one in found if one.code == "S901"] == [Severity.ERROR]
