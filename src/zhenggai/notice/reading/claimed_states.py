"""How far a finding has come, in the words of a notice, and which of our own that is.

A state is taken where it is said by itself: in a sentence, a bracket or a clause of its own, with
no subject but the finding, the measure, or a word that points at them. 督促施工单位已完成工程80%
has a subject and an object of its own.
"""

import re
from enum import Enum
from typing import NamedTuple

from zhenggai.model.terms import Stage

_DONE_WORDS = (
    "完成整改(?:任务|工作|事项)?|整改完成|整改到位|整改完毕|落实到位|解决到位|完成(?:任务)?"
    "|整改|销号|办结|解决"
)
_DONE_HOW = (
    "(?:全部|全面|基本|初步|按期|如期|按时|提前|按要求|按规定|按计划"
    "|(?:于|在)[0-9]{4}年[0-9月日底前]{0,8})*"
)
_STATE = (
    rf"(?:(?:现|均|都)?已(?:经)?{_DONE_HOW}(?:{_DONE_WORDS})"
    r"|(?:全部|均)(?:完成整改|整改完成|整改到位|完成|办结|销号)(?=[。，,；;）)】\]〕\s]|$)"
    r"|基本(?:完成整改|整改到位|完成)|已?阶段性(?:完成整改|完成)|部分(?:完成|整改)|已?取得阶段性成效"
    r"|(?:完成整改|整改完成|整改到位|完成)(?=[。，,；;）)】\]〕\s]|$)"
    r"|正在(?:持续|有序|抓紧|加快|积极|稳步)?(?:推进|整改|进行|办理|落实|实施)(?:整改|落实|之)?中?"
    r"|(?:持续|长期|有序)(?:推进|整改|坚持)(?:整改|中)?|推进中|整改中|进行中|长期坚持|常态化(?:推进|坚持)"
    r"|(?:尚|还|仍)?未(?:能)?(?:全部|全面|完全|如期|按期)?(?:完成|整改|启动|办结|销号)(?:整改|到位)?)"
)
_QUALIFIER = (
    r"(?:[，,、；;]?\s*(?:并|且|需|将|正|转入|但需)*"
    r"(?:长期坚持|持续推进|持续整改|持续坚持|持续巩固|长期推进|长期整改|持续深化|常态化推进|巩固提升|坚持))*"
    r"(?:[（(](?:并|需)?(?:长期坚持|持续推进|持续整改|持续巩固)[)）])?"
)
STATE = re.compile(f"{_STATE}{_QUALIFIER}")
"""A state as notices print it, with what qualifies it: 已完成并长期坚持."""

_AHEAD_OF_IT = (
    r"(?:(?:截[至止]|到)(?:目前(?:为止)?|[0-9０-９]{2,4}\s*年[0-9０-９年月日底末初\s]{0,9}|[0-9]{1,2}月[0-9日底末]{0,3})[，,]?)?"
    r"(?:(?:[0-9]{4}年)?[0-9]{1,2}月(?:[0-9]{1,2}日|[底初末]|[上中下]旬)?(?=已))?"
    r"(?:目前|现在|现阶段|至此)?[，,]?(?:整改状态|整改结果|完成情况)?[为是：:]?"
    r"(?:该|此|本|这|上述|以上|各|所有|相关|此)?(?:项|个|些|类)?"
    r"(?:整改(?!完成|到位|完毕))?(?:问题|任务|事项|工作|措施)?(?:的?整改(?!完成|到位|完毕)(?:任务|工作|事项)?)?"
    r"(?:(?:于|在)[0-9]{4}年[0-9月日底前]{0,8})?"
)
_STOPS = r"(?=[。，,；;：:！!（(）)】\]〕\s]|$)"
_MORE = r"(?:[，,；;][^。]{0,40})?"

BRACKETED_STATE = re.compile(
    rf"[（(【\[〔]\s*{_AHEAD_OF_IT}(?P<state>{_STATE}{_QUALIFIER})(?:[，,；;][^（）()【】]{{0,40}})?\s*[)）】\]〕]"
)
"""（正在整改，预计2022年9月完成）, 【已完成】"""

SENTENCE = re.compile(rf"{_AHEAD_OF_IT}(?P<state>{_STATE}{_QUALIFIER}){_STOPS}{_MORE}[。；;]?")
"""该问题已完成整改。"""

BEFORE_WHAT_WAS_DONE = re.compile(
    rf"{_AHEAD_OF_IT}(?P<state>{_STATE}{_QUALIFIER})[，,；;]"
    r"(?!预计|计划|力争|拟|将|确保|需|并|且|但|下一步|持续|长期|正在)(?=[^。]*(?:[0-9]|《))"
)
"""已完成整改，共建账3本。"""

