"""Countable results in the words of a measure: rules, money and people, and what is no result."""

from decimal import Decimal

import pytest

from zhenggai.ledger.printed_amounts import yuan
from zhenggai.ledger.stated_results import (
    money_in,
    money_of,
    people_in,
    rules_counted,
    rules_in,
    rules_in_entry,
)


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("追缴90万元", [900_000]),
        ("追回违规发放津补贴12.3万元", [123_000]),
        ("清退违规收费1,234.5元", ["1234.5"]),
        ("挽回经济损失３２万元", [320_000]),
        ("上缴国库12万元", [120_000]),
        ("将结余资金12万元上缴国库", [120_000]),
        ("违规发放的津补贴12万元已全部清退", [120_000]),
        ("违规发放补贴12万元，已全部清退到位", [120_000]),
        ("应退12万元，已退还8万元", [80_000]),
        ("违规发放12万元，已追缴8万元", [80_000]),
        ("追回12万元，已全部上缴国库", [120_000]),
        ("追缴12万元，其中上缴国库8万元", [120_000]),
        ("追缴3万元、清退2万元，累计追缴清退5万元", [50_000]),
        ("退还保证金一亿二千万元", [120_000_000]),
        ("违规列支的七万五千元已全额追缴", [75_000]),
        ("追缴12万3千元", [123_000]),
        ("督促施工单位退还工程款56万元，目前已退还30万元", [300_000]),
        ("责令退还多领补贴3000元", [3000]),
        ("对违规发放津补贴12万元予以清退", [120_000]),
        ("追缴违规资金１，２３４，５６７元", [1_234_567]),
        ("拟追缴12万元", []),
        ("将追缴12万元", []),
        ("尚未追缴12万元", []),
        ("无法追缴3万元", []),
        ("于2022年12月底前追缴12万元", []),
        ("追缴约12万元", []),
        ("清退公车2辆", []),
        ("违规发放12万元", []),
        ("拍卖所得1860万元全部上缴财政", []),
        ("盘活资金86万元", []),
    ],
)
def test_money_is_what_was_returned(text: str, amounts: list[int | str]) -> None:
    assert money_in(text) == [Decimal(one) for one in amounts]


def test_what_is_said_again_of_a_finding_counts_once() -> None:
    assert money_of([("追缴12万元", "追缴资金12万元全部到账")]) == 120_000
    assert money_of([("追缴12万元", ""), ("清退3万元", "")], ["共追缴清退15万元。"]) == 150_000
    assert money_of([("追缴12万元", ""), ("12万元已上缴国库", "")]) == 120_000


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("处理3人", [("处理", 3)]),
        ("对3名责任人给予处理", [("处理", 3)]),
        ("给予党纪政务处分2人、诫勉谈话1人", [("党纪政务处分", 2), ("诫勉谈话", 1)]),
        ("批评教育5人次", [("批评教育", 5)]),
        ("对两名干部提醒谈话", [("提醒谈话", 2)]),
        ("提醒谈话、批评教育各2人", [("提醒谈话", 2), ("批评教育", 2)]),
        ("对2名负责人诫勉谈话、1名经办人批评教育", [("诫勉谈话", 2), ("批评教育", 1)]),
        ("处理3人，其中诫勉谈话2人、批评教育1人", [("诫勉谈话", 2), ("批评教育", 1)]),
        ("处理3人，其中诫勉谈话1人", [("处理", 3)]),
        ("提醒谈话责任人3名", [("提醒谈话", 3)]),
        ("拟对3人诫勉谈话", []),
        ("处理群众诉求3件", []),
        ("处理3名群众的诉求", []),
        ("组织12名干部约谈企业", []),
        ("谈心谈话36人次", []),
    ],
)
def test_people_are_those_that_were_dealt_with(text: str, people: list[tuple[str, int]]) -> None:
    assert people_in(text) == people


@pytest.mark.parametrize(
    ("text", "named", "counted"),
    [
        ("出台制度4个", [], ["出台制度4个"]),
        ("修订完善制度3项", [], ["修订完善制度3项"]),
        ("建立健全长效机制2项", [], ["建立健全长效机制2项"]),
        ("制定完善3项制度", [], ["制定完善3项制度"]),
        ("修订《甲制度》《乙办法》等制度4项", ["《甲制度》", "《乙办法》"], ["未写名称的制度2项"]),
        ("出台《甲办法》《乙规定》2项制度", ["《甲办法》", "《乙规定》"], []),
        ("计划出台制度4个", [], []),
        ("建立台账4个", [], []),
    ],
)
def test_rules_are_named_or_counted(text: str, named: list[str], counted: list[str]) -> None:
    assert rules_in(text) == named
    assert rules_counted(text) == counted


def test_an_entry_counts_as_many_rules_as_it_says() -> None:
    entries = ["《甲办法》", "出台制度4个", "制定完善三项制度", "未写名称的制度2项", "食堂管理制度"]
    assert list(map(rules_in_entry, entries)) == [1, 4, 3, 2, 1]


@pytest.mark.parametrize(
    ("amount", "value"),
    [
        ("12.3万元", "123000"),
        ("1,234,567.8元", "1234567.8"),
        ("1亿2000万元", "120000000"),
        ("十二万三千元", "123000"),
        ("十二点三万元", "123000"),
        ("九十万元", "900000"),
        ("一亿零五百万元", "105000000"),
    ],
)
def test_amounts_are_read_in_any_numerals(amount: str, value: str) -> None:
    assert yuan(amount) == Decimal(value)
