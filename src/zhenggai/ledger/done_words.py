"""What the words of a measure say of it: that it is done, or that it is still to come.

A notice says as done only what is done, so its words are held against the measure's 完成. The
patterns are texts, which `re` compiles when one is first looked for.
"""

import re
from typing import TYPE_CHECKING

from zhenggai.model.terms import Action

if TYPE_CHECKING:
    from zhenggai.model.inspection_model import Inspection
    from zhenggai.model.ledger_model import Finding

_QUOTED = r"《[^《》]*》|“[^“”]*”"
_CLAUSE = "[^，。；;,！？!?]"

# 拟 and 计划 also stand inside nouns (虚拟, 拟定, 学习计划, 科技计划项目): they count only where
# they govern what follows.
_PLANNED = (
    r"(?:(?<![虚模比草摹])拟(?![定制订合态人音真稿])|草拟|下一步|即将"
    r"|(?:^|[,。;:、!?\s，；：！？]|还|并|也|均|现|已|正)计划(?!生育|项目|单列|内|外|管理|体系))"
)
# 将 is a future only before a verb or what leads to one; before a noun it is 把. Where its clause
# puts something somewhere (将完成情况纳入考核) what looks like a verb is a noun as well.
_AHEAD = "继续|进一步|适时|尽快|尽早|持续|陆续|抓紧|着力|不断|于|会同|联合|一以贯之"
_ADVERBS = (
    "逐步|定期|及时|分期|分批|分步|每|长期|严格|认真|全面|深入|积极|充分|切实|重点|统一|一并|按(?!期|时)|根据|结合|依托"
    "|在(?!建|职|岗|编|册|库|校|用|逃|外|内|线)|对(?!照|账|口|外)|从(?!业)|由|向|通过|以(?![往前上下及内外])"
)
_VERBS = (
    "组织|召开|举办|开展|启动|出台|印发|发布|制定|制订|修订|起草|编制|建立|建成|新建|完善|健全|加强|强化|加大|提高"
    "|推进|推动|实施|落实|完成|整改|清退|追缴|拆除|采购|委托|聘请|邀请|研究|讨论|审议|抓好|抓实|做好|做到|坚持"
    "|争取|督促|指导|检查|督查|排查|核查|走访|安排|增加|减少|配备|选派|派出|成立|设立|投入|验收|交付|公开|公示"
)
_PUT = (
    "纳入|列入|列为|作为|写入|写进|融入|贯穿|转为|转化|定为|分解|细化|量化|分工|挂钩|上墙|存档|归档|汇编|上报|报送"
    "|报告|移交|移送|交由|传达|通报|告知|反馈|公布|发放|拨付|上缴|退还"
)
_TO_COME = (
    rf"(?<![即大上中少小干武部主])将(?:{_AHEAD}"
    rf"|(?!{_CLAUSE}*(?:{_PUT}))(?:{_ADVERBS}|(?:{_VERBS})(?!的|后的|情况|结果|成果|进展|工作情况)))"
    rf"|正在(?!{_CLAUSE}{{1,8}}的)|尚未(?!{_CLAUSE}{{1,10}}的)"
)
_ANY_TO_COME = "拟|下一步|即将|计划|将|正在|尚未"
# Said of what is not done these are honest, of what is done they may be said as well: 长期坚持.
_GOING_ON = "推进中|进行中|整改中|办理中|未完成|未到位|预计|力争|待[^，。；]{1,12}后|持续推进"

_DONE_VERBS = (
    "完成|修订|制定|制订|建立|建成|成立|设立|印发|出台|发布|颁布|施行|召开|开展|举办|组织|开设|开通|开辟|整改|落实|到位"
    "|清退|退还|退缴|追缴|追回|收回|收缴|上缴|补缴|补齐|补正|补开|补充|补办|办结|销号|解决|纠正|化解|处理|处置|办理"
    "|健全|完善|配备|配齐|公开|公示|公布|签订|签字|上报|报送|移交|更新|调整|核实|核对|清理|清查|盘点|拆除|恢复|验收"
    "|交付|投入使用|归档|整理|安装|采购|修复|治理|约谈|批评教育|问责|通过|实现|达到|取得|明确|兑付|拨付|支付|发放"
    "|停止|取消|废止|撤销|轮岗|培训|学习|走访|排查|检查|加装|编制|写入|纳入|列入|上墙|统一|全覆盖"
)
# What may stand between 已 and its verb.
_BETWEEN = (
    f"(?:经|全部|全面|全|基本|均|都|按期|按时|按要求|如期|提前|逐一|逐项|逐笔|陆续|先后|分别|正式|及时|重新|集中|依规"
    f"|(?:于|在|由|对|将|把|向|按){_CLAUSE}{{1,20}}?)*"
)
# 已完成的项目, 已完成整改问题: of what is named, not of what the measure has done.
_OF_A_NOUN = (
    "(?!.{0,4}的|(?:整改)?(?:问题|项目|任务|事项|措施|工程|合同|人员|单位)(?!$|[，。；,;]))"
)
_DONE = (
    rf"(?<![对将把如若因凡否未])已{_BETWEEN}(?:{_DONE_VERBS}){_OF_A_NOUN}"
    rf"|(?:{_DONE_VERBS})了(?!的|解|{_CLAUSE}{{0,12}}的(?:问题|项目|单位|人员)(?:{_CLAUSE}|$))"
)


def future_word(text: str) -> str:
    """Return the word by which a text says that something is still to come; '' where none does."""
    if not re.search(_ANY_TO_COME, text):
        return ""
    said = re.sub(_QUOTED, "", text)
    found = re.search(_PLANNED, said) or re.search(_TO_COME, said)
    return found[0].strip(",。;:、!?，；：！？ ") if found else ""


def says_unfinished(text: str) -> bool:
    """Whether a text itself says that it tells of something not finished."""
    return bool(future_word(text) or re.search(_GOING_ON, re.sub(_QUOTED, "", text)))


def done_word(text: str) -> str:
    """Return the words by which a text says that it was done; '' where none do.

    Only 已 and 了 say so: 完成治理 is a plan.
    """
    if "已" not in text and "了" not in text:
        return ""
    said = re.sub(_QUOTED, "", text)
    found = re.search(_DONE, said)
    return "" if found is None or says_unfinished(text) else found[0]


def is_as_published(finding: "Finding", inspection: "Inspection") -> bool:
    """Whether a finding still stands as a published notice told it (通报: 原文: 是).

    It does until a measure of it is done on another day than that of the notice, which is the
    only one that the importer writes, or until it is sent back or reopened.
    """
    notice = inspection.notice
    if notice is None or not notice.is_original:
        return False
    if any(record.action in (Action.RETURN, Action.REOPENING) for record in finding.records):
        return False
    return {measure.done_on for measure in finding.measures} <= {None, notice.dated}
