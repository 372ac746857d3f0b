"""Rules on inspection.yaml and on the ledger as a whole."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice, pairwise

from zhenggai.ledger.milestones import pressing
from zhenggai.ledger.register import counted_records
from zhenggai.model.inspection_model import ApprovedText, Inspection, SubmittedPaper
from zhenggai.model.ledger_model import Finding
from zhenggai.model.problem import At, Problem, shorten
from zhenggai.model.record_models import Withdrawal
from zhenggai.model.terms import Colour, Severity, Source
from zhenggai.rules.examined import ExaminedLedger, RuleTable

RULES = RuleTable()

_FILE = "inspection.yaml"

# Many more than there are codes, so that of the rest some would be wrong already.
_ENOUGH = 200
_NAMED_AT_MOST = 10


@RULES.on_ledger(
    "R401",
    "规则设置无效",
    Severity.ERROR,
    "“规则”下写 代码: 错误/警告/提示/关闭。"
    "只能写已有的规则代码（见 zhenggai check --explain all）；"
    "无法读取文件一类的错误不能调低，否则问题会从台账里消失；写了案件内容的错误也不能。",
)
def _settings(case: ExaminedLedger) -> Iterator[Problem]:
    for code in islice(case.ledger.inspection.severities, _ENOUGH):
        at = ("规则", code)
        if code in case.codes and case.codes[code].is_fixed:
            what = "读取错误" if code[0] in "FYK" else "不可调整的错误"
            hint = "删去这一行，并改正出错的文件"
            yield Problem(f"{code}是{what}，不能调整", hint, at, _FILE)
        elif code not in case.codes:
            hint = "改正代码或删去这一行；全部代码见 zhenggai check --explain all"
            yield Problem(f"没有代码为“{shorten(code)}”的规则", hint, at, _FILE)


@RULES.on_ledger(
    "R402",
    "巡察日期先后颠倒",
    Severity.ERROR,
    "先有巡察，后有反馈：巡察开始不晚于巡察结束，巡察结束不晚于反馈日期。",
)
def _order_of_days(case: ExaminedLedger) -> Iterator[Problem]:
    inspection = case.ledger.inspection
    named = [
        ("巡察开始", inspection.started_on),
        ("巡察结束", inspection.ended_on),
        ("反馈日期", inspection.feedback_on),
    ]
    days = [(key, day) for key, day in named if day is not None]
    for (before, first), (after, second) in pairwise(days):
        if first > second:
            message = f"{after}（{second}）早于{before}（{first}）"
            yield Problem(message, "核对这两个日期", (after,), _FILE)


@RULES.on_ledger(
    "R403",
    "声明的方面没有问题",
    Severity.WARNING,
    "inspection.yaml里声明了一个方面，却没有问题归在它下面：可能是漏登了问题，或方面名称写得不一样。",
)
def _empty_aspect(case: ExaminedLedger) -> Iterator[Problem]:
    used = {finding.aspect for finding in case.ledger.findings}
    for index, aspect in enumerate(case.ledger.inspection.aspects):
        if aspect not in used:
            message = f"方面“{shorten(aspect)}”下没有问题"
            yield Problem(message, "补登问题，或删去这个方面", ("方面", index), _FILE)


def _overdue_paper(case: ExaminedLedger, name: str) -> Iterator[Problem]:
    for paper in pressing(case.day.register.head, case.today):
        if paper.name == name and paper.is_missed:
            message = f"{name}报送截止{paper.due}，已过{-paper.days_left}天，未登记报送日期"
            hint = f"报送以后在“{name}”下补充“报送日期”"
            yield Problem(message, hint, (f"{name}报送截止",), _FILE)


@RULES.on_ledger(
    "R441",
    "整改方案逾期未报送",
    Severity.WARNING,
    "过了“整改方案报送截止”，“整改方案”下没有“报送日期”。没有写截止的不查。",
)
def _plan_not_sent(case: ExaminedLedger) -> Iterator[Problem]:
    yield from _overdue_paper(case, "整改方案")


@RULES.on_ledger(
    "R442",
    "整改报告逾期未报送",
    Severity.WARNING,
    "过了“整改报告报送截止”，“整改报告”下没有“报送日期”。没有写截止的不查。",
)
def _report_not_sent(case: ExaminedLedger) -> Iterator[Problem]:
    yield from _overdue_paper(case, "整改报告")


@RULES.on_ledger(
    "R443",
    "报送截止临近",
    Severity.INFO,
    "整改方案、整改报告离报送截止的天数到了预警等级中的某一级，尚未登记报送日期。",
)
def _paper_due_soon(case: ExaminedLedger) -> Iterator[Problem]:
    for paper in pressing(case.day.register.head, case.today):
        if not paper.is_missed:
            when = f"距截止{paper.days_left}天" if paper.days_left else "今天截止"
            hint = f"按期报送，并在“{paper.name}”下补充“报送日期”"
            at = (f"{paper.name}报送截止",)
            message = f"{paper.name}报送截止{paper.due}，{when}"
            yield Problem(message, hint, at, _FILE)


@RULES.on_ledger(
    "R445",
    "截止日期没有依据",
    Severity.INFO,
    "集中整改截止、整改方案和整改报告的报送截止，都由上级规定，要写明依据的文号或规定，以便核对。"
    "程序不推定这些日期。",
)
def _deadline_without_basis(case: ExaminedLedger) -> Iterator[Problem]:
    inspection = case.ledger.inspection
    for name in _MILESTONES:
        key = Inspection.DECLARED[name].key
        if getattr(inspection, name) is not None and getattr(inspection, f"{name}_basis") is None:
            yield Problem(f"{key}没有写依据", f"补充“{key}依据: ……”", (key,), _FILE)


_MILESTONES = ("concentrated_until", "plan_due", "report_due")


@RULES.on_ledger(
    "R447",
    "截止日期早于反馈日期",
    Severity.WARNING,
    "集中整改和报送的截止都在反馈以后；更早的，可能是年份或月份有误。",
)
def _milestone_before_feedback(case: ExaminedLedger) -> Iterator[Problem]:
    inspection = case.ledger.inspection
    for name in _MILESTONES:
        key, day = Inspection.DECLARED[name].key, getattr(inspection, name)
        if day and inspection.feedback_on and day < inspection.feedback_on:
            message = f"{key}{day}早于反馈日期{inspection.feedback_on}"
            yield Problem(message, "核对年份和月份", (key,), _FILE)


@RULES.on_ledger(
    "R448",
    "方案、报告的日期在将来",
    Severity.ERROR,
    "整改方案、整改报告的会议、批准、审核、报送日期写已经发生的事，不能在今天之后。",
)
def _paper_in_future(case: ExaminedLedger) -> Iterator[Problem]:
    inspection = case.ledger.inspection
    for key, paper in (("整改方案", inspection.plan), ("整改报告", inspection.report)):
        for name, one in SubmittedPaper.DECLARED.items() if paper else ():
            day = getattr(paper, name)
            if isinstance(day, date) and day > case.present:
                message = f"{key}的{one.key}{day}在今天（{case.present}）之后"
                yield Problem(message, "尚未发生的不写，发生了的改日期", (key, one.key), _FILE)


@RULES.on_ledger(
    "R446",
    "预警颜色轻重颠倒",
    Severity.WARNING,
    "越近时限、逾期越久，颜色越重：红、橙、黄、蓝。更急的一级颜色反而轻的，提醒时会误导。",
)
def _colours_in_disorder(case: ExaminedLedger) -> Iterator[Problem]:
    if case.ledger.inspection.warning_levels is None:
        return
    colours = list(Colour)
    for graver, level in pairwise(case.day.terms.levels):
        if colours.index(graver.colour) > colours.index(level.colour):
            message = (
                f"“{graver.name}”（{graver.lead}）是{graver.colour}色，"
                f"比“{level.name}”（{level.lead}）的{level.colour}色轻"
            )
            yield Problem(message, "核对颜色和天数", ("预警等级",), _FILE)


@RULES.on_ledger(
    "R404",
    "问题数与反馈不符",
    Severity.ERROR,
    "“反馈问题数”是反馈意见里问题的总数，台账里计入的、来源是反馈意见的问题要正好是这么多："
    "少了是漏登，多了是重登。"
    "重复登记、误登的问题用 zhenggai void 撤销登记，不再计入；"
    "撤销以后少于反馈问题数的，要有“依据”。由其他问题拆分出来的（拆分自）不另计。",
)
def _findings_reported(case: ExaminedLedger) -> Iterator[Problem]:
    reported = case.ledger.inspection.findings_reported
    if reported is not None:
        yield from _differs(case, "台账", reported, _of_feedback(case), ("反馈问题数",))


@RULES.on_ledger(
    "R405",
    "方面的问题数与反馈不符",
    Severity.ERROR,
    "“方面问题数”是反馈意见里各方面的问题数，台账里这个方面计入的、来源是反馈意见的问题要正好是这么多。",
)
def _aspect_findings_reported(case: ExaminedLedger) -> Iterator[Problem]:
    inspection = case.ledger.inspection
    for aspect, reported in islice(inspection.aspect_findings_reported.items(), _ENOUGH):
        of_aspect = [one for one in _of_feedback(case) if one.aspect == aspect]
        at = ("方面问题数", aspect)
        yield from _differs(case, f"方面“{shorten(aspect)}”", reported, of_aspect, at)


def _of_feedback(case: ExaminedLedger) -> list[Finding]:
    return [one for one in case.ledger.findings if one.source is Source.FEEDBACK]


@RULES.on_ledger(
    "R450",
    "评估退回了没有的问题",
    Severity.ERROR,
    "评估的“退回重改问题号”写台账里问题的编号；没有这个编号，退回的问题就没有着落。",
)
def _sends_back_nothing(case: ExaminedLedger) -> Iterator[Problem]:
    ledger = case.ledger
    unread = {int(name.partition(".")[0]) for name in ledger.unreadable}
    known = unread | {finding.number for finding in ledger.findings}
    for at, named in _sent_back(case):
        if int(named) not in known:
            yield Problem(f"台账里没有要退回重改的问题{named}", "改正编号", at, _FILE)


@RULES.on_ledger(
    "R451",
    "评估、签批、审定、更名的日期在将来",
    Severity.ERROR,
    "评估、签批、审定稿、更名写已经发生的事，日期不能在今天之后。",
)
def _assessed_in_future(case: ExaminedLedger) -> Iterator[Problem]:
    for key, place, day in _days_of_lists(case):
        if day > case.present:
            message = f"{key}的日期{day}在今天（{case.present}）之后"
            yield Problem(message, "改正日期", (key, place, "日期"), _FILE)


@RULES.on_ledger(
    "R452",
    "评估、签批、审定、更名的日期早于反馈",
    Severity.WARNING,
    "整改从反馈开始，更早的评估、签批、审定稿和更名可能是年份写错。",
)
def _assessed_before_feedback(case: ExaminedLedger) -> Iterator[Problem]:
    feedback = case.ledger.inspection.feedback_on
    for key, place, day in _days_of_lists(case):
        if feedback is not None and day < feedback:
            message = f"{key}的日期{day}早于反馈日期{feedback}"
            yield Problem(message, "核对年份和月份", (key, place, "日期"), _FILE)


@RULES.on_ledger(
    "R457",
    "审定稿不存在",
    Severity.ERROR,
    "登记过的审定稿，文件要在台账里：以后写出的文书与它比较。",
)
def _approved_text_missing(case: ExaminedLedger) -> Iterator[Problem]:
    for at, one in _approved_texts(case):
        if not case.has_file(one.path) and case.digest(one.path) is None:
            message = f"找不到审定稿“{shorten(one.path)}”"
            yield Problem(message, "恢复这个文件", at, _FILE)


@RULES.on_ledger(
    "R458",
    "审定稿被改动",
    Severity.ERROR,
    "登记审定稿时记下了文字的sha256校验值；现在的文件与审定的不是同样的文字。"
    "审定以后改了文字的，重新审定，再用 zhenggai freeze 登记，原来的一份保留。",
)
def _approved_text_changed(case: ExaminedLedger) -> Iterator[Problem]:
    for at, one in _approved_texts(case):
        now = case.digest(one.path)
        if now is not None and now != one.sha256:
            message = f"审定稿“{shorten(one.path)}”与审定时的校验值不符"
            hint = "恢复原来的文件；重新审定的，用 zhenggai freeze 登记新的一份"
            yield Problem(message, hint, at, _FILE)
        elif now is None and case.has_file(one.path) and (why := case.why_no_digest(one.path)):
            message = f"审定稿“{shorten(one.path)}”{why}，未核对校验值"
            yield Problem(message, "检查文件的读取权限", at, _FILE)


def _approved_texts(case: ExaminedLedger) -> Iterator[tuple[At, ApprovedText]]:
    for place, one in enumerate(case.ledger.inspection.approved_texts):
        yield ("审定稿", place, "文件"), one


@RULES.on_ledger(
    "J541",
    "评估退回重改，尚未重开",
    Severity.WARNING,
    "评估退回重改的问题还是已销号：销号率照单位自报计算。要重新整改，先“重开”。",
)
def _sent_back_and_closed(case: ExaminedLedger) -> Iterator[Problem]:
    found = {finding.number: finding for finding in case.ledger.findings}
    assessments = case.ledger.inspection.assessments
    for at, named in _sent_back(case):
        finding, on = found.get(int(named)), assessments[int(at[1])].on
        if finding is None or on > case.today:
            continue
        state, reopened_on = case.standing(finding), case.journal(finding).reopened_on
        closed_before = state.closed_on is not None and state.closed_on <= on
        reopened = reopened_on is not None and reopened_on >= on
        if closed_before and not reopened and not state.withdrawn:
            message = f"{on}的评估退回重改问题{finding.id}，尚未重开"
            hint = f"用 zhenggai reopen {finding.number} 重开"
            yield Problem(message, hint, at, _FILE)


def _sent_back(case: ExaminedLedger) -> Iterator[tuple[At, str]]:
    """Yield the id of every finding that an assessment sends back, with its place."""
    for place, one in enumerate(case.ledger.inspection.assessments):
        for index, named in enumerate(one.sent_back):
            yield ("评估", place, "退回重改问题号", index), named


def _days_of_lists(case: ExaminedLedger) -> Iterator[tuple[str, int, date]]:
    """Yield the day of every entry of the lists that only grow, with its list and place."""
    inspection = case.ledger.inspection
    yield from (("评估", place, one.on) for place, one in enumerate(inspection.assessments))
    yield from (("签批", place, one.on) for place, one in enumerate(inspection.sign_offs))
    yield from (("审定稿", place, one.on) for place, one in enumerate(inspection.approved_texts))
    yield from (("更名", place, one.on) for place, one in enumerate(inspection.renamings))


def _differs(
    case: ExaminedLedger, what: str, reported: int, findings: Sequence[Finding], at: At
) -> Iterator[Problem]:
    """Say where as many findings are counted as cannot be.

    A file that cannot be read may be one that is counted or one that is not: it is an error
    already. A finding that was withdrawn for a basis may lower the number; one that was split off
    another (拆分自) is part of what the feedback counts as one.
    """
    findings = [one for one in findings if one.split_from is None]
    withdrawn = [one for one in findings if case.standing(one).withdrawn]
    baseless = [one.id for one in withdrawn if not _has_basis(one)]
    counted = len(findings) - len(withdrawn)
    possible = counted + len(withdrawn) - len(baseless) + len(case.ledger.unreadable)
    if counted <= reported <= possible:
        return
    hint = "核对是否重登；重复登记、误登的用 zhenggai void 撤销登记"
    if counted < reported:
        hint = "补登漏登的问题"
        if baseless:
            hint += f"；撤销登记的{'、'.join(baseless[:_NAMED_AT_MOST])}未填写依据"
    yield Problem(f"{what}计入{counted}个问题，反馈的是{reported}个", hint, at, _FILE)


def _has_basis(finding: Finding) -> bool:
    return any(isinstance(one, Withdrawal) and one.basis for _, one in counted_records(finding))
