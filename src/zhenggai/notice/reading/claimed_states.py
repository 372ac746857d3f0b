"""How far a finding has come, in the words of a notice, and which of our own that is."""

import re

from zhenggai.model.terms import Stage

_STATE = (
    r"(?:(?:现|均)?已(?:经)?(?:全部|基本|初步|按期|如期)?(?:完成整改|整改完成|整改到位|落实到位|完成|整改|销号|办结|解决)"
    r"|基本(?:完成整改|整改到位|完成)|阶段性(?:完成整改|完成)|部分(?:完成|整改)|取得阶段性成效"
    r"|(?:完成整改|整改完成|整改到位|完成)(?=[。，,；;）)\s]|$)"
    r"|正在(?:持续|有序|抓紧|加快)?(?:推进|整改|进行|办理|落实|实施)(?:整改|之)?中?"
    r"|(?:持续|长期|有序)(?:推进|整改|坚持)(?:整改|中)?|推进中|整改中|进行中|长期坚持|常态化(?:推进|坚持)"
    r"|(?:尚)?未(?:完成|整改|启动)(?:整改)?)"
)
_QUALIFIER = (
    r"(?:[，,、；;]?\s*(?:并|且|需|将|正|转入|但需)*"
    r"(?:长期坚持|持续推进|持续整改|持续坚持|持续巩固|长期推进|长期整改|持续深化|常态化推进|巩固提升|坚持))*"
)
STATE = re.compile(f"{_STATE}{_QUALIFIER}")
"""A state as notices print it, with what qualifies it: 已完成并长期坚持."""

BRACKETED_STATE = re.compile(
    rf"[（(](?P<state>{_STATE}{_QUALIFIER})(?:[，,；;][^（）()]{{0,40}})?[)）]"
)
"""（正在整改，预计2022年9月完成）"""

SENTENCE = re.compile(
    rf"(?:截[至止]目前[，,])?(?:目前[，,]?)?(?:该|此|本|这)?(?:项|个)?(?:问题|任务|事项|工作)?(?P<state>{_STATE}{_QUALIFIER})"
    r"(?:[，,；;][^。]{0,40})?[。；;]?"
)
"""该问题已完成整改。"""

_DONE = re.compile("^(?:现|均)?已?(?:经)?(?:全部|按期|如期)?(?:完成|整改|落实到位|销号|办结|解决)")
_SUSTAINED = re.compile("基本(?:完成|整改)|^长期|^常态化|^持续坚持")
LASTING = re.compile("长期坚持|持续坚持|长期推进|长期整改|常态化坚持")


def stage_of(words: str) -> Stage:
    """Return the stage that a printed state comes down to; what is not finished goes on."""
    if re.search("尚未|未完成|未整改|未启动|整改中|阶段性|部分", words):
        return Stage.IN_PROGRESS
    if _SUSTAINED.search(words):
        return Stage.SUSTAINED
    return Stage.CLOSED if _DONE.match(words) else Stage.IN_PROGRESS
