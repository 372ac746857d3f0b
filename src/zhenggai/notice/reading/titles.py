"""What in a heading is the name of the finding, and what is wrapped around it."""

import re
from typing import NamedTuple

from zhenggai.model.values import MOST_IN_TITLE
from zhenggai.notice.reading import claimed_states
from zhenggai.notice.reading.claimed_states import BRACKETED_STATE

OPENING, CLOSING = "“‘「『《\"'", "”’」』》\"'“‘"
_PAIRS = dict(zip("“‘「『《\"'", "”’」』》\"'", strict=True))
ABOUT = re.compile(
    r"(?:在|对|就)?(?:关于|针对)(?:[^“‘「『《\"，,。；;]{0,14}?(?:反馈|指出|提出|发现)的?(?=[“‘「『《\"]))?|对(?=[“‘「『《\"'])"
)
LABEL = re.compile(
    r"(?:(?:反馈)?问题\s*(?:[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})"
    r"|(?:巡[察视])?反馈(?:的?(?:主要|具体|突出)?问题|意见)?(?:指出|认为)?|(?:具体|主要|突出)?问题(?:描述|表述|名称)?|存在(?:的)?问题"
    r"|(?:巡[察视]|检查)(?:组)?(?:反馈)?指出)\s*[：:]\s*"
)
_WRAPPED_UP = re.compile(
    r"(?:的|等|存在的?)?(?:具体|突出|主要)?问题(?:的?(?:整改|落实|完成|办理)(?:整改|落实)?(?:情况|进展|结果|措施|进展情况)?)?$"
    r"|(?:方面)?的整改(?:情况|落实情况|进展情况)?$|整改(?:落实|进展|完成)情况$|方面$"
)
_AFTER_QUOTE = re.compile(
    r"(?:(?:的|等|方面|存在)*(?:具体|突出|主要)?(?:问题|的整改|整改(?!不|滞后|缓慢|任务|责任|质量)|情况)|方面|$)"
)
# “……不及时的问题”: the quote has the wrapping as well.
_WRAPPED_IN_QUOTES = re.compile("(?<=..)(?:的|等|等的)(?:具体|突出|主要)?问题[。；;，,]?$|[。；;]$")
LABELS = (
    "[（(][^（）()：:]{0,6}(?:领导|部门|科室|单位|处室|股室|支部|责任人|负责人|时限|期限|时间|类型)[：:]"
    "(?:[^（）()]|[（(][^（）()]*[)）])*[)）]"
)
"""（责任领导：党委书记；完成时限：2021年1月底）"""

_BRACKETED = re.compile(
    rf"{BRACKETED_STATE.pattern}|{LABELS}|[（(](?:立行立改|即知即改|限期整改|长期整改)(?:类|问题|事项)?[)）]"
)
_STATE_BEHIND = re.compile(
    rf"\s*(?:——|―|—|–)\s*(?P<state>{claimed_states.STATE.pattern})$"
    rf"|[，,]\s*(?:目前|现)?(?=已|均已|正在|尚未)(?P<clause>{claimed_states.STATE.pattern})$"
)
_QUOTED_PROBLEM = re.compile(
    "[“‘「『《\"'][^”’」』》\"']+[”’」』》\"'](?:的|等)?(?:具体|突出)?问题"
)
_STOPS = "。！？!?；;"


class Heading(NamedTuple):
    """A heading taken apart: where its title stands, the state in brackets, where it ends."""

    start: int
    stop: int
    state: tuple[int, int] | None
    end: int

    def title(self, text: str) -> str:
        """Return the finding's name."""
        return text[self.start : self.stop]


def is_about(text: str) -> bool:
    """Whether a text names a problem: 关于…, or it ends with 问题."""
    sentence = text[: sentence_end(text)].rstrip("。：: ")
    return bool(
        ABOUT.match(text) or LABEL.match(text) or re.search("问题(?:的?整改.{0,4})?$", sentence)
    )


_POINTS_BACK = re.compile(
    "(?:关于|针对)(?:上述|以上|这些|此类|这类|该|此|存在|反馈|巡[察视](?:组)?(?:反馈|指出)?|检查发现|群众反映|发现)的?(?:具体|突出|主要)?(?:各类|各项)?问题"
)


_BULLET = re.compile("[●◆■★▲△○◇□▶►※◎⊙•·☆]\\s*")


def bullet_of(text: str) -> str:
    """Return the bullet that a line begins with, '' where it begins with words."""
    match = _BULLET.match(text)
    return match[0] if match else ""


def names_a_problem(text: str) -> bool:
    """Whether a line that no number stands before is the heading of a problem: 针对“甲”的问题."""
    text = text[len(bullet_of(text)) :]
    if (
        ABOUT.match(text) is None
        or not text.startswith(("关于", "针对"))
        or _POINTS_BACK.match(text)
    ):
        return False
    head = text[: sentence_end(text)]
    if len(head) > _LONGEST_UNNUMBERED:
        return False
    return _NAMED_AT_END.search(head.rstrip("。：:；;，, \u3000")) is not None


def sounds_like_a_problem(text: str) -> bool:
    """Whether a sentence ends as one does that says what is wrong, not what was done."""
    return _WRONG.search(text.rstrip("。：:；;，, \u3000")) is not None


