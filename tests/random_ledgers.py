"""Ledgers at random in every way that a standing follows from, quick enough for thousands."""

from datetime import date, timedelta
from random import Random
from typing import Any

from decoded import decoded
from examples import (
    application,
    closing,
    dispute,
    entered,
    extension,
    measure,
    recognition,
    reopening,
    report,
    review,
    sent_back,
    supervision,
    withdrawal,
)
from random_findings import PROCEDURES
from zhenggai.model.days_off import NONE_KNOWN, days_off, overridden
from zhenggai.model.declaration import replaced
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding
from zhenggai.storage.known_days_off import days_off_by_notice

Data = dict[str, Any]

# With a 29 February in it, days off that are known (2024) and years of which none are.
_FIRST = date(2023, 11, 20)
_OWN = overridden(
    days_off_by_notice(),
    days_off([[date(2024, 3, 1), date(2024, 6, 3)], [date(2028, 1, 1)]], [[date(2024, 2, 24)]]),
)
_OWNERS = ["甲", "乙", "丙"]


def random_inspection(chance: Random) -> Inspection:
    """Give an inspection that sets its terms one way or another."""
    keys: Data = {
        "格式": chance.choice([1, 2, 2, 2]),
        "反馈日期": chance.choice([None, "2023-12-01", "2024-01-31"]),
        "督查周期": chance.choice(["每周", "每月", "10个工作日"]),
        "审核期限": chance.choice([None, "10天", "每月", "5个工作日"]),
        "销号程序": chance.choice(PROCEDURES),
        "长期坚持计入完成": chance.choice(["是", "否"]),
        "时限逢休": chance.choice(["不变", "顺延", "提前"]),
    }
    if chance.random() < 0.5:
        keys["预警天数"] = chance.choice([[20, 10, 3], [10], [0], []])
    else:
        keys["预警等级"] = [
            {"等级": name, "颜色": colour, "天数": days}
            for name, colour, days in chance.sample(
                [
                    ("蓝级", "蓝", "15个工作日"),
                    ("黄级", "黄", "10天"),
                    ("橙级", "橙", "3个工作日"),
                    ("红级", "红", "逾期"),
                    ("红二级", "红", "逾期7天"),
                ],
                chance.randint(1, 5),
            )
        ]
    inspection = decoded(Inspection, {key: value for key, value in keys.items() if value})
    return replaced(inspection, days_off=chance.choice([NONE_KNOWN, days_off_by_notice(), _OWN]))


def random_finding(chance: Random, name: str) -> Finding:
    """Give a finding of any kind, with records out of order, on one day, disputed, corrected."""
    span = chance.choice([5, 60, 400])
    long_term = chance.random() < 0.3
    keys: Data = {
        "问题": "会议过多",
        "类型": "长期坚持" if long_term else "限期整改",
        "整改时限": None if chance.random() < 0.2 else _day(chance, span),
        "检视周期": chance.choice(["每周", "每月", "每季度", "20个工作日"]) if long_term else None,
        "责任人": "甲",
        "责任领导": "甲",
        "措施": [
            measure(
                done=chance.choice([None, _day(chance, span)]),
                due=chance.choice([None, _day(chance, span)]),
                added=chance.choice([None, None, _day(chance, span)]),
            )
            for _ in range(chance.choice([0, 1, 1, 2, 3]))
        ],
    }
    records: list[Data] = []
    for _ in range(chance.randint(0, 9)):
        record = _record(chance, span, len(records), len(keys["措施"]))
        if chance.random() < 0.2:
            on = date.fromisoformat(record["日期"]) + timedelta(days=chance.randint(0, 20))
            record = entered(str(on), record)
        records.append(record)
    return decoded(Finding, keys | {"记录": records}, name)


def _day(chance: Random, span: int) -> str:
    return str(_FIRST + timedelta(days=chance.randint(0, span)))


def _record(chance: Random, span: int, written: int, measures: int) -> Data:
    day = _day(chance, span)
    if chance.random() < 0.4:
        plain = (report, supervision, dispute, application, closing, sent_back)
        return chance.choice(plain)(day)
    of = chance.randint(1, measures) if measures and chance.random() < 0.5 else None
    giver, taker = chance.sample(_OWNERS, 2)
    post = chance.choice(["责任人", "责任领导"])
    records: list[Data] = [
        {"日期": day, "事项": "更正", "第几条": chance.randint(1, max(written, 1)), "理由": "有误"},
        {"日期": day, "事项": "交接", "职责": post, "从": giver, "到": taker},
        {"日期": day, "事项": "督办", "发至": "办公室"},
        {"日期": day, "事项": "督办", "发至": "办公室", "回复期限": _day(chance, span)},
        {"日期": day, "事项": "督办", "发至": "办公室", "回复日期": _day(chance, span)},
        {"日期": day, "事项": "复查", "核查人": "县委巡察办", "结论": "不到位"},
        extension(day, _day(chance, span), of),
        extension(day, _day(chance, span)),
        reopening(day, chance.choice([None, _day(chance, span)])),
        application(day, partial="须汛后实施"),
        recognition(day, chance.choice(["认可", "不认可退回"])),
        review(day, chance.choice(["审核", "初审", "复核"])),
        # Few findings are withdrawn.
        withdrawal(day) if chance.random() < 0.2 else closing(day),
    ]
    return chance.choice(records)
