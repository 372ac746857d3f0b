"""The recipe for a new output format, carried out on a copy of the tree: a module and a line."""

import shutil
from pathlib import Path

import pytest

from commandline import ROOT, Outcome, python

_LINE = """    "dotted": Format("zhenggai.exporters.dotted", ("rows",), (".dots",)),
    "md": Format("""
_MODULE = '''"""`dotted`: ids and titles with a dot between them."""

from zhenggai.views.finding_rows import Listing
from zhenggai.views.layout import Screen


def rows(listing: Listing, _screen: Screen) -> str:
    """Write a line for each finding."""
    return "\\n".join(f"{line.row.id}·{line.row.title}" for line in listing.lines)
'''
_LEDGER = ("--ledger", "ledgers/keji-2021", "--today", "2021-05-18")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the tree and add a format that takes rows."""
    folder = tmp_path_factory.mktemp("copy")
    for name in ("src", "templates", "ledgers"):
        shutil.copytree(ROOT / name, folder / name)
    exporters = folder / "src" / "zhenggai" / "exporters"
    (exporters / "dotted.py").write_text(_MODULE, encoding="utf-8")
    registry = exporters / "registry.py"
    text = registry.read_text(encoding="utf-8")
    head = '    "md": Format('
    assert text.count(head) == 1
    registry.write_text(text.replace(head, _LINE), encoding="utf-8")
    return folder


def _run(copy: Path, *words: str) -> Outcome:
    return python("-m", "zhenggai", *words, cwd=copy, env={"PYTHONPATH": str(copy / "src")})


def test_what_lists_findings_can_write_the_new_format(copy: Path) -> None:
    outcome = _run(copy, "list", *_LEDGER, "--timing", "临期", "--format", "dotted")
    assert outcome == (0, "04·科技计划项目体系不健全\n05·项目管理能力不足\n", "")


def test_help_completion_and_the_error_message_know_it(copy: Path) -> None:
    told = "".join(_run(copy, "list", "--help").out.split())
    assert "可写：table、plain、markdown、csv、dotted、json。默认：table。" in told
    completed = _run(copy, "complete-words", "3", "zhenggai", "list", "--format", "d")
    assert completed == (0, "dotted\t\n", "")
    outcome = _run(copy, "list", "--format", "dotetd")
    assert outcome.code == 2
    assert outcome.err.startswith(
        "错误：选项“--format”不能是“dotetd”；是否想写“dotted”；"
        "可写：table、plain、markdown、csv、dotted、json\n"
    )


def test_commands_that_write_something_else_do_not_offer_it(copy: Path) -> None:
    for command in ("status", "show", "check", "announce", "close"):
        assert "dotted" not in _run(copy, command, "--help").out
    outcome = _run(copy, "status", *_LEDGER, "--format", "dotted")
    assert outcome.code == 2
    assert "可写：table、plain、markdown、csv、json" in outcome.err
