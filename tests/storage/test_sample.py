"""The sample ledger that travels with the program: real data, read whole and judged."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from ledger_files import read_whole
from zhenggai.ledger.standing import LedgerOnDay
from zhenggai.ledger.summary import tally
from zhenggai.model.ledger_model import Ledger
from zhenggai.model.problem import Problem
from zhenggai.model.terms import Kind
from zhenggai.rules import ExaminedLedger, examine
from zhenggai.storage.evidence import has_file
from zhenggai.storage.ledger_texts import LedgerTexts
from zhenggai.storage.resources import shipped

TODAY = date(2021, 5, 18)
MEASURES = [4, 3, 4, 2, 4, 5, 3, 4, 3, 4, 3, 3, 3, 3, 3, 2, 3, 3, 2]


@pytest.fixture(scope="module")
def root() -> Path:
    return shipped("ledgers") / "keji-2021"


@pytest.fixture(scope="module")
def read(root: Path) -> tuple[Ledger, list[Problem]]:
    return read_whole(root, "ledgers/keji-2021")


@pytest.fixture(scope="module")
def ledger(read: tuple[Ledger, list[Problem]]) -> Ledger:
    return read[0]


def test_it_is_read_without_a_single_problem(read: tuple[Ledger, list[Problem]]) -> None:
    ledger, problems = read
    assert problems == []
    assert ledger.unreadable == ()


def test_it_holds_the_19_findings_and_61_measures_of_the_published_notice(ledger: Ledger) -> None:
    assert [finding.number for finding in ledger.findings] == list(range(1, 20))
    assert [len(finding.measures) for finding in ledger.findings] == MEASURES
    assert sum(MEASURES) == 61


def test_every_finding_is_in_one_of_its_three_aspects(ledger: Ledger) -> None:
    assert len(ledger.inspection.aspects) == 3
    assert {finding.aspect for finding in ledger.findings} == set(ledger.inspection.aspects)


def test_on_the_day_of_the_notice_eleven_are_closed(ledger: Ledger) -> None:
    total = tally("合计", LedgerOnDay(ledger, TODAY).lines)
    assert (total.closed, total.awaiting_closing, total.in_progress) == (11, 1, 5)
    assert (total.sustained, total.not_started, total.overdue) == (2, 0, 0)


def test_long_term_findings_are_the_sustained_ones(ledger: Ledger) -> None:
    long_term = [finding.number for finding in ledger.findings if finding.kind is Kind.LONG_TERM]
    sustained = [
        line.row.number
        for line in LedgerOnDay(ledger, TODAY).lines
        if line.standing.stage == "基本完成"
    ]
    assert sustained == long_term


def test_the_rules_say_what_is_due_and_not_moved_and_where_the_notice_contradicts_itself(
    ledger: Ledger, root: Path
) -> None:
    found = LedgerTexts(root).placed(
        examine(ExaminedLedger(LedgerOnDay(ledger, TODAY), has_file(root)))
    )
    assert Counter(problem.code for problem in found) == {
        "T602": 2,
        "T604": 1,
        "N802": 1,
        "R431": 2,  # the published notice does not say what is left of long-term findings
        "J519": 2,  # applications, where the sample has no procedure
    }
    (contradiction,) = (problem for problem in found if problem.code == "N802")
    assert "党组会议10次" in contradiction.message
    assert "党组会议4次" in contradiction.message


def test_before_the_inspection_nothing_had_begun(ledger: Ledger) -> None:
    total = tally("合计", LedgerOnDay(ledger, date(2020, 9, 9)).lines)
    assert (total.not_started, total.count) == (19, 19)


def test_left_alone_it_would_all_be_overdue_in_the_end(ledger: Ledger) -> None:
    total = tally("合计", LedgerOnDay(ledger, date(2022, 5, 18)).lines)
    assert (total.overdue, total.closed) == (8, 11)
