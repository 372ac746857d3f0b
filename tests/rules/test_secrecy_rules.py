"""Which words tell of a case that is not to be kept in a ledger, and which only look like it."""

from datetime import date
from typing import Any

import pytest

from decoded import decoded
from zhenggai.errors import RefusedError
from zhenggai.ledger.standing import LedgerOnDay
from zhenggai.model.ledger_model import Finding, Inspection, Ledger
from zhenggai.model.terms import Severity
from zhenggai.rules import ExaminedLedger, examine
from zhenggai.rules.secrecy_rules import case_places, case_words, refuse_cases, refuse_typed


@pytest.mark.parametrize(
    "text",
    [
        "已将有关问题线索移交",
        "线索移交县纪委监委",
        "将线索及时移送",
        "移交县纪委违规吃喝线索2条",
        "涉嫌贪污的线索",
        "违纪线索",
        "开展初核",
        "经初步核实，反映属实",
        "已立案审查调查",
        "公安机关立案侦查",
        "对李某拟立案",
        "立 案",
        "立\u200b案",
        "配合审查调查",
        "谈话函询2人",
        "对有关人员函询",
        "采取留置措施",
        "被留置",
        "举报人反映",
        "检举控告人",
        "信访件办理及时",
        "信访举报件3件",
        "受理信访举报12件",
        "收到举报信",
        "《关于移交问题线索的函》",
    ],
)
def test_a_case_is_known_by_its_words(text: str) -> None:
    assert case_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "建立案例库",
        "设立案卷",
        "建立案件台账",
        "成立案审小组",
        "确立案头工作制度",
        "法院立案庭",
        "招商线索移交投资服务中心",
        "招商引资线索12条",
        "新闻线索",
        "线索",
        "年初核定计划",
        "最初核算",
        "初核低保资格",
        "初步核实底数",
        "留置针",
        "留置送达",
        "保留置换方案",
        "向省厅发函询问",
        "公布信访举报电话",
        "设置举报信箱",
        "畅通信访举报渠道",
        "化解信访积案5件",
        "举报人次",
        "信访信息",
        "修订《问题线索处置办法》",
        "《信访举报件办理规定（试行）》",
        "提醒谈话3人",
        "诫勉谈话",
    ],
)
def test_what_only_looks_like_a_case_is_none(text: str) -> None:
    assert case_words(text) == []


def _finding(**keys: Any) -> Finding:
    return decoded(Finding, {"问题": "会议过多", **keys}, "07")


def test_the_names_of_approved_totals_are_no_cases() -> None:
    totals = {"经审定数": {"立案审查调查": 3}, "通报": {"开头": "{经审定数}"}}
    assert case_places(decoded(Inspection, totals)) == []


def test_every_text_of_a_finding_is_looked_through_wherever_it_stands() -> None:
    told = _finding(
        具体表现=["甲", "问题线索处置不及时"],
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


def test_a_paper_may_give_approved_totals_and_a_published_notice_its_words() -> None:
    paper = "# 通报\n\n立案审查调查3人。\n"
    with pytest.raises(RefusedError, match="文书里写有“立案”“审查调查”"):
        refuse_cases(paper, Inspection())
    refuse_cases(paper, decoded(Inspection, {"经审定数": {"立案审查调查": "3人"}}))
    refuse_cases(paper, decoded(Inspection, {"通报": {"原文": "是"}}))


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
