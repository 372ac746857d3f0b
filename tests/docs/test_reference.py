"""The reference: every command, key, rule, exit code and JSON field is in it, and none is stale."""

import json
import re
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from commandline import ROOT, Zhenggai
from golden import compare
from ledger_files import closed, finding, write_ledger
from zhenggai.cli.app import app
from zhenggai.errors import ExitCode
from zhenggai.model.inspection_model import (
    DemocraticMeeting,
    Inspection,
    SubmittedPaper,
    WarningLevel,
)
from zhenggai.model.ledger_model import Finding, Measure
from zhenggai.model.notice_settings import Notice, SecrecyReview, Section, Unplaced
from zhenggai.model.record_models import RECORDS, Evidence
from zhenggai.rules import CODES
from zhenggai.rules.history_guard import HISTORY

DOCS = ROOT / "docs"
GENERATOR = runpy.run_path(str(DOCS / "generate.py"))
COMMANDS: dict[str, Any] = getattr(typer.main.get_command(app), "commands")  # noqa: B009 - typer does not declare it
_OF_THE_NOTICE = (Notice, Section, SecrecyReview, Unplaced)
_OF_IT = (WarningLevel, SubmittedPaper, DemocraticMeeting)
# Written elsewhere, and linked to from here.
_OTHERS = {"notice.md", "ci.md", "editors.md", "merging.md"}


def _page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def test_no_generated_page_is_stale() -> None:
    pages = GENERATOR["pages"]()
    assert list(pages) == ["ledger.md", "rules.md", "commands.md"]
    for name, text in pages.items():
        compare(DOCS / name, text)


@pytest.mark.parametrize(
    "model",
    [Finding, Measure, Evidence, *RECORDS.values(), Inspection, *_OF_IT, *_OF_THE_NOTICE],
)
def test_every_key_is_described(model: type[Any]) -> None:
    row = re.compile(r"^\| `(.+?)` \| (.+?) \| .+ \| .* \|$", re.MULTILINE)
    rows = set(row.findall(_page("ledger.md")))
    described = {(one.key, one.description) for one in model.DECLARED.values()}
    assert described - rows == set()


@pytest.mark.parametrize("code", (CODES | HISTORY).values(), ids=lambda code: code.code)
def test_every_rule_is_explained(code: Any) -> None:
    section = _page("rules.md").partition(f"### {code.code} {code.name}\n")[2].partition("\n###")[0]
    assert section.startswith(f"\n{code.severity}")
    assert re.sub(r"\W", "", code.why) in re.sub(r"\W", "", section)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_is_there(command: str) -> None:
    section = _page("commands.md").partition(f"\n## {command}\n")[2].partition("\n## ")[0]
    options = [p.opts[0] for p in COMMANDS[command].params if p.param_type_name == "option"]
    assert [option for option in options if f"  {option}" not in section] == []
    assert f"用法：zhenggai {command}" in section


def test_every_exit_code_is_there() -> None:
    rows = re.findall(r"^\| ([0-9]+) \| `([A-Z_]+)` \|", _page("exit-codes.md"), re.MULTILINE)
    assert rows == [(str(code.value), code.name) for code in ExitCode]


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _keys(inner)


_RECORDED = """\
记录:
  - {日期: 2021-05-01, 事项: 延期, 新时限: 2021-07-31, 理由: 待批, 批准人: 局党组}
  - {日期: 2021-05-02, 事项: 申请销号, 佐证: 佐证/表.pdf}
"""


@pytest.fixture
def outputs(zhenggai: Zhenggai, tmp_path: Path) -> dict[str, str]:
    """Ask every command that writes JSON for it, of a ledger where much has happened."""
    findings = {
        "01": finding("措施:\n  - 内容: 完善制度\n" + _RECORDED),
        "02": closed("公车管理"),
        "03": finding(整改时限="2021-05-01"),
        "04": finding(整改时限="2021-05-20"),
    }
    folder = str(write_ledger(tmp_path, findings))
    commands = {
        "status": "status",
        "list": "list",
        "show": "show 1",
        "check": "check",
        "改台账的命令": "done 1.1 --dry-run",
    }
    common = ["--format", "json", "--today", "2021-05-18", "--ledger", folder]
    return {name: zhenggai(*words.split(), *common).out for name, words in commands.items()}


def test_every_field_of_json_is_explained_under_its_command(outputs: dict[str, str]) -> None:
    page = _page("json.md")
    listed = page.partition("\n## list\n")[2].partition("\n## ")[0]
    for name, output in outputs.items():
        section = page.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        named = set(re.findall(r"`([a-z_0-9]+)`", section + listed))
        keys = set(_keys(json.loads(output))) - {"version", "unreadable"}
        assert keys - named == set(), name
        assert len(keys) > 5


def test_every_page_is_in_the_contents_and_every_link_leads_somewhere() -> None:
    pages = {path.name for path in DOCS.glob("*.md")} | _OTHERS
    assert set(re.findall(r"\]\(([a-z-]+\.md)\)", _page("README.md"))) == pages - {"README.md"}
    for path in (*DOCS.glob("*.md"), ROOT / "README.md", ROOT / "README.zh-CN.md"):
        linked = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
        missing = [one for one in linked if not (path.parent / one).exists()]
        assert {Path(one).name for one in missing} <= _OTHERS, path.name
