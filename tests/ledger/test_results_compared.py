"""Sums that a notice states against what its findings tell: doubted only where that can be."""

from decimal import Decimal

import pytest

from zhenggai.ledger.results_compared import Told, disagreeing, disagreeing_sums

_TEXTS = ("追回多付货款8.6万元", "对2名负责人诫勉谈话", "提醒谈话3人")
_TOLD = Told(Decimal(86_000), {"诫勉谈话": 2, "提醒谈话": 3}, _TEXTS)


@pytest.mark.parametrize(
    "passage",
    [
        "累计追回资金8.6万元，提醒谈话3人，诫勉2人。",
        "累计处理5人。",
        "累计处理4人。",  # somebody was dealt with twice
        "累计批评教育9人。",  # no finding tells of any
        "累计提醒谈话9人，批评教育2人。",  # so findings do not tell of everybody
        "累计追回资金约9万元。",
        "累计清退补贴5万元。",  # returned in another way
        "共追回资金9万元。".replace("9", "8.60"),
        "下一步拟追回资金20万元，处理9人。",
        "召开会议研究，提醒谈话7人。",  # no sum
    ],
)
def test_what_cannot_be_compared_is_not_doubted(passage: str) -> None:
    assert list(disagreeing(passage, _TOLD)) == []


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("累计追回资金9万元。", [("追回资金9万元", "8.6万元")]),
        ("累计追回资金5万元。", [("追回资金5万元", "8.6万元")]),
        ("累计提醒谈话4人。", [("提醒谈话4人", "3人")]),
        ("累计谈话提醒2人。", [("谈话提醒2人", "3人")]),
        ("累计处理9人。", [("处理9人", "5人")]),
    ],
)
def test_a_sum_of_other_than_is_told_is_doubted(
    passage: str, expected: list[tuple[str, str]]
) -> None:
    assert list(disagreeing(passage, _TOLD)) == expected


def test_a_finding_that_tells_no_number_leaves_the_larger_sum_alone() -> None:
    vague = _TOLD._replace(texts=(*_TEXTS, "对相关责任人提醒谈话", "追回其余货款"))
    assert list(disagreeing("累计提醒谈话15人，追回资金20万元。", vague)) == []
    assert list(disagreeing("累计提醒谈话2人。", vague)) == [("提醒谈话2人", "3人")]


def test_sums_of_an_audit_may_be_larger_where_not_every_finding_has_one() -> None:
    each: dict[str, list[Decimal | None]] = {
        "问题金额": [Decimal(100_000), None],
        "已整改金额": [Decimal(50_000), Decimal(30_000)],
    }
    assert list(disagreeing_sums("涉及金额30万元，已整改金额8万元。", each)) == []
    assert list(disagreeing_sums("涉及金额9万元。", each)) == [("涉及金额9万元", "10万元")]
    assert list(disagreeing_sums("已整改金额9万元。", each)) == [("已整改金额9万元", "8万元")]