_DASHED = (
    rf"(?:——|―|—|–|--|[★☆▲△●■◆✔√→])\s*{_AHEAD_OF_IT}"
    rf"(?P<state>{_STATE}{_QUALIFIER}){_STOPS}{_MORE}[。；;]?"
)
_ONLY_DASHED = re.compile(_DASHED)


def stated_alone(text: str) -> str:
    """Return the state that is all a text says, '' where it says anything else."""
    text = text.strip()
    for pattern in (SENTENCE, _BRACKETED_AT_END, _ONLY_DASHED):
        if match := pattern.fullmatch(text):
            return match["state"]
    return ""


# -- at the end of what else is told ----------------------------------------------------------


class Form(Enum):
    """How a state stands at the end of a text."""

    APART = "另成一句"
    CLAUSE = "末尾分句"


class Trailing(NamedTuple):
    """A state at the end of a text: the state, where the words begin that say it, and how."""

    words: str
    start: int
    form: Form


_BRACKETED_AT_END = re.compile(rf"[。；;]?\s*{BRACKETED_STATE.pattern}[。；;，,]?\s*")
_AT_END = (
    (re.compile(rf"{_BRACKETED_AT_END.pattern}$"), Form.APART),
    (re.compile(rf"\s*{_DASHED}\s*$"), Form.APART),
    (re.compile(rf"(?<=[。；;])\s*{SENTENCE.pattern}\s*$"), Form.APART),
)
# Of a clause that goes on from what was done only what nobody says of anything else is taken.
_PLAINLY = (
    rf"(?:(?:现|均|都)?已(?:经)?{_DONE_HOW}(?:{_DONE_WORDS})"
    r"|(?:全部|均)(?:完成整改|整改完成|整改到位|完成)"
    r"|基本(?:完成整改|整改到位|完成)|已?阶段性(?:完成整改|完成)|已?取得阶段性成效"
    r"|正在(?:持续|有序|抓紧|加快|积极|稳步)?(?:推进|整改|进行|办理|落实|实施)(?:整改|落实)?中?"
    r"|(?:持续|长期|有序)(?:推进|整改|坚持)(?:整改|中)?|推进中|整改中|进行中|常态化(?:推进|坚持))"
)
_PLAN = r"(?:[，,；;]\s*(?:预计|计划|力争|拟|将|确保|需)[^。；;]{0,40})?"
_CLAUSE = re.compile(
    rf"(?:[，,]\s*|[ \t\u3000]+)(?:并|且)?{_AHEAD_OF_IT}"
    rf"(?P<state>{_PLAINLY}{_QUALIFIER}){_PLAN}[。；;，,]?\s*$"
)
_ALIKE = re.compile(
    r"(?:^|[，,。；;])(?P<words>[^，,。；;]{0,16}?(?:完成整改|整改完成|整改到位|完成|办结|销号|落实到位|已落实|推进中|整改中|正在推进|正在整改))"
    r"[。；;）)]?\s*$"
)
_SAYS_HOW_FAR = re.compile(
    "尚|(?<!从)未|仍|还没|基本|全部|均|已|^(?:问题|该问题)?(?:完成整改|整改完成|整改到位|完成)$"
)
_OF_OTHERS = re.compile("确保|推动|督促|促进|力争|争取|要求|限期|责令")


def trailing(text: str) -> Trailing | None:
    """Return the state with which a text ends, None where it ends with something else."""
    for pattern, form in _AT_END:
        match = pattern.search(text)
        if match and match.start() > 0:
            return Trailing(match["state"], match.start(), form)
    match = _CLAUSE.search(text)
    if match and match.start() > 0:
        return Trailing(match["state"], match.start(), Form.CLAUSE)
    return None


def looks_like_a_state(text: str) -> str:
    """Return the last clause of a text where it sounds like a state and is not taken for one."""
    match = _ALIKE.search(text)
    if match is None or _OF_OTHERS.search(match["words"]):
        return ""
    return match["words"] if _SAYS_HOW_FAR.search(match["words"]) else ""


_COUNTED = re.compile(
    "(?:[0-9０-９一二三四五六七八九十]{1,3}(?:[项个条])?(?:措施|问题|任务)?)?(?:均|都)?"
)


def behind_label(text: str) -> re.Match[str] | None:
    """Return the state at the beginning of what stands behind a label like 整改状态：."""
    ticked = _TICKED.match(text)
    begin = ticked.end() if ticked else len(text) - len(text.lstrip(" \u3000\t（(【[〔√☑✔✓■●"))
    if match := SENTENCE.match(text, begin):
        return match
    if match := _IN_SHORT.match(text, begin):
        return match
    match = _FIRST.search(text, begin)
    if match and _COUNTED.fullmatch(text[begin : match.start()]):
        return match
    return None


