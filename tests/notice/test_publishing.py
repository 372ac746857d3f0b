"""What is said and what is refused before a paper is published, without the command line."""

from datetime import date
from pathlib import Path

import pytest

from ledger_files import finding, inspection, read_whole, write_ledger
from zhenggai.errors import RefusedError, WrongUsageError
from zhenggai.ledger.standing import LedgerOnDay
from zhenggai.model.problem import Problem
from zhenggai.model.terms import Severity
from zhenggai.notice import publishing
from zhenggai.notice.papers import PAPERS, paper
from zhenggai.notice.privacy import private_notes, refuse_private
from zhenggai.notice.selection import Choice

_REVIEW = "通报:\n  保密审查: {日期: 2021-05-18, 审查人: 局保密办, 结论: 可以公开}\n"


def _on(root: Path, about: str, rest: str = "") -> LedgerOnDay:
    write_ledger(root, {"07": finding(rest)}, about)
    return LedgerOnDay(read_whole(root, "台账")[0], date(2021, 5, 18))


@pytest.mark.parametrize(
    "choice", [Choice(finding="07"), Choice(department="办公室"), Choice(internal=True)]
)
def test_the_notice_alone_takes_no_choice(choice: Choice) -> None:
    with pytest.raises(WrongUsageError, match="通报写全部公开的问题"):
        publishing.refuse_choice(PAPERS["notice"], choice)
    publishing.refuse_choice(PAPERS["notice"], Choice())
    publishing.refuse_choice(paper("简报"), choice)


def test_a_template_of_the_ledgers_own_may_be_published_unless_it_is_named_as_an_internal_one() -> (
    None
):
    assert [name for name in ("notice", "lists", "简报") if paper(name).internal] == ["lists"]


def test_hints_are_no_doubts() -> None:
    hint = Problem("甲", "乙", severity=Severity.INFO)
    publishing.refuse_doubts([hint])
    with pytest.raises(RefusedError, match="通报有1处疑问"):
        publishing.refuse_doubts([hint, hint._replace(severity=Severity.WARNING)])


def test_reminders_name_the_review_before_the_measures(tmp_path: Path) -> None:
    day = _on(tmp_path, inspection(), "措施:\n  - 内容: 甲\n")
    review, measures = publishing.reminders(day, draft=False)
    assert review.startswith("提醒：尚无保密审查的记录")
    assert measures.startswith("提醒：有1项措施尚未完成（7.1）")
    assert publishing.reminders(day, draft=True) == [measures]
    reviewed = _on(tmp_path, inspection(_REVIEW))
    assert publishing.reminders(reviewed, draft=False) == []


def test_a_note_on_a_private_number_shows_its_ends() -> None:
    notes = private_notes("| 甲 | 199 0000 0000 |\n|---|---|\n| 199 0000 0001 | 乙 |\n", ())
    assert notes == ["有手机号：199……00", "有手机号：199……01"]
    with pytest.raises(RefusedError, match="有2处个人信息"):
        refuse_private(notes)
    assert private_notes("电话199 0000 0000\n", ["199 0000 0000"]) == []
    refuse_private([])


@pytest.mark.parametrize(
    "source",
    [
        "立案3件。",
        "对某人**立**案。",
        "对某人&#31435;案。",
        "对某人立[](http://局.cn/某)案。",
        "对某人立&#8203;案。",
    ],
)
def test_a_case_is_found_in_a_paper_however_its_markdown_parts_the_word(
    source: str, tmp_path: Path
) -> None:
    ledger = _on(tmp_path, inspection()).ledger
    with pytest.raises(RefusedError, match="文书里写有“立案”"):
        publishing.refuse_cases_in(source, ledger)
    publishing.refuse_cases_in("立行立改，案例3件。", ledger)
