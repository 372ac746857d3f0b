"""Of `zhenggai import`: a published notice becomes a ledger."""

from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai.cli.console import say, tell
from zhenggai.errors import ExitCode, InvalidInputError, RefusedError, cause
from zhenggai.importers.tables.proposal import Accept
from zhenggai.model.problem import shorten
from zhenggai.model.terms import InspectionKind
from zhenggai.notice import importing, sources
from zhenggai.notice.comparing import differing
from zhenggai.notice.confidence import confidence, missing, summed_up
from zhenggai.notice.reading.readings import told
from zhenggai.storage.scaffold import new_identifier, refuse_a_ledger, write_ledger
from zhenggai.views.screen_text import spelled_out, visible

if TYPE_CHECKING:
    from zhenggai.notice.reading.draft import Draft
    from zhenggai.notice.sources import Source


_UNKNOWN = "未识别"
_MOST_NAMED = 10
_WHAT_IS_READ = (
    "通报要有“1.关于……问题的整改”这样的条目，序号可以是（一）、（1）、问题1：等，"
    "“关于……的问题”“针对……的问题”可以没有序号，也可以是有“问题”“整改措施”两列的表格"
)


def import_notice(
    source: str,
    output: str = ".",
    *,
    dry_run: bool = False,
    encoding: str | None = None,
    accepts_totals: bool = False,
) -> ExitCode:
    """Recognise a published notice and write the ledger it tells of."""
    root = Path(output)
    if not dry_run:
        refuse_a_ledger(root, "用 -o 换一个文件夹")
    read = sources.read(Path(source), encoding)
    for note in read.notes:
        tell(note)
    draft = importing.read_notice(read.text)
    if not draft.findings:
        raise InvalidInputError(f"“{source}”里未识别出问题；{_WHAT_IS_READ}")
    agrees = _tell(draft, read)
    if not agrees and not accepts_totals:
        raise InvalidInputError(
            "识别出的与通报自己写明的不符，未写入；对照原文核对，"
            f"仍要写入就加 --accept {Accept.TOTALS.value}"
        )
    if dry_run:
        return ExitCode.OK
    facts = draft.inspection
    named = [str(facts.get(key, "")) for key in ("被巡察单位", _who(draft), "反馈日期")]
    files = dict(importing.files(draft, new_identifier(root, *named)))
    try:
        write_ledger(root, files)
    except OSError as error:
        raise RefusedError(f"不能写入“{output}”（{cause(error)}）；请检查权限和磁盘空间") from None
    say(f"已写入{visible(output)}：inspection.yaml和{len(draft.findings)}个问题")
    say("下一步：补充责任分工和时限，再用 zhenggai check 检查")
    return ExitCode.OK


def _tell(draft: "Draft", read: "Source") -> bool:
    """Say what was recognised and what was not; whether it agrees with what the notice states."""
    facts, notice = draft.inspection, draft.notice
    who = _who(draft)
    unit, group = (visible(facts.get(key, _UNKNOWN)) for key in ("被巡察单位", who))
    say(f"单位：{unit}  {who}：{group}")
    if "巡察类型" in facts:
        number = f"  报告文号：{visible(facts['报告文号'])}" if "报告文号" in facts else ""
        say(f"巡察类型：{facts['巡察类型']}{number}")
    say(f"反馈：{facts.get('反馈日期', _UNKNOWN)}  落款日期：{notice.get('落款日期', _UNKNOWN)}")
    for sentence in (*draft.unfilled, *missing(draft)):
        tell(f"请补充：{spelled_out(sentence)}")
    say(_counts(draft))
    for sentence in summed_up(draft):
        say(spelled_out(sentence))
    for line in draft.unplaced:
        words = spelled_out(shorten(line.text))
        tell(f"第{line.number}行未放进通报，原样保存在“未识别”里：{words}")
    if draft.page:
        numbers = list(dict.fromkeys(line.number for line in draft.page))
        which = "、".join(map(str, numbers[:_MOST_NAMED]))
        more = "等" if len(numbers) > _MOST_NAMED else ""
        tell(f"网页或打印留下的内容不再写出，保存在“未识别”里：第{which}行{more}")
    found = confidence(draft)
    for sentence in (*found.disagreements, *found.doubts, *told(draft.decisions)):
        tell(f"请核对：{spelled_out(sentence)}")
    _tell_differences(draft, read, agrees=not found.disagreements)
    return not found.disagreements


def _who(draft: "Draft") -> str:
    """Return the key of who inspected the unit."""
    is_audit = draft.inspection.get("巡察类型") == InspectionKind.AUDIT.value
    return "审计机关" if is_audit else "巡察组"


def _counts(draft: "Draft") -> str:
    measures = sum(len(data.get("措施", ())) for data in draft.findings)
    closed = sum(
        any(record["事项"] == "销号" for record in data.get("记录", ())) for data in draft.findings
    )
    told = [data.get("具体表现", ()) for data in draft.findings]
    manifestations = sum(1 if isinstance(one, str) else len(one) for one in told)
    aspects = f"{len(draft.aspects)}个方面，" if draft.aspects else ""
    below = f"{manifestations}项具体表现，" if manifestations else ""
    stated = f"，通报写明已完成{closed}个" if closed else ""
    return f"识别出{aspects}{len(draft.findings)}个问题，{below}{measures}项措施{stated}"


def _tell_differences(draft: "Draft", read: "Source", *, agrees: bool) -> None:
    different = differing(draft)
    original = "原文" if read.whole else "读出的文字"
    if not different:
        if agrees:
            say(f"由台账写出的通报与{original}逐字相同")
        return
    if different == [("", "")]:
        tell("由台账写出的通报与原文文字相同，空格、空行或缩进有不同")
        return
    tell(f"由台账写出的通报与原文有{len(different)}处不同：")
    for theirs, ours in different[:_MOST_NAMED]:
        there, here = (spelled_out(shorten(one)) or "（没有）" for one in (theirs, ours))
        tell(f"  原文“{there}”，写出的是“{here}”")
