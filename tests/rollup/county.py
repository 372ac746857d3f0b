"""A county for the tests: sixty units in three rounds, some of their files broken."""

from pathlib import Path

from ledger_files import finding, inspection, write_ledger

ROUNDS = ("十四届县委第三轮", "十四届县委第四轮", "十四届县委第五轮")
_TOWNS = ("城区", "东片", "西片")
_DEPARTMENTS = ("办公室", "人事科", "财务科、办公室")
_CATEGORIES = ("制度执行", "财务管理")


def write_county(root: Path, units: int = 60) -> Path:
    """Write a county: units of the same name in different parts, broken files in every tenth."""
    for number in range(units):
        place = root / _TOWNS[number % 3] / f"单位{number // 3:02}"
        feedback = f"2021-0{1 + number % 3}-{1 + number % 20:02}"
        about = inspection(
            "格式: 2\n销号程序: [申请, 审核, 批准]\n审核期限: 10天\n"
            "问题类别: [制度执行, 财务管理]\n",
            被巡察单位=f"县第{number}局党组",
            反馈日期=feedback,
            轮次=ROUNDS[number % 3],
        )
        if number % 20 == 19:
            about = about.replace(feedback, "2021-13-45")
        count = 3 + number % 6
        findings = {f"{one:02}": _finding(number, one) for one in range(1, count + 1)}
        if number % 10 == 7:
            findings["02"] = "问题: [\n"
        write_ledger(place, findings, about)
    return root


def _finding(unit: int, number: int) -> str:
    turn = (unit * 7 + number * 3) % 10
    done = f"    完成: 2021-04-{1 + turn:02}\n" if turn > 3 else ""
    records = "  - 日期: 2021-04-02\n    事项: 进展\n    情况: 已有初稿\n"
    if turn > 4:
        records += f"  - 日期: 2021-04-{12 + turn}\n    事项: 申请销号\n    经办人: 办公室\n"
    if turn > 6:
        records += f"  - 日期: 2021-04-{14 + turn}\n    事项: 审核\n    经办人: 整改办\n"
    if turn > 7:
        records += f"  - 日期: 2021-04-{16 + turn}\n    事项: 销号\n    批准人: 局党组\n"
    if turn == 2:
        records += (
            "  - 日期: 2021-04-20\n    事项: 延期\n    新时限: 2021-07-30\n"
            "    理由: 等待批复\n    批准人: 局党组\n"
        )
    if turn == 9:
        records += "  - 日期: 2021-05-12\n    事项: 认定\n    单位: 县委巡察办\n    结论: 认可\n"
    if turn == 1:
        records += "  - 日期: 2021-05-02\n    事项: 撤销登记\n    理由: 误登\n"
    return finding(
        f"措施:\n  - 内容: 完善制度\n{done}记录:\n{records}",
        整改时限=f"2021-0{4 + turn % 4}-25",
        责任科室=_DEPARTMENTS[turn % 3],
        问题类别=_CATEGORIES[turn % 2],
        公开="否" if turn == 5 else "是",
        问题=f"财务管理第{number}项不规范",
    )
