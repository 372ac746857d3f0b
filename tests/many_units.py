"""A county as large as its board shows everything of: for the tests of that board."""

from datetime import date

from decoded import decoded
from examples import Data, finding, measure, report
from zhenggai.ledger.standing import LedgerOnDay
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding, Ledger

COUNTY_DAY = date(2021, 5, 18)
KINDS = ("制度执行", "财务管理", "选人用人", "工程项目", "作风建设", "意识形态", "保密工作")
_ASKED = "请县财政局会同县自然资源局共同研究解决历史遗留的土地出让金清缴问题，" * 3
_GRADES = ("好", "较好", "一般")


def county_days(units: int = 60, day: date = COUNTY_DAY) -> list[LedgerOnDay]:
    """Give ledgers in seven rounds, seven findings each, with something to say in every place."""
    return [LedgerOnDay(_ledger(number), day) for number in range(units)]


def _ledger(number: int) -> Ledger:
    round_number = number % 7
    about: Data = {
        "格式": 2,
        "被巡察单位": f"某某县第{number}个党组织委员会",
        "轮次": f"十四届县委第{round_number + 1}轮常规巡察",
        "反馈日期": f"2021-0{1 + round_number // 2}-15",
        "标识": f"单位-{number}",
        "问题类别": list(KINDS),
        "集中整改截止": f"2021-0{4 + number % 3}-{1 + number % 28:02}",
        "整改报告报送截止": f"2021-05-{1 + number % 28:02}",
        "评估": [
            {
                "单位": "县委巡察办",
                "日期": "2021-05-10",
                "等次": _GRADES[number % 3],
                "满意度票数": {"满意": 30, "基本满意": 5, "不满意": 2},
                "退回重改问题号": ["07"] if number % 5 == 0 else [],
            }
        ],
    }
    found = tuple(_finding(number, one) for one in range(1, 8))
    return Ledger(f"单位{number:02}", "", decoded(Inspection, about), found)


def _finding(unit: int, number: int) -> Finding:
    keys: Data = {
        "问题": f"第{number}项管理不规范",
        "问题类别": KINDS[number - 1],
        "责任科室": "办公室",
        "整改时限": f"2021-0{4 + number % 3}-2{number}",
        "措施": [measure(done="2021-04-01" if number % 2 else None)],
        "清退资金": "12500.5元",
        "建章立制": ["《财务管理办法》", "《采购制度》（修订）"],
        "处理人员": {"提醒谈话": 2, "批评教育": 3, "诫勉": 1},
    }
    if number < 3 and unit % 3 == 0:
        keys["记录"] = [report("2021-04-02") | {"需协调事项": _ASKED}]
    if number == 3 and unit % 2:
        keys["记录"] = [{"日期": "2021-05-06", "事项": "销号", "批准人": "局党组"}]
    if number == 4 and unit % 4 == 0:
        keys |= {"上次": "单位-0/01", "关系": "屡改屡犯"}
    return finding(f"{number:02}", **keys)
