"""Rules on what a finding says is to be done, and was done."""

import re
from collections.abc import Iterator
from datetime import date

from zhenggai.ledger.closing_procedure import partial_reason
from zhenggai.ledger.done_words import (
    done_word,
    future_word,
    is_as_published,
    says_unfinished,
)
from zhenggai.model.dates import Period
from zhenggai.model.ledger_model import Finding, Measure
from zhenggai.model.names import looks_like, plain_name
from zhenggai.model.problem import At, Problem, shorten
from zhenggai.model.record_models import Application, Closing, Evidence
from zhenggai.model.suggestion import meant
from zhenggai.model.terms import Kind, Severity, Source, Stage
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
        hint = "补充“整改时限: 2021-04-30”；要长期坚持的，写“类型: 长期坚持”和“检视周期”"
        yield Problem("未填写整改时限", hint, ("整改时限",))


@RULES.on_finding(
    "R412",
    "长期坚持缺少检视周期",
    _ERROR,
    "长期坚持不等于没有期限：要写多久检视一次，到期没有督查记录就算逾期。"
    "有整改时限的，措施全部完成以后按检视周期检视。",
)
def _no_review(finding: Finding, _case: ExaminedLedger) -> Iterator[Problem]:
    if finding.kind is Kind.LONG_TERM and finding.review_every is None:
        yield Problem("长期坚持的问题未填写检视周期", "补充“检视周期: 每季度”", ("检视周期",))


