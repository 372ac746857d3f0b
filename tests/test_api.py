"""The program for other programs: `import zhenggai` on the sample, with literal figures."""

import doctest
import json
from datetime import date
from pathlib import Path

import pytest

import zhenggai
from commandline import ROOT, SAMPLE, process, python
from ledger_files import finding, inspection, write_ledger
from zhenggai import api
from zhenggai.errors import ZhenggaiError
from zhenggai.model.terms import Stage, Timing

TODAY = date(2021, 5, 18)


@pytest.fixture(scope="module")
def loaded() -> zhenggai.LoadedLedger:
    return zhenggai.load(SAMPLE)


def test_the_examples_in_the_documentation_are_true(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert doctest.testmod(api) == (0, 11)
    assert doctest.testfile("docs/api.md", module_relative=False, encoding="utf-8") == (0, 15)


def test_what_is_offered_is_what_is_documented() -> None:
    assert zhenggai.__all__ == [
        "LoadedLedger", "__version__", "check", "load", "render", "standing", "summarise",
    ]  # fmt: skip
    assert sorted([*api.__all__, "__version__"]) == sorted(zhenggai.__all__)
    assert [name for name in zhenggai.__all__ if getattr(zhenggai, name, None) is None] == []
    with pytest.raises(AttributeError, match="nothing"):
        _ = zhenggai.nothing


_LAZY = """
import json, sys
import zhenggai
before = sorted(name for name in sys.modules if name.partition(".")[0] in
    ("pydantic", "ruamel", "rich", "typer", "jinja2") or name.startswith("zhenggai."))
from datetime import date
one = zhenggai.load(sys.argv[1])
zhenggai.standing(one.ledger.findings[0], date(2021, 5, 18), one.ledger.inspection)
zhenggai.summarise(one, date(2021, 5, 18))
zhenggai.check(one, date(2021, 5, 18))
heavy = ("rich", "typer", "jinja2", "tabulate", "docx", "markdown_it")
print(json.dumps([before, sorted(name for name in heavy if name in sys.modules)]))
"""


def test_importing_loads_nothing_and_reading_loads_no_screen() -> None:
    outcome = python("-c", _LAZY, str(SAMPLE))
    assert (outcome.code, outcome.err) == (0, "")
    assert json.loads(outcome.out) == [["zhenggai.version"], []]


def test_a_ledger_is_read_whole(loaded: zhenggai.LoadedLedger) -> None:
    assert loaded.root == SAMPLE
    assert loaded.problems == []
    assert len(loaded.ledger.findings) == 19
    assert sum(len(one.measures) for one in loaded.ledger.findings) == 61
    assert zhenggai.load(str(SAMPLE)).ledger == loaded.ledger


def test_a_finding_stands_as_its_measures_and_journal_say(loaded: zhenggai.LoadedLedger) -> None:
    seventh, about = loaded.ledger.findings[6], loaded.ledger.inspection
    state = zhenggai.standing(seventh, TODAY, about)
    assert (state.stage, state.timing, state.closed_on) == (
        Stage.CLOSED,
        Timing.NORMAL,
        date(2021, 4, 28),
    )
    assert zhenggai.standing(seventh, date(2021, 4, 1), about).stage is Stage.IN_PROGRESS


def test_progress_is_counted_by_any_grouping(loaded: zhenggai.LoadedLedger) -> None:
    rows, total = zhenggai.summarise(loaded, TODAY)
    assert [(row.label, row.closed, row.count) for row in rows] == [
        ("贯彻落实党的路线方针政策和上级决策部署", 4, 9),
        ("群众身边腐败问题和不正之风", 3, 3),
        ("基层党组织建设", 4, 7),
    ]
    assert (total.closed, total.count, total.overdue) == (11, 19, 0)
    kinds, _ = zhenggai.summarise(loaded, TODAY, by="类型")
    assert sum(row.count for row in kinds) == 19
    with pytest.raises(ValueError, match="月份"):
        zhenggai.summarise(loaded, TODAY, by="月份")


def test_everything_wrong_is_named_in_order_of_place(loaded: zhenggai.LoadedLedger) -> None:
    found = zhenggai.check(loaded, TODAY)
    assert [(problem.path.rpartition("/")[2], problem.line, problem.code) for problem in found] == [
        ("02.yaml", 4, "R431"),
        ("03.yaml", 21, "T604"),
        ("04.yaml", 8, "T602"),
        ("05.yaml", 8, "T602"),
        ("07.yaml", 12, "N802"),
        ("08.yaml", 30, "J519"),
        ("17.yaml", 26, "J519"),
        ("18.yaml", 4, "R431"),
    ]
    assert [p.code for p in zhenggai.check(loaded, date(2021, 6, 1))].count("T601") == 2
    soon = [p for p in zhenggai.check(loaded, TODAY, warn_days=3) if p.severity.value == "错误"]
    assert [p.path.rpartition("/")[2] for p in soon] == ["05.yaml"]


def test_a_file_that_cannot_be_read_is_a_problem_and_hides_no_other(tmp_path: Path) -> None:
    folder = write_ledger(tmp_path / "x", {"01": finding(), "02": "问题：全角\n"})
    one = zhenggai.load(folder)
    assert [each.id for each in one.ledger.findings] == ["01"]
    assert one.ledger.unreadable == ("02.yaml",)
    assert [problem.code for problem in one.problems] == ["Y202"]
    assert "Y202" in [problem.code for problem in zhenggai.check(one, TODAY)]


def test_a_folder_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        zhenggai.load(tmp_path / "nowhere")


def test_the_notice_is_written_in_three_forms(loaded: zhenggai.LoadedLedger) -> None:
    title = "县科技局党组关于巡察整改情况的通报"
    assert zhenggai.render(loaded, TODAY).splitlines()[0] == f"# {title}"
    assert zhenggai.render(loaded, TODAY, form="text").splitlines()[0] == title
    assert f"<h1>{title}</h1>" in zhenggai.render(loaded, TODAY, form="html")
    assert "问题" in zhenggai.render(loaded, TODAY, template="lists")


def test_another_form_or_template_is_refused(loaded: zhenggai.LoadedLedger) -> None:
    with pytest.raises(ValueError, match="docx"):
        zhenggai.render(loaded, TODAY, form="docx")
    with pytest.raises(ZhenggaiError, match="没有模板“nosuch”"):
        zhenggai.render(loaded, TODAY, template="nosuch")


def test_python_m_is_the_same_program() -> None:
    assert process("--version") == (0, f"zhenggai {zhenggai.__version__}\n", "")


def test_text_is_set_off_as_the_ledgers_notice_says(tmp_path: Path) -> None:
    write_ledger(tmp_path, {"01": finding()}, inspection("通报: {段间空行: 是, 文末换行: 否}\n"))
    text = zhenggai.render(zhenggai.load(tmp_path), date(2021, 5, 18), form="text")
    assert "\n\n" in text
    assert not text.endswith("\n")
