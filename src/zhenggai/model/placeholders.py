"""The names that a notice's texts may hold in braces ({问题数}), and how they are replaced.

What the figures among them come to is worked out in `figures`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

IN_PROSE = (
    *("问题数", "方面数", "措施数", "完成措施数", "已销号数", "待销号数", "基本完成数"),
    *("整改中数", "未启动数", "未销号数", "完成率"),
    *("措施完成率", "整改完成率", "销号率", "制度数", "资金合计", "处理人数", "经审定数"),
    *("单位", "巡察组", "巡察开始", "巡察结束", "反馈日期", "审计机关", "报告文号", "截止日期"),
)
"""Every figure that prose may name, in the order that messages list them."""
IN_FINDING_HEADINGS = ("序号", "一", "问题")
IN_FINDING_TEXTS = (
    *("序号", "一", "问题", "导语", "具体表现", "措施", "成效"),
    *("责任领导", "责任科室", "配合科室", "责任人"),
)
"""What a finding's own way of being told names; 具体表现, 措施 and 成效 each time the next one."""
IN_ASPECT_HEADINGS = ("方面",)
IN_SIGNATURES = ("落款",)
IN_LABELS = ("一", "1")

# An input method set to Chinese writes the braces full-width.
_PLACEHOLDER = re.compile(r"[{｛]([^{}｛｝]*)[}｝]")


def placeholders(prose: str) -> Iterator[str]:
    """Yield the names that stand in braces."""
    return (match[1] for match in _PLACEHOLDER.finditer(prose))


def substitute(text: str, values: Mapping[str, str]) -> str:
    """Return the text with values in place of their names; what is no placeholder stays."""
    return _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)


def substitute_in_turn(
    texts: Iterable[str], values: Mapping[str, str], in_turn: Mapping[str, Iterable[str]]
) -> list[str]:
    """Return texts with values in place of names, of some names each time the next value."""
    rest = {name: iter(several) for name, several in in_turn.items()}

    def value(match: re.Match[str]) -> str:
        name = match[1]
        return next(rest[name], "") if name in rest else values.get(name, match[0])

    return [_PLACEHOLDER.sub(value, text) for text in texts]