# □ 已完成 √ 未完成: of several boxes the one that is ticked tells.
_TICKED = re.compile("[^√☑✔✓■]*[□☐][^√☑✔✓■]*[√☑✔✓■][ \u3000\t]*")
_IN_SHORT = re.compile(
    r"(?P<state>[0-9０-９]{1,3}(?:[.．][0-9０-９]+)?\s*[%％]|是|否)(?=[。；;）)\s]|$)"
)
_FIRST = re.compile(rf"(?P<state>{_STATE}{_QUALIFIER}){_STOPS}")

# -- of a group -------------------------------------------------------------------------------

_GROUP_DONE = _DONE_WORDS.replace("|整改|", "|")
_GROUP = re.compile(
    rf"(?P<before>[^，,。；;：:“”‘’「」《》]{{0,20}}?)"
    rf"(?P<state>(?:没有|不能|无法|难以)?(?:{_STATE}|{_GROUP_DONE}){_QUALIFIER}"
    r"|(?:需要?|须|要|应)?(?:长期|持续|继续|常态化)(?:坚持|推进|整改|巩固|落实|抓好))"
    r"(?:类|的|整改|巡察|巡视|反馈|具体|主要|重点|各项|个)*(?:问题|事项|任务|项目|工作|内容|清单)"
    r"(?:的?(?:整改|落实|完成|推进|进展)*(?:情况|清单))?"
    r"(?:[（(][^（）()]{0,16}[)）])?[：:。]?"
)
_NOT_YET = re.compile("拟|将|预计|计划|力争|确保|争取")


def of_group(heading: str) -> str:
    """Return the state that a heading gives the findings below it, '' where it gives none.

    集中整改期内已完成的整改事项; what is planned to be finished (计划年底前完成的事项) goes on.
    """
    match = _GROUP.fullmatch(heading.strip())
    if match is None or match["before"].startswith(("关于", "针对")):
        return ""
    planned = _NOT_YET.search(match["before"])
    return match["before"][planned.start() :] + match["state"] if planned else match["state"]


# -- what it comes down to --------------------------------------------------------------------

_DONE = re.compile(f"^(?:现|均|都)?已?(?:经)?{_DONE_HOW}(?:完成|整改|落实到位|解决|销号|办结)")
_OPEN = re.compile(
    "尚未|未(?:能)?(?:全|完|如|按)?[^，,]{0,2}(?:完成|整改|启动|办结|销号)|整改中|阶段性|部分"
    "|^(?:没有|不能|无法|难以)"
)
_NEARLY = re.compile("基本|初步")
_LASTS = re.compile("长期|常态化|持续(?:坚持|巩固|深化)|巩固提升")


def stage_of(words: str) -> Stage:
    """Return the stage that a printed state comes down to; what is not finished goes on.

    In a ledger 基本完成 is said of what has all its measures done and is kept up. In a notice it
    is said of that only where it is said to be kept up as well; 基本完成 alone leaves a rest.
    """
    if _OPEN.search(words):
        return Stage.IN_PROGRESS
    if is_nearly_done(words):
        return Stage.SUSTAINED if _LASTS.search(words) else Stage.IN_PROGRESS
    if words[-1:] in ("%", "％"):
        return Stage.CLOSED if re.match("[1１][0０]{2}", words) else Stage.IN_PROGRESS
    return Stage.CLOSED if words == "是" or _DONE.match(words) else Stage.IN_PROGRESS


def is_nearly_done(words: str) -> bool:
    """Whether a printed state says that something is done but for a rest: 基本完成, 初步完成."""
    return _NEARLY.search(words) is not None


_KEPT_UP = re.compile("(?:需|须|要|应)*(?:长期|常态化|持续坚持)")


def is_kept_up(words: str) -> bool:
    """Whether a printed state says of something that it goes on for long, and no more."""
    return _KEPT_UP.match(words) is not None


def in_full(words: str) -> str:
    """Return a printed state with the question that a 是 or 否 answers."""
    return f"是否完成：{words}" if words in ("是", "否") else words


def differ(one: str, other: str) -> bool:
    """Whether of two printed states one says that something is finished, and the other not."""
    return is_going_on(one) is not is_going_on(other)


def is_going_on(words: str) -> bool:
    """Whether a printed state says that something is not finished."""
    return bool(words) and stage_of(words) is Stage.IN_PROGRESS


_UNFINISHED = re.compile("正在|未|推进中|整改中|进行中|部分|否")


def is_unfinished(words: str) -> bool:
    """Whether a printed state says that something is open; 持续推进 may be said of what is done."""
    return is_going_on(words) and _UNFINISHED.search(words) is not None
