"""What a notice claims and what it does not: states, groups, departments, expectations, debts."""

from typing import Any

import pytest

from zhenggai.ledger.stated_results import money_in
from zhenggai.model.terms import Stage
from zhenggai.notice.comparing import written
from zhenggai.notice.importing import read_notice
from zhenggai.notice.reading.claimed_states import of_group, stage_of
from zhenggai.notice.reading.readings import told

HEAD = (
    "中共某县水利局党组关于巡察整改进展情况的通报\n\n"
    "2023年3月1日至4月28日，县委第三巡察组对县水利局党组进行了巡察，6月12日反馈了巡察意见。"
    "现将整改进展情况予以公布。\n\n"
)
END = "\n\n中共某县水利局党组\n2023年11月20日\n"
GROUPS = (
    "一、集中整改期内已完成的整改事项\n1.关于采砂监管不力的问题。\n"
    "责任科室：办公室，财务股配合\n一是收回欠款2.5万元。二是检查3次。\n整改状态：基本完成\n"
    "2.关于设备维护不及时的问题。\n一是更换设备3台。二是培训2次。\n"
    "二、正在推进的整改事项\n3.关于档案管理不规范的问题。\n一是整理档案120卷。\n"
    "预计2024年6月底前完成。\n4.关于学习不深入的问题。\n一是学习12次。"
)


def _findings() -> tuple[list[dict[str, Any]], list[str]]:
    draft = read_notice(HEAD + GROUPS + END)
    assert written(draft) == draft.text
    return draft.findings, list(told(draft.decisions))


def test_nearly_done_closes_nothing_and_is_told() -> None:
    findings, said = _findings()
    assert [measure.get("完成") for measure in findings[0]["措施"]] == [None, None]
    assert findings[0]["记录"][0]["事项"] == "进展"
    assert "类型" not in findings[0]
    assert any("写明的是“基本完成”，没有写明全部完成" in one for one in said)


def test_the_heading_of_a_group_gives_the_state_and_is_no_aspect() -> None:
    findings, said = _findings()
    assert findings[1]["记录"][0]["事项"] == "销号"
    assert findings[3]["记录"][0]["情况"] == "据通报：正在推进"
    assert all("方面" not in data for data in findings)
    assert any("按上面的标题“已完成”登记" in one for one in said)


def test_what_is_expected_becomes_a_deadline_where_no_other_is_stated() -> None:
    findings, said = _findings()
    assert findings[2]["整改时限"] == "2024-06-30"
    assert not any("预计、计划的时间" in one for one in said)


def test_who_leads_is_told_from_who_assists() -> None:
    findings, _ = _findings()
    assert (findings[0]["责任科室"], findings[0]["配合科室"]) == ("办公室", "财务股")


@pytest.mark.parametrize(
    ("words", "stage"),
    [
        ("基本完成", Stage.IN_PROGRESS),
        ("已基本解决", Stage.IN_PROGRESS),
        ("取得阶段性成效", Stage.IN_PROGRESS),
        ("已基本完成，长期坚持", Stage.SUSTAINED),
        ("长期坚持", Stage.IN_PROGRESS),
        ("已完成", Stage.CLOSED),
    ],
)
def test_a_state_claims_no_more_than_it_says(words: str, stage: Stage) -> None:
    assert stage_of(words) is stage


@pytest.mark.parametrize(
    ("heading", "state"),
    [
        ("集中整改期内已完成的整改事项", "已完成"),
        ("已完成整改的问题（12个）", "已完成整改"),
        ("计划年底前完成的事项", "计划年底前完成"),
        ("需长期坚持的事项", "需长期坚持"),
        ("关于已完成整改的问题", ""),
        ("党的建设方面", ""),
    ],
)
def test_headings_of_groups(heading: str, state: str) -> None:
    assert of_group(heading) == state


def test_a_debt_called_in_is_no_money_given_back() -> None:
    assert money_in("收回欠款2.5万元") == []
    assert money_in("收回多付货款3万元") == [30000]
