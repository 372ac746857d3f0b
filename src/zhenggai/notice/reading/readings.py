"""What was read in one way and may be meant in another: told once for all lines of a kind."""

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple


class Reading(Enum):
    """What was decided; the value tells it behind the lines it is about."""

    WHOLE_FINDING = "末尾的“{}”读作整个问题的完成情况，也可能只说最后一项措施"
    EACH_MEASURE = "写明的是各项措施的完成情况（“{}”等），没有写明整个问题的，问题没有登记为销号"
    NOT_A_STATE = "的“{}”没有读作完成情况"
    SENTENCES = "一段里有几句话，没有编号，没有分开，整段作一项措施"
    CONTRADICTING = "写明问题“{}”，有的措施却写明没有完成，问题没有登记为销号"
    NEARLY_DONE = "写明的是“{}”，没有写明全部完成，措施没有登记为完成，只记作进展"
    OF_GROUP = "的问题没有写明完成情况，按上面的标题“{}”登记"
    OTHER_THAN_GROUP = "写明的“{}”与上面标题的完成情况不同，按写明的登记"
    EXPECTED_OTHERWISE = "预计、计划的时间（“{}”）与写明的整改时限不同，没有采用"
    WHO_LEADS = "的“{}”没有写明谁牵头，最后一个作配合科室，其余作责任科室"
    LEVEL_ABOVE = "上面的一级标题“{}”不是方面，也不作问题，保存在“通报写法”里"
    KEPT_UP = "写明的是“{}”，类型读作长期坚持，措施没有登记为完成"


class Read(NamedTuple):
    """A decision: which, on which line, over which words."""

    reading: Reading
    line: int
    words: str = ""


_MOST_LINES = 12


def told(decisions: Iterable[Read]) -> Iterator[str]:
    """Yield a sentence for each decision and its words, with all the lines it was taken on."""
    lines: dict[tuple[Reading, str], list[int]] = {}
    for one in decisions:
        known = lines.setdefault((one.reading, one.words), [])
        if one.line not in known:
            known.append(one.line)
    for (reading, words), where in lines.items():
        which = "、".join(map(str, where[:_MOST_LINES]))
        more = "等" if len(where) > _MOST_LINES else ""
        yield f"第{which}行{more}{reading.value.format(words)}"