@RULES.on_finding(
    "R413",
    "类型与时限不符",
    _WARNING,
    "只有长期坚持的问题看检视周期，其余的看整改时限，检视周期写了也不起作用。"
    "长期坚持的问题可以写整改时限，管到措施全部完成为止，以后看检视周期。",
)
def _deadline_without_effect(finding: Finding, _case: ExaminedLedger) -> Iterator[Problem]:
    if finding.kind is not Kind.LONG_TERM and finding.review_every is not None:
        message = f"{finding.kind}的问题不看检视周期"
        yield Problem(message, "删去检视周期，或改类型为长期坚持", ("检视周期",))


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
    "时限在反馈之前，可能是年份或月份有误。立行立改的从巡察开始之日起都可以。",
)
def _deadline_before_feedback(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    name, earliest = _earliest(finding, case)
    if earliest and finding.due and finding.due < earliest:
        message = f"整改时限{finding.due}早于{name}{earliest}"
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
        # What an extension sets is held against the finding's deadline of then (J527).
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
        message = f"检视周期{every}超过两年"
        yield Problem(message, "写短一些，例如 每季度", ("检视周期",))


@RULES.on_finding(
    "R435",
    "针对的具体表现不存在",
    _WARNING,
    "措施的“针对”写它针对第几项具体表现，从1数起；没有这一项，措施就不算在任何一项具体表现里。",
)
def _for_no_manifestation(finding: Finding, _case: ExaminedLedger) -> Iterator[Problem]:
    count = len(finding.manifestations)
    for index, measure in enumerate(finding.measures):
        if measure.manifestation is not None and measure.manifestation > count:
            there = f"只有{count}项" if count else "没有填写具体表现"
            message = f"措施针对第{measure.manifestation}项具体表现，问题{finding.id}{there}"
            yield Problem(message, "改“针对”后面的数，或补充“具体表现”", ("措施", index, "针对"))


@RULES.on_finding(
    "R436",
    "增加措施的日期在将来",
    _ERROR,
    "“增加日期”是措施写进台账的那一天，不能在今天之后。",
)
def _added_in_future(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    for index, measure in enumerate(finding.measures):
        if measure.added_on and measure.added_on > case.present:
            message = f"增加日期{measure.added_on}在今天（{case.present}）之后"
            yield Problem(message, "改正增加日期", ("措施", index, "增加日期"))


@RULES.on_finding(
    "R437",
    "申请销号以后增加的措施未完成",
    _ERROR,
    "申请销号（没有申请的，审核）时措施应当全部完成。等待审核、批准的问题又增加了措施，"
    "要完成以后再批准，或先“退回”。",
)
def _added_while_applied_for(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    journal = case.whole_journal(finding)
    if not journal.signed or journal.closed_on is not None or partial_reason(finding):
        return
    for index, measure in enumerate(finding.measures):
        added = measure.added_on
        if added and measure.done_on is None:
            message = f"申请销号以后，{added}增加的措施{finding.number}.{index + 1}未完成"
            yield Problem(message, "完成后填“完成”日期，或先退回", ("措施", index))


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
    name, earliest = _earliest(finding, case)
    immediate = finding.kind is Kind.IMMEDIATE
    hint = "核对日期" if immediate else "核对日期；边巡边改的，类型写“立行立改”"
    for at, day in _done(finding):
        if earliest and day < earliest:
            yield Problem(f"完成日期{day}早于{name}{earliest}", hint, at)


def _earliest(finding: Finding, case: ExaminedLedger) -> tuple[str, date | None]:
    """Return the day before which nothing of a finding can be due or done, and its name.

    What is put right at once (立行立改) may be so while the inspection goes on.
    """
    inspection = case.ledger.inspection
    if finding.kind is Kind.IMMEDIATE:
        return "巡察开始日期", inspection.started_on
    return "反馈日期", inspection.feedback_on


@RULES.on_finding(
    "R423",
    "完成日期晚于时限",
    _WARNING,
    "过了时限（有延期的，看新时限）才完成。核对日期；确实晚了的，如实保留，销号时会注明逾期天数。",
)
def _done_late(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    if is_as_published(finding, case.ledger.inspection):
        return  # its day is that of the notice, which says only that it was done before
    deadline = _last_deadline(finding, case)
    whole = case.whole_journal(finding)
    for index, measure in enumerate(finding.measures):
        limit = whole.measure_deadline(index + 1) or deadline
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


_NAMES_COMPARED = 300
"""No unit has as many departments; each is compared with each."""


@RULES.on_ledger(
    "R456",
    "科室名称相近",
    Severity.INFO,
    "同一个科室写成了两个名称（如 人事科、人事股，或多一个字、错一个字），统计、催办就分成两家。"
    "是同一个的，用 zhenggai rename --department 改成一个；确实是两个的，不必理会。",
)
def _alike_departments(case: ExaminedLedger) -> Iterator[Problem]:
    holders: dict[str, Finding] = {}
    for finding in case.ledger.findings:
        for name, at in _departments(finding):
            if name in holders or len(holders) >= _NAMES_COMPARED:
                continue
            alike = next((one for one in holders if looks_like(one, name)), None)
            if alike is not None:
                message = f"责任科室“{name}”与问题{holders[alike].id}的“{alike}”相近"
                yield Problem(message, "核对是不是同一个科室", at, finding.file_name)
            holders[name] = finding


def _departments(finding: Finding) -> Iterator[tuple[str, At]]:
    """Yield every department that a finding or a measure of it names, and where."""
    for name in finding.departments:
        yield name, ("责任科室",)
    for place, measure in enumerate(finding.measures):
        for name in measure.departments:
            yield name, ("措施", place, "责任科室")


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


@RULES.on_finding(
    "R438",
    "科室又牵头又配合",
    _WARNING,
    "一个科室写在“责任科室”里就是牵头，不再写在“配合科室”里；统计只按责任科室。",
)
def _leads_and_assists(finding: Finding, _case: ExaminedLedger) -> Iterator[Problem]:
    leading = {plain_name(name) for name in finding.departments}
    for place, name in enumerate(finding.assisting):
        if plain_name(name) in leading:
            message = f"{name}已是责任科室，又写成配合科室"
            yield Problem(message, "从其中一处删去", ("配合科室", place))


@RULES.on_finding(
    "R439",
    "问题类别未声明",
    _WARNING,
    "问题类别照抄inspection.yaml里声明的，名称不一致，共性问题就数不全。没有声明“问题类别”的不查。",
)
def _undeclared_category(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    declared = case.ledger.inspection.categories
    if finding.category and declared and finding.category not in declared:
        message = f"问题类别“{shorten(finding.category)}”未在inspection.yaml里声明"
        hint = f"{meant(finding.category, declared)}可写：{'、'.join(declared)}"
        yield Problem(message, hint, ("问题类别",))


@RULES.on_finding(
    "R440",
    "合并整改的问题不成立",
    _WARNING,
    "“合并整改”写台账里另一个计入的问题的编号：不能是自己、没有的编号或已经撤销登记的问题，"
    "也不能互相指来指去；几个问题合并的，都写牵头的那一个。",
)
def _handled_with_nothing(finding: Finding, case: ExaminedLedger) -> Iterator[Problem]:
    if finding.handled_with and (message := _why_not_with(finding, case)):
        yield Problem(message, "写另一个计入的问题的编号，或删去这一行", ("合并整改",))


def _why_not_with(finding: Finding, case: ExaminedLedger) -> str:
    """Say why a finding cannot be handled with another; '' where it can, or nobody can tell."""
    named = str(finding.handled_with)
    if not _is_number(named):
        return f"“{shorten(named)}”不是问题的编号"
    if int(named) == finding.number:
        return f"问题{finding.id}不能与自己合并整改"
    if case.is_one_finding:
        return ""
    other = case.by_number.get(int(named))
    if other is None:
        return "" if int(named) in case.unreadable_numbers else f"台账里没有问题{named}"
    if case.standing(other).withdrawn:
        return f"问题{other.id}已经撤销登记"
    is_circle = _leads_back(finding, other, case)
    return f"问题{finding.id}和问题{other.id}的合并整改写成了一圈" if is_circle else ""


def _leads_back(finding: Finding, other: Finding, case: ExaminedLedger) -> bool:
    """Whether what a finding is handled with is in the end handled with this finding."""
    on_the_way = {finding.number}
    further: Finding | None = other
    while further is not None and further.number not in on_the_way:
        on_the_way.add(further.number)
        named = further.handled_with or ""
        further = case.by_number.get(int(named)) if _is_number(named) else None
    return further is finding


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal()


@RULES.on_finding(
    "R444",
    "来源没有文号或编号",
    _WARNING,
    "立行立改通知书、信访交办、上级督查的问题要写“来源文号”，以便核对。"
    "信访交办只写编号（如 信交〔2026〕12号），不写信访人的姓名、住址和信访内容。"
    "来源是反馈意见的不用写。",
)
def _source_without_number(finding: Finding, _case: ExaminedLedger) -> Iterator[Problem]:
    number, source = finding.source_number, finding.source
    if source is Source.FEEDBACK:
        if number is not None:
            message = "写了来源文号，来源却是反馈意见"
            yield Problem(message, "补充“来源”，或删去来源文号", ("来源文号",))
    elif number is None:
        yield Problem(f"来源是{source}，未填写来源文号", "补充“来源文号: ……”", ("来源",))
    elif source is Source.PETITION and not re.fullmatch(_PETITION_NUMBER, number):
        message = "信访交办的来源文号不是编号"
        yield Problem(message, "只写编号，如 信交〔2026〕12号", ("来源文号",))


# XF2026-012, or 信交〔2026〕12号: no words for who complained, and of what.
_PETITION_NUMBER = (
    r"[A-Za-z]{0,6}[0-9][0-9A-Za-z/.\-]{0,30}"
    r"|[\u4e00-\u9fff]{1,10}[〔\[（(﹝][0-9]{4}[〕\]）)﹞]第?[0-9]{1,6}号"
)

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
    """Return the deadline with every extension counted; long-term findings may have none."""
    if finding.kind is Kind.LONG_TERM and finding.due is None:
        return None
    return case.whole_journal(finding).deadline
