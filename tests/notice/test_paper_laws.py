"""What holds of the papers of every ledger: their figures are those of `status`, and agree."""

import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from examples import changed, ledger
from random_findings import DAYS, findings, inspections
from zhenggai.ledger.figures import percentage
from zhenggai.ledger.standing import LedgerOnDay
from zhenggai.ledger.summary import Tally, tally, warned
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding
from zhenggai.model.notice_settings import Notice, Punctuation
from zhenggai.model.terms import AWAITING, FiguresOver, Stage, Timing
from zhenggai.notice import papers, rendering
from zhenggai.notice.markdown_blocks import Block, blocks
from zhenggai.notice.selection import Choice, select
from zhenggai.storage.resources import shipped
from zhenggai.views.phrases import rate_with_basis


def _written(day: LedgerOnDay, name: str) -> str:
    content = papers.content(select(day, Choice(internal=True)))
    return rendering.markdown(name, content, [shipped("templates")])


def _figures(text: str) -> dict[str, str]:
    """Give the rows of the tables of a paper whose first cell names what the second says."""
    found = list(blocks(text))
    return {row[0]: row[1] for block in found for row in block.rows if len(row) > 1}


def _first_cells(block: Block) -> list[str]:
    return [row[0] for row in block.rows[1:]]


@settings(max_examples=60, deadline=None)
@given(st.lists(findings(), max_size=6), inspections(), DAYS)
def test_the_papers_of_a_day_say_the_figures_of_status(
    subjects: list[Finding], inspection: Inspection, today: object
) -> None:
    named = [changed(one, id=f"{place:02}") for place, one in enumerate(subjects, 1)]
    day = LedgerOnDay(ledger(*named, inspection=inspection), today)  # type: ignore[arg-type]
    total = tally("", day.lines)
    overdue = [line.row.id for line in warned(day.lines, Timing.OVERDUE)]
    due_soon = [line.row.id for line in warned(day.lines, Timing.DUE_SOON)]
    # The rates are everywhere those of `status`, each with what it is a part of.
    rates = "，".join(
        rate_with_basis(name, rate)
        for name, rate in (
            ("措施完成率", total.measure_rate),
            ("整改完成率", total.rectification_rate),
            ("销号率", total.closing_rate),
        )
    )
    bulletin = _written(day, "bulletin")
    assert rates in bulletin
    assert f"共有问题{total.count}个，累计销号{total.closed}个" in bulletin
    assert f"逾期问题{len(overdue)}个" in bulletin
    months = _figures(_written(day, "monthly"))
    assert rates in _written(day, "monthly")
    assert months["问题数（个）"] == str(total.count)
    assert months["完成（已销号）"] == str(total.closed)
    assert months["逾期"] == str(total.overdue) == str(len(overdue))
    assert months["完成措施数（项）"] == str(total.measures_done)
    parts = ("完成（已销号）", "基本完成（长期坚持）", "推进中（整改中、待销号）", "未启动")
    assert sum(int(months[part]) for part in parts) == total.count
    register = _written(day, "register")
    assert f"共{total.count}个问题，已销号{total.closed}个" in register
    (rows,) = [block for block in blocks(register) if block.rows]
    assert len(rows.rows) - 1 == total.count
    assert sum(row[10] == Stage.CLOSED.value for row in rows.rows[1:]) == total.closed
    for name in ("report", "report-head"):
        report = _written(day, name)
        assert f"共有问题{total.count}个，已销号{total.closed}个" in report
        assert rates in report
    assert (f"逾期{len(overdue)}个。" in report) == bool(overdue)
    leaders = [row for block in blocks(_written(day, "leaders")) for row in block.rows[1:]]
    assert {row[1] for row in leaders} == {row[0] for row in rows.rows[1:]}
    _the_notice_counts_the_same(day, total)
    _the_lists_are_of_all(day, total)
    _leaders_answer_for_all(day)
    forms = re.findall(r"问题编号 \| (\S+) \|", _written(day, "approval"))
    waiting = [line.row.id for line in day.lines if line.standing.stage in AWAITING]
    withdrawn = {line.row.id for line in day.lines if line.standing.withdrawn}
    assert forms == [one for one in waiting if one not in withdrawn]
    _one_grade_to_a_letter(_written(day, "letter"), overdue, due_soon)


def _the_notice_counts_the_same(day: LedgerOnDay, total: Tally) -> None:
    """Hold the sentence that counts to `status`, unless the notice counts the public ones alone."""
    notice = day.ledger.inspection.notice or Notice()
    text = _written(day, "notice")
    if notice.statistics and not notice.results_lead and notice.figures_over is FiguresOver.ALL:
        mark = "，" if notice.punctuation is Punctuation.FULL else ","
        assert f"{total.count}个问题中已销号{total.closed}个{mark}" in text
        assert f"销号率{percentage(total.closing_rate)}" in text


def _the_lists_are_of_all(day: LedgerOnDay, total: Tally) -> None:
    tables = [block for block in blocks(_written(day, "lists")) if block.rows]
    heads = {len(one.rows) - 1 for one in tables if "反馈原文" in one.rows[0]}
    assert heads <= {total.count}
    tasks = [one for one in tables if "成果形式" in one.rows[0]]
    results = [one for one in tables if "整改成效" in one.rows[0]]
    for one in (*tasks, *results):
        assert len(one.rows) - 1 == total.measures
    done = [row for one in results for row in one.rows[1:] if row[2] != "未完成"]
    assert len(done) == total.measures_done


def _leaders_answer_for_all(day: LedgerOnDay) -> None:
    """Hold the weekly sheets of the leaders to the register: each finding is somebody's."""
    told = re.findall(
        r"您负责的.{2}整改问题([0-9]+)个，已销号([0-9]+)个", _written(day, "dispatch")
    )
    standing = [line for line in day.lines if not line.standing.withdrawn]
    assert sum(int(count) for count, _ in told) >= len(standing)
    assert all(int(closed) <= int(count) for count, closed in told)


def _one_grade_to_a_letter(text: str, overdue: list[str], due_soon: list[str]) -> None:
    told: dict[str, set[str]] = {"督办": set(), "提醒": set()}
    for part in rendering.parts(list(blocks(text))):
        tables = [one for one in part if one.rows and one.rows[0][:2] == ("编号", "问题")]
        for table in tables:
            told["督办" if "督办" in part[0].text else "提醒"].update(_first_cells(table))
    assert told == {"督办": set(overdue), "提醒": set(due_soon)}


def test_a_template_in_the_tree_is_in_the_guide_to_papers() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "papers.md").read_text(encoding="utf-8")
    told = set(re.findall(r"--template ([a-z-]+)", guide))
    assert told == {*papers.PAPERS} - {"notice"}
