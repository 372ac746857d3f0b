"""Rules on what a finding says is to be done, and was done."""

import re
from collections.abc import Iterator
from datetime import date

from zhenggai.ledger.done_words import (
    done_word,
    future_word,
    is_as_published,
    says_unfinished,
)
from zhenggai.model.dates import Period
from zhenggai.model.ledger_model import Finding, Measure
from zhenggai.model.problem import At, Problem, shorten
from zhenggai.model.record_models import Application, Closing, Evidence
from zhenggai.model.terms import Kind, Severity, Stage
from zhenggai.rules.examined import ExaminedLedger, RuleTable

RULES = RuleTable()

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING


@RULES.on_finding(
    "R411",
    "缺少整改时限",
    _ERROR,
    "限期整改和立行立改的问题必须有整改时限，精确到日；没有日期就无法催办，也无法判断逾期。",
)
def _no_deadline(finding: Finding, _case: ExaminedLedger) -> Iterator[Problem]:
    if finding.kind is not Kind.LONG_TERM and finding.due is None:
        hint = "补充“整改时限: 2021-04-30”；要长期坚持的，写“类型: 长期坚持”和“复核周期”"
        yield Problem("未填写整改时限", hint, ("整改时限",))


@RULES.on_finding(
    "R412",
    "长期坚持缺少复核周期",
    _ERROR,
    "长期坚持不等于没有期限：要写多久复核一次，到期没有督查记录就算逾期。",
)
def _no_review(finding: Finding, _case: ExaminedLedger) -> Iterator[Problem]:
    if finding.kind is Kind.LONG_TERM and finding.review_every is None:
        yield Problem("长期坚持的问题未填写复核周期", "补充“复核周期: 每季度”", ("复核周期",))


@RULES.on_finding(
    "R413",
    "类型与时限不符",
    _WARNING,
    "长期坚持的问题看复核周期，其余的看整改时限；另一项写了也不起作用。",
)
def _deadline_without_effect(finding: Finding, _case: ExaminedLedger) -> Iterator[Problem]:
    if finding.kind is Kind.LONG_TERM and finding.due is not None:
        yield Problem(
            "长期坚持的问题不看整改时限", "删去整改时限，或改类型为限期整改", ("整改时限",)
        )
    if finding.kind is not Kind.LONG_TERM and finding.review_every is not None:
        message = f"{finding.kind}的问题不看复核周期"
        yield Problem(message, "删去复核周期，或改类型为长期坚持", ("复核周期",))


@RULES.on_finding(
    "R414",
    "责任人或责任科室未填写",
    _ERROR,
    "每个问题都要落实到责任领导、责任科室和责任人，缺一不可。",
)
def _nobody_responsible(finding: Finding, _case: ExaminedLedger) -> Iterator[Problem]:
    named = {
        "责任领导": finding.leader,
        "责任科室": finding.departments,
        "责任人": finding.owner,
    }
    for key, value in named.items():
        if not value:
            yield Problem(f"未填写{key}", f"补充“{key}: ……”", (key,))


@RULES.on_finding("R415", "没有措施", _WARNING, "没有措施的问题无从整改，也无法计算完成情况。")
def _no_measures(finding: Finding, _case: ExaminedLedger) -> Iterator[Problem]:
    if not finding.measures:
        yield Problem("尚无措施", "在“措施:”下每项写一条“- 内容: ……”", ("措施",))


