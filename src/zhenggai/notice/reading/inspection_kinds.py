"""What kind of inspection a notice tells of (巡察类型), and who made an audit, by which report."""

import re
from collections.abc import Sequence

from zhenggai.model.terms import InspectionKind
from zhenggai.notice.printed_days import plain_digits
from zhenggai.notice.reading.draft import Draft, Line

_ACT = "(?:开展|进行|实施|接受|启动|组织)"
_KINDS = (
    (InspectionKind.LOOK_BACK, '[“‘"「]?回头看[”’"」]?'),
    (InspectionKind.REPEATED, "(?:二次|第二次|再次)巡[察视]"),
    (InspectionKind.ELEVATED, "提级(?:交叉|联动|专项)?巡[察视]"),
    (InspectionKind.JOINT, "(?:上下)?联动巡[察视]"),
    (InspectionKind.MOBILE, "机动(?:式)?(?:专项)?巡[察视]"),
    (InspectionKind.SPECIAL, "专项巡[察视]"),
    (InspectionKind.ROUTINE, "常规巡[察视]"),
)
_OFFICE = "(?:审计(?:局|厅|署(?:驻[^，,。；;]{1,10}特派员办事处)?|办公室|机关)|审计组)"
_AUDITED = re.compile(
    rf"(?P<office>[^，,。；;、（）()《》〓]{{0,24}}?{_OFFICE})(?:派出审计组|审计组)?[^。；;]{{0,24}}?"
    r"[，,]?(?:依法)?对(?P<unit>[^。；;]{2,80}?)(?:进行|开展|实施)(?:了)?[^。；;，,]{0,24}审计"
)
_REPORTED = re.compile(
    rf"(?P<office>[^，,。；;、（）()《》〓]{{0,24}}?{_OFFICE})[^。；;]{{0,20}}?《[^《》]*审计(?:报告|决定|意见)"
)
_NUMBER = re.compile("[一-鿿×X]{1,12}[〔［\\[【（(](?:19|20)[0-9]{2}[〕］\\]】）)]第?[0-9]{1,4}号")
_IN_A_TITLE = re.compile("审计[^，。]{0,14}整改|整改[^，。]{0,8}审计")
_BEFORE = re.compile(
    "^.*(?:根据|按照|由|经|期间|至今|以来|日|月)[^，,]*?(?:部署|安排|要求|批准|计划)?(?=[^，,]*审计)"
)
_NOT_ITS_NAME = re.compile(
    "(?:及其?|和)?(?:所属|下属)|[0-9]{2,4}\\s*(?:年|[-—－–至])|[（(]|原?(?:党组|党委)书记|原?(?:局长|主任|校长|院长|镇长|乡长|董事长|县长)"
    "|主要(?:负责人|领导)|领导(?:干部|人员)|法定代表人|部门预算|预算|财政|财务|任期|经济责任|资产|专项|贯彻|落实|执行|管理使用"
)


def read_kind(draft: Draft, lines: Sequence[Line]) -> None:
    """Record the kind that title and opening print, and of an audit what is said of it."""
    texts = [plain_digits(line.text) for line in lines]
    sentences = [one for text in texts for one in re.split("[。；;]", text) if one]
    title = texts[0] if texts else ""
    if not re.search("巡[察视]", title) and (
        _IN_A_TITLE.search(title) or any(map(_audited, sentences))
    ):
        _read_audit(draft, sentences)
        return
    for kind, words in _KINDS:
        in_title = re.search(rf"巡[察视]{words}|{words}", title)
        if in_title or any(re.search(f"{_ACT}[^。；;]{{0,40}}?{words}", x) for x in sentences):
            draft.inspection["巡察类型"] = kind.value
            return


def _audited(sentence: str) -> bool:
    return "巡察" not in sentence and _AUDITED.search(sentence) is not None


def _read_audit(draft: Draft, sentences: list[str]) -> None:
    facts = draft.inspection
    facts["巡察类型"] = InspectionKind.AUDIT.value
    draft.notice.pop("用语", None)  # it is neither 巡察 nor 巡视
    for sentence in sentences:
        match = _AUDITED.search(sentence) or _REPORTED.search(sentence)
        if match and (office := _office(match["office"])):
            facts.setdefault("审计机关", office)
        if match and (unit := audited_unit(match.groupdict().get("unit") or "")):
            facts.setdefault("被巡察单位", unit)
        if "审计" in sentence and (number := _NUMBER.search(sentence)):
            facts.setdefault(
                "报告文号",
                re.sub("^.*(?:文号|报告|第|为|字)(?=.{2,}[〔［\\[【（(])", "", number[0]),
            )


def _office(text: str) -> str:
    office = _BEFORE.sub("", text).strip("，,、 \u3000于由经")
    return "" if re.match("审计(?:组|机关)$", office) else office


def audited_unit(text: str) -> str:
    """Return the unit in what was audited: 县林业局 of 县林业局2021年度部门预算执行情况."""
    match = _NOT_ITS_NAME.search(text, 2)
    unit = text[: match.start()] if match else text
    unit = re.sub("[一-鿿]{1,3}同志.*$", "", unit).strip("，,、 \u3000的")
    return "" if re.match("我|本|该", unit) else unit
