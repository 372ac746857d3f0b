"""`zhenggai done`: mark measures done."""

import re
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from zhenggai.cli import candidates, edit_options
from zhenggai.cli.console import answered
from zhenggai.cli.options import command
from zhenggai.cli.typed_ids import typed_measures
from zhenggai.errors import ExitCode, WrongUsageError
from zhenggai.ledger.lifecycle import Plan
from zhenggai.ledger.progress_steps import numbered_measure, plan_done
from zhenggai.ledger.register import timeline
from zhenggai.ledger.standing import open_measures
from zhenggai.model.problem import shorten
from zhenggai.model.terms import Kind, Step
from zhenggai.views.screen_text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.cli import editing
    from zhenggai.cli.typed_ids import TypedMeasure
    from zhenggai.ledger.lifecycle import Case


_WITH_OUTCOME = re.compile(r"([^=＝]*)[=＝](.*)", re.DOTALL)


@command(
    """登记措施完成。

        几项措施的成效各写各的：7.1=成效；在终端里没有写的逐项询问。一个成效不能写给几项措施。""",
    examples="""
zhenggai done 7.2 --outcome 修订议事规则1项
zhenggai done 7.1=修订制度1项 7.2=清理白条12张
zhenggai done 7.1 7.2 --on 2021-04-15 --evidence 佐证/07/签字表.pdf""",
    completes={"measure_ids": candidates.measure_ids},
)
def done(
    measure_ids: Annotated[
        list[str],
        typer.Argument(
            metavar="编号.措施", help="如 7.2、7.2=成效、7.1-3，或 台账/07.2；可指定多个。"
        ),
    ],
    on: edit_options.OnOption = None,
    outcome: Annotated[
        str | None,
        typer.Option(
            "--outcome",
            metavar="文字",
            help="成效；原来写有成效的，以此为准。",
            callback=edit_options.filled,
        ),
    ] = None,
    evidence: edit_options.EvidenceOption = None,
    *,
    options: edit_options.EditOptions,
) -> ExitCode:
    """Mark measures done, with their outcome and evidence."""
    from zhenggai.cli import editing

    typed = [_typed(word) for word in measure_ids]
    if outcome is not None and (len(typed) > 1 or len(typed[0].measures) > 1):
        named = " ".join(f"{one.id}.{one.number}=…" for part in typed for one in part.measures)
        raise WrongUsageError(f"一个成效不能写给几项措施；各写各的：zhenggai done {visible(named)}")
    ledgers = editing.EditedLedgers(options)
    chosen: dict[object, editing.Target] = {}
    outcomes: dict[object, dict[int, str | None]] = {}
    for measures, said in typed:
        for finding_id, number in measures:
            for target in ledgers.targets([finding_id]):
                chosen.setdefault(target.key, target)
                of_finding = outcomes.setdefault(target.key, {})
                of_finding[number] = said or of_finding.get(number) or outcome
    if sum(map(len, outcomes.values())) > 1:
        for key, target in chosen.items():
            _ask_for_outcomes(target, outcomes[key])

    def plan(edited: "editing.EditedLedger", case: "Case") -> "Plan":
        day = edit_options.day_of(on, edited)
        files = editing.evidence_files(edited, evidence)
        plans = [
            plan_done(case, number, day, said, files, dated=on is not None)
            for number, said in outcomes[edited.folder.root, case.id].items()
        ]
        edits = tuple(edit for one in plans for edit in one.edits)
        return Plan(edits, "、".join(one.done for one in plans))

    changes = editing.carry_out(list(chosen.values()), plan, options)
    return editing.tell_changes(changes, options, _whats_next)


class _Typed(NamedTuple):
    """Measures as they were typed, and the outcome that was typed behind a single one."""

    measures: "Sequence[TypedMeasure]"
    outcome: str | None


def _typed(word: str) -> _Typed:
    found = _WITH_OUTCOME.fullmatch(word)
    asked = found[1] if found else word
    measures = typed_measures(asked)
    if not measures:
        raise WrongUsageError(f"“{asked}”不是措施的编号；写成 编号.第几项，如 7.2")
    if found is None:
        return _Typed(measures, None)
    if not found[2].strip():
        raise WrongUsageError(
            f"“{word}”的等号后面没有成效；写成 7.2=修订制度1项，不写成效的不写等号"
        )
    if len(measures) > 1:
        raise WrongUsageError(f"“{asked}”是几项措施，一个成效不能写给几项措施；一项一项写")
    return _Typed(measures, found[2].strip())


def _ask_for_outcomes(target: "editing.Target", outcomes: dict[int, str | None]) -> None:
    """Ask at a terminal for each outcome that was not typed; elsewhere they stay open."""
    finding = target.opened.finding
    for number, said in outcomes.items():
        measure = numbered_measure(finding, number)
        if said is None and measure.outcome is None:
            text = shorten(measure.text)
            question = f"措施{finding.number}.{number}“{text}”的成效（直接按回车不填）："
            outcomes[number] = (answered(question) or "").strip() or None


def _whats_next(change: "editing.Change") -> str:
    finding = change.after
    missing = open_measures(timeline(finding), change.ledger.today)
    if not missing:
        if finding.kind is Kind.LONG_TERM:
            return f"；{len(finding.measures)}项措施全部完成，基本完成；以后按检视周期检视"
        steps = change.ledger.inspection.closing_steps
        how = "apply {} 申请销号" if Step.APPLICATION in steps else "close {} 销号"
        how = how.format(finding.number)
        return f"；{len(finding.measures)}项措施全部完成，可用 zhenggai {how}"
    named = "、".join(f"{finding.number}.{number}" for number in missing)
    return f"；还有{len(missing)}项：{named}"