@RULES.on_finding(
    "R416",
    "方面未声明",
    _WARNING,
    "问题归在inspection.yaml声明的方面之下；名称不一致，按方面统计就会多出一行。",
)
def _undeclared_aspect(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    declared = case.ledger.inspection.aspects
    if finding.aspect is None:
        yield Problem("未填写方面", "补充“方面: ……”", ("方面",))
    elif declared and finding.aspect not in declared:
        message = f"方面“{shorten(finding.aspect)}”未在inspection.yaml里声明"
        hint = f"可写：{'、'.join(declared)}；没有合适的，在inspection.yaml的“方面”里补充"
        yield Problem(message, hint, ("方面",))


@RULES.on_finding(
    "R417",
    "不公开未说明理由或批准",
    _WARNING,
    "不写进通报的问题要说明理由，写明谁在哪天批准不公开，供审核时查看。不公开只隐去文字，数字照样计入。",
)
def _hidden_without_reason(finding: Finding, _case: ExaminedLedger) -> Iterator[Problem]:
    if finding.public:
        return
    needed = {
        "不公开理由": finding.private_reason,
        "不公开批准人": finding.private_approved_by,
        "不公开批准日期": finding.private_approved_on,
    }
    for key, value in needed.items():
        if value is None:
            yield Problem(f"不公开，但未填写{key}", f"补充“{key}: ……”", ("公开",))


@RULES.on_finding(
    "R418",
    "整改时限早于反馈日期",
    _WARNING,
    "时限在反馈之前，可能是年份或月份有误。",
)
def _deadline_before_feedback(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    feedback = case.ledger.inspection.feedback_on
    if feedback and finding.due and finding.due < feedback:
        message = f"整改时限{finding.due}早于反馈日期{feedback}"
        yield Problem(message, "核对年份和月份", ("整改时限",))


@RULES.on_finding(
    "R419",
    "措施时限晚于整改时限",
    _WARNING,
    "措施应在问题的整改时限之前完成，否则问题到期时措施尚未完成。",
)
def _measure_due_too_late(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    deadline = _last_deadline(finding, case)
    for index, measure in enumerate(finding.measures):
        if deadline and measure.due and case.moved(measure.due) > deadline:
            message = f"措施时限{measure.due}晚于整改时限{deadline}"
            yield Problem(message, "提前措施时限，或登记延期", ("措施", index, "时限"))


_FAR = Period(24, 0)


@RULES.on_finding(
    "R430",
    "时限在两年以后",
    _WARNING,
    "整改通常几个月完成。时限离反馈（延期的离登记之日）超过两年，可能是年份写错，或把时限推迟到无人过问的时候。"
    "确需两年以上的，分步写时限；要长期坚持的，类型写“长期坚持”。",
)
def _deadline_far_away(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    since = case.ledger.inspection.feedback_on or case.today
    days: list[tuple[At, date | None, date]] = [(("整改时限",), finding.due, since)]
    days += [(("措施", n, "时限"), one.due, since) for n, one in enumerate(finding.measures)]
    for moment in case.moments(finding):
        event = moment.event
        days.append((("记录", event.place, "新时限"), event.new_due, event.on))
    for at, day, begun in days:
        if day and day > _FAR.after(begun):
            message = f"{at[-1]}{day}在{begun}的两年以后"
            yield Problem(message, "核对年份；确需这么久的，分步写时限", at)
    every = finding.review_every
    if every and case.day.terms.after(every, since) > _FAR.after(since):
        message = f"复核周期{every}超过两年"
        yield Problem(message, "写短一些，例如 每季度", ("复核周期",))


@RULES.on_finding("R421", "完成日期在将来", _ERROR, "尚未到的日期不能写作已完成。")
def _done_in_future(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    for at, day in _done(finding):
        if day > case.present:
            message = f"完成日期{day}在今天（{case.present}）之后"
            yield Problem(message, "未完成就删去“完成”，完成了就改日期", at)


@RULES.on_finding(
    "R422",
    "完成日期早于反馈",
    _WARNING,
    "反馈之前就完成的措施，可能是日期写错。边巡边改、立行立改的，类型写“立行立改”，"
    "从巡察开始之日起都可以。",
)
def _done_before_feedback(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    inspection = case.ledger.inspection
    name, earliest = "反馈日期", inspection.feedback_on
    hint = "核对日期；边巡边改的，类型写“立行立改”"
    if finding.kind is Kind.IMMEDIATE:
        hint = "核对日期"
        if inspection.started_on:
            name, earliest = "巡察开始日期", inspection.started_on
    for at, day in _done(finding):
        if earliest and day < earliest:
            yield Problem(f"完成日期{day}早于{name}{earliest}", hint, at)


@RULES.on_finding(
    "R423",
    "完成日期晚于时限",
    _WARNING,
    "过了时限（有延期的，看新时限）才完成。核对日期；确实晚了的，如实保留，销号时会注明逾期天数。",
)
def _done_late(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    deadline = _last_deadline(finding, case)
    for index, measure in enumerate(finding.measures):
        limit = case.moved(measure.due) if measure.due else deadline
        if limit and measure.done_on and measure.done_on > limit:
            whose = "措施时限" if measure.due else "整改时限"
            message = f"完成日期{measure.done_on}晚于{whose}{limit}"
            yield Problem(message, "核对日期；确实晚了的，如实保留", ("措施", index, "完成"))


@RULES.on_finding(
    "R424",
    "销号时措施未完成",
    _ERROR,
    "销号表示每项措施都已完成。要防止纸面销号。",
)
def _closed_with_open_measures(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    closed_on = case.standing(finding).closed_on
    if closed_on is None:
        return
    for index, measure in enumerate(finding.measures):
        if measure.done_on is not None and measure.done_on <= closed_on:
            continue
        name = f"措施{finding.number}.{index + 1}"
        if measure.done_on is None:
            hint = "补充“完成”日期，或用“重开”记录撤回销号"
            yield Problem(f"已销号，但{name}未完成", hint, ("措施", index))
        else:
            message = f"{name}的完成日期{measure.done_on}晚于销号日期{closed_on}"
            yield Problem(message, "核对两个日期", ("措施", index, "完成"))


@RULES.on_finding(
    "R425",
    "销号没有佐证材料",
    _ERROR,
    "台账规定销号须佐证（inspection.yaml的“销号须佐证: 是”）："
    "申请或销号的记录要有佐证材料，或每项措施都有佐证材料。",
)
def _closed_without_evidence(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    if not case.ledger.inspection.evidence_required:
        return
    closing = case.whole_journal(finding).closing
    if case.standing(finding).closed_on is None or closing is None:
        return
    shown = bool(finding.measures) and all(measure.evidence for measure in finding.measures)
    handed_in = any(
        isinstance(record, (Application, Closing)) and record.evidence
        for record in finding.records[: closing.place + 1]
    )
    if not shown and not handed_in:
        hint = "在销号记录里补充“佐证: 文件路径”"
        yield Problem("已销号，但没有佐证材料", hint, ("记录", closing.place))


@RULES.on_finding("R426", "佐证材料不存在", _ERROR, "写明的佐证材料要在台账里找得到。")
def _evidence_missing(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    for at, file in _evidence(finding):
        if not case.has_file(file.path):
            message = f"找不到佐证材料“{shorten(file.path)}”"
            yield Problem(message, "把文件放进台账，或改正路径", at)


@RULES.on_finding(
    "R429",
    "佐证材料被改动",
    _ERROR,
    "登记佐证材料时记下了文件的sha256校验值；现在的文件与登记时的不是同一份。"
    "文件无法读取或太大（超过4 GiB），未核对，也不算相符。",
)
def _evidence_changed(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    for at, file in _evidence(finding):
        now = case.digest(file.path) if file.sha256 else None
        if file.sha256 and (why := case.why_no_digest(file.path)):
            message = f"佐证材料“{shorten(file.path)}”{why}，未核对校验值"
            yield Problem(message, "检查权限和磁盘；太大的压缩或分卷后另行登记", at)
        elif now is not None and now != file.sha256:
            message = f"佐证材料“{shorten(file.path)}”与登记时的校验值不符"
            yield Problem(message, "恢复原来的文件；换了佐证材料的，另行登记", at)


@RULES.on_finding(
    "R427",
    "已完成措施仍为计划性表述",
    _WARNING,
    "措施标了完成，文字里却还是“拟、计划、下一步、即将、草拟、将（开展）、正在、尚未”："
    "或者尚未完成，或者应改写成结果。把计划写成完成，是公开通报里最常见的差错。",
)
def _planned_but_done(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    if not is_as_published(finding, case.ledger.inspection):
        yield from _told_as_planned(finding)


def _told_as_planned(finding: Finding) -> Iterator[Problem]:
    for index, measure in enumerate(finding.measures):
        for key, text in _texts(measure):
            if measure.done_on is not None and (word := future_word(text)):
                message = f"措施已完成，{key}里却写着“{word}”"
                yield Problem(message, "改写成已取得的结果，或删去“完成”", ("措施", index, key))


@RULES.on_finding(
    "R433",
    "未完成措施写成已完成",
    _WARNING,
    "措施没有完成日期，文字里却写“已完成”“修订了”：尚未完成的不能写成已经完成，否则通报失实。"
    "只有“已”“了”才算，“完成治理”是打算。",
)
def _done_but_open(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    if not is_as_published(finding, case.ledger.inspection):
        yield from _told_as_done(finding)


def _told_as_done(finding: Finding) -> Iterator[Problem]:
    for index, measure in enumerate(finding.measures):
        is_honest = any(says_unfinished(text) for _, text in _texts(measure))
        if measure.done_on is not None or is_honest:
            continue
        for key, text in _texts(measure):
            if words := done_word(text):
                message = f"措施没有完成日期，{key}里却写着“{shorten(words, 20)}”"
                hint = "完成了就补充“完成”日期，没有完成就改写"
                yield Problem(message, hint, ("措施", index, key))


@RULES.on_ledger(
    "R434",
    "通报原文的完成表述未核对",
    Severity.INFO,
    "由公布的通报导入的台账（“通报”下“原文: 是”），文字照原文，是否完成只有原文的说法："
    "不逐项提示，只说明共有几处。问题的措施登记了完成以后，这个问题就按一般的台账检查和写出；"
    "整本台账改为自己登记的，把“原文”改为否。",
)
def _published_words(case: ExaminedLedger) -> Iterator[Problem]:
    inspection = case.ledger.inspection
    number = sum(
        len([*_told_as_planned(finding), *_told_as_done(finding)])
        for finding in case.ledger.findings
        if is_as_published(finding, inspection)
    )
    if number:
        message = f"通报原文里有{number}处文字与措施是否完成不一致"
        hint = "登记完成日期时一并核对"
        yield Problem(message, hint, ("通报", "原文"), "inspection.yaml")


@RULES.on_ledger(
    "R428",
    "两个问题文字相同",
    _WARNING,
    "同样的问题名称或措施出现在两个问题里：可能是复制后忘了改，或同一问题登记了两次。",
)
def _same_text(case: ExaminedLedger) -> Iterator[Problem]:
    holders: dict[str, Finding] = {}
    for finding in case.ledger.findings:
        if case.standing(finding).withdrawn:
            continue
        texts = [finding.title, *(measure.text for measure in finding.measures)]
        for place, text in enumerate(texts):
            first = holders.setdefault(_bare(text), finding)
            if first is not finding:
                at: At = ("措施", place - 1, "内容") if place else ("问题",)
                message = f"与问题{first.id}的文字相同"
                yield Problem(message, "核对是否重复登记，或改写其中一处", at, finding.file_name)


@RULES.on_finding(
    "R431",
    "基本完成没有写剩余事项",
    _WARNING,
    "长期坚持的问题措施全部完成以后是基本完成，即阶段性完成：还要做什么、做到什么时候，要写明。",
)
def _nothing_remaining(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    if case.standing(finding).stage is not Stage.SUSTAINED:
        return
    missing = [
        key
        for key, value in (("剩余事项", finding.remaining), ("剩余事项时限", finding.remaining_due))
        if not value
    ]
    if missing:
        message = f"基本完成，但未填写{'、'.join(missing)}"
        yield Problem(message, f"补充“{missing[0]}: ……”", ("类型",))


_NO_WORD = re.compile(r"\W+")


def _bare(text: str) -> str:
    return _NO_WORD.sub("", text)


def _texts(measure: Measure) -> Iterator[tuple[str, str]]:
    yield "内容", measure.text
    if measure.outcome:
        yield "成效", measure.outcome


def _done(finding: Finding) -> Iterator[tuple[tuple[str | int, ...], date]]:
    for index, measure in enumerate(finding.measures):
        if measure.done_on is not None:
            yield ("措施", index, "完成"), measure.done_on


def _evidence(finding: Finding) -> Iterator[tuple[At, Evidence]]:
    """Walk the evidence of measures and records."""
    holders: list[tuple[At, tuple[Evidence, ...]]] = [
        (("措施", index), measure.evidence) for index, measure in enumerate(finding.measures)
    ]
    for index, record in enumerate(finding.records):
        holders.append((("记录", index), getattr(record, "evidence", ())))
    for at, files in holders:
        for index, file in enumerate(files):
            yield (*at, "佐证", index), file


def _last_deadline(finding: Finding, case: ExaminedLedger) -> date | None:
    """Return the deadline with every extension counted; a long-term finding has none."""
    return None if finding.kind is Kind.LONG_TERM else case.whole_journal(finding).deadline
