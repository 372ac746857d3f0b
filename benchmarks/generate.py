"""Write ledgers of any size for measuring, the same for every run.

Their findings are either of one kind, in words as plain as can be, or as people write them: those
of the sample in turn, each with its own number and days.
"""

import random
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

_ASPECTS = ["贯彻落实党的路线方针政策", "全面从严治党", "基层党组织建设"]
_DEPARTMENTS = ["办公室", "人事科", "计划财务科", "机关党委", "政策法规科"]
_FEEDBACK = date(2021, 2, 1)
TODAY = "2021-05-18"
_SAMPLE = Path(__file__).parents[1] / "ledgers" / "keji-2021"
_SAID = re.compile(r"(?m)^( *(?:- )?(?:问题|内容|成效|情况): .*)$")
_DAY = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")
_PAST = re.compile(r"(?:完成|日期): ([-0-9]+)")

_MEASURE = "完善会议制度,写明各类会议议什么、议题怎么定、材料怎么备、按什么程序决策、由谁负责落实"
_OUTCOME = "召开专题会议研究,修订印发会议议事决策制度,文件会议比去年同期明显减少,干部职工反映良好"

_INSPECTION = f"""被巡察单位: 县科技局党组
巡察组: 县委第一巡察组
反馈日期: {_FEEDBACK}
方面:
{"".join(f"  - {aspect}{chr(10)}" for aspect in _ASPECTS)}"""


def write_several(folder: Path, ledgers: int, count: int) -> None:
    """Write several ledgers under `ledgers` in a folder, so many findings in all."""
    for number in range(1, ledgers + 1):
        write(folder / "ledgers" / f"{number:02}", count // ledgers)


def write(folder: Path, count: int) -> None:
    """Write a ledger of so many plainly worded findings, unless it is there already."""
    _write(folder, count, _INSPECTION, _finding)


def write_like_sample(folder: Path, count: int) -> None:
    """Write a ledger of so many findings like those of the sample, unless it is there already."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(_SAMPLE.glob("[0-9]*.yaml"))]
    inspection = (_SAMPLE / "inspection.yaml").read_text(encoding="utf-8")
    _write(folder, count, inspection, lambda number: _like_sample(texts, number))


def _write(folder: Path, count: int, inspection: str, finding: Callable[[int], str]) -> None:
    if (folder / "inspection.yaml").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    digits = max(2, len(str(count)))
    for number in range(1, count + 1):
        path = folder / f"{number:0{digits}}.yaml"
        path.write_text(finding(number), encoding="utf-8", newline="\n")
    (folder / "inspection.yaml").write_text(inspection, encoding="utf-8", newline="\n")


def _finding(number: int) -> str:
    chance = random.Random(number)  # noqa: S311 - the same findings for everybody
    closed, begun = number % 2 == 0, number % 5 != 0
    due = date(2021, 3, 31) + timedelta(days=chance.randrange(30, 300))
    days = sorted(date(2021, 3, 1) + timedelta(days=chance.randrange(40)) for _ in range(4))
    lines = [
        f"问题: 存在以会议落实会议现象第{number}项",
        f"方面: {chance.choice(_ASPECTS)}",
        "类型: 限期整改",
        "责任领导: 分管副局长",
        f"责任科室: {chance.choice(_DEPARTMENTS)}",
        "责任人: 科室负责人",
        f"整改时限: {due}",
        "措施:",
    ]
    for which, day in enumerate(days, 1):
        lines.append(f"  - 内容: {_MEASURE}({number}.{which})")
        if closed or begun:
            lines += [f"    完成: {day}", f"    成效: {_OUTCOME}({number}.{which})"]
    lines.append("记录:")
    if begun:
        lines += _record(date(2021, 3, 5), "督查", "情况: 会议制度已形成初稿,正在征求意见")
        looked = date(2021, 4, 12) if closed else date(2021, 5, 14)
        lines += _record(looked, "督查", "情况: 会议制度已经印发,正在对照检查落实情况")
    if closed:
        lines += _record(date(2021, 4, 28), "销号", "批准人: 局党组")
    return "\n".join(lines) + "\n"


def _like_sample(texts: list[str], number: int) -> str:
    """Give a finding of the sample, its words marked with the number, its days moved together.

    What was done between the feedback and today stays between them, so that what was true stays
    true; what was done at once, before the feedback, is moved forward only.
    """
    text = texts[(number - 1) % len(texts)]
    past = [date.fromisoformat(day) for day in _PAST.findall(text)] or [_FEEDBACK]
    least = min((_FEEDBACK - min(past)).days, 0)
    most = (date.fromisoformat(TODAY) - max(past)).days
    moved = timedelta(days=random.Random(number).randint(least, most))  # noqa: S311 - as below
    text = _DAY.sub(lambda day: str(date.fromisoformat(day[0]) + moved), text)
    places = iter(range(1, text.count("\n") + 1))
    return _SAID.sub(lambda line: f"{line[1]}({number}.{next(places)})", text)


def _record(day: date, action: str, rest: str) -> list[str]:
    return [f"  - 日期: {day}", f"    事项: {action}", f"    {rest}"]