_WRONG = re.compile(
    "(?:不(?:力|严|实|细|深|够|足|强|高|全|准|清|明|当|牢|好|到位|规范|及时|扎实|深入|充分|完善|健全|严格|严肃"
    "|经常|精准|彻底|有力|突出|紧密|平衡|均衡|合理|合规|透明|顺畅|牢固)"
    "|滞后|薄弱|缺失|缺位|混乱|松散|松懈|较差|偏弱|偏软|弱化|虚化|缓慢|乏力|粗放|流于形式|走过场|打折扣"
    "|有(?:差距|漏洞|偏差|短板|欠缺)|(?:仍有|时有)发生)[”’」』》\"']?$"
)
_LONGEST_UNNUMBERED = 120
_NAMED_AT_END = re.compile(
    "(?:问题[”’」』》\"']?|(?<=[”’」』》\"'])方面)(?:的?整改(?:落实|进展)?(?:情况|措施)?|整改)?"
    "(?:[（(【][^（）()【】]{1,30}[)）】])?(?:[，,——–]+[^，,。]{2,10})?$"
)


def take_apart(text: str) -> Heading:
    """Find the title in the words behind a finding's number; what runs on is behind `end`."""
    end = sentence_end(text)
    start = 0
    for pattern in (LABEL, ABOUT, LABEL):
        if match := pattern.match(text, start, end):
            start = match.end()
    is_about_it = ABOUT.match(text) is not None or start > 0
    stop, state = _without_brackets(text, start, end)
    is_about_it = is_about_it or _QUOTED_PROBLEM.match(text, 0, stop) is not None
    if is_about_it and text[start : start + 1] in _PAIRS and start < stop:
        close = _closing(text, start, stop)
        if close > start + 1 and (close + 1 >= stop or _AFTER_QUOTE.match(text, close + 1, stop)):
            return _within(start + 1, _unwrapped(text, start + 1, close), state, end)
        if close < 0 and not any(one in text[start + 1 : stop] for one in CLOSING):
            return _within(start + 1, stop, state, end)  # cut off before its other quote
    if (match := _WRAPPED_UP.search(text, start, stop)) and match.start() > start:
        stop = match.start()
    if not text[start:stop].strip():
        start, stop = 0, end  # 1.关于, cut off: all there is has to be the name
    return _within(start, stop, state, end)


def _unwrapped(text: str, start: int, stop: int) -> int:
    """Return where a quoted title ends without 的问题 at its own end."""
    match = _WRAPPED_IN_QUOTES.search(text, start, stop)
    return match.start() if match and match.start() > start else stop


def _without_brackets(text: str, start: int, stop: int) -> tuple[int, tuple[int, int] | None]:
    """Return where a heading ends without the brackets behind it, and the state in them."""
    state = None
    while True:
        while stop > start and text[stop - 1] in "。：:；;，, \u3000":
            stop -= 1
        match = _last(_BRACKETED, text, start, stop) or _STATE_BEHIND.search(text, start, stop)
        if match is None or match.start() <= start:
            return stop, state
        for group in ("state", "clause"):
            if match.re.groupindex.get(group) and match[group]:
                state = match.span(group)
        stop = match.start()


def _within(start: int, stop: int, state: tuple[int, int] | None, end: int) -> Heading:
    return Heading(start, min(stop, start + MOST_IN_TITLE), state, end)


def _last(pattern: re.Pattern[str], text: str, start: int, stop: int) -> re.Match[str] | None:
    matches = [match for match in pattern.finditer(text, start, stop) if match.end() == stop]
    return matches[-1] if matches else None


def _closing(text: str, start: int, stop: int) -> int:
    """Return where the quote that opens at `start` closes, -1 where it does not."""
    opening, closing = text[start], _PAIRS[text[start]]
    depth = 0
    for place in range(start + 1, stop):
        one = text[place]
        if one == closing and (depth == 0 or opening == closing):
            rest = text[place + 1 : stop]
            # 关于“甲”、“乙”问题 quotes more than once; the title then is all of it.
            return -2 if rest[:1] and rest[0] in "、，,和及与" else place
        if one == closing:
            depth -= 1
        elif one == opening:
            if _AFTER_QUOTE.match(text, place + 1, stop) and closing not in text[place + 1 : stop]:
                return place  # “甲“问题: the second was meant to close
            depth += 1
    return -1


def sentence_end(text: str) -> int:
    """Return where a heading ends that something may run on behind: at its first full stop.

    Or at a colon before what is counted (1.甲：一是…). What is quoted is passed over.
    """
    depth = 0
    for place, one in enumerate(text):
        if one in "“‘「『《（(":
            depth += 1
        elif one in "”’」』》）)":
            depth = max(depth - 1, 0)
        elif (one in _STOPS and (depth == 0 or _never_closes(text, place))) or (
            one in "：:，,"
            and depth == 0
            and (
                (one in "：:" and _COUNTED_BEHIND.match(text, place + 1))
                or _ends_a_heading(text, place)
            )
        ):
            # 1.会议过多。（已完成）: what stands in brackets belongs to the heading.
            bracketed = _BRACKETED.fullmatch(text[place + 1 :].strip().rstrip("。"))
            return len(text) if bracketed else place + 1
    return len(text)


_COUNTED_BEHIND = re.compile(r"\s*(?:一[是要]|一方面|首先|第一[，,]|其一|①|[（(]1[)）]|1[)）])")
_HEADING_ENDS = re.compile(
    "[”’」』》\"'的等](?:的|等|存在的)?(?:具体|突出|主要)?问题(?:的?整改(?:情况|落实情况)?)?$"
)


def _ends_a_heading(text: str, place: int) -> bool:
    """Whether a heading ends at a comma or colon: 针对“会议过多”的问题，一是……

    What names a problem stands before it, and none is named any more behind it.
    """
    if not ABOUT.match(text) or not _HEADING_ENDS.search(text[:place]):
        return False
    sentence = re.split("[。；;]", text[place + 1 :], maxsplit=1)[0]
    return bool(sentence.strip()) and not re.search("问题(?:的?整改.{0,4})?$", sentence)


def _never_closes(text: str, place: int) -> bool:
    return not any(one in "”’」』》）)" for one in text[place:])
