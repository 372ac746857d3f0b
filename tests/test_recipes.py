"""The recipes for contributors, carried out on a copy of the tree: how much there is to change."""

import json
import shutil
from pathlib import Path

from commandline import ROOT, Outcome, python

_FIELD = """    nature: str | None = declare(
        "问题性质", TEXT, "问题的性质", "财务", default=None, history="noticed", publish=True
    )
    records: tuple[Record, ...] = declare("""
_REFERENCE = """
import sys; sys.path.insert(0, "docs")
import generate
print(generate.pages()["ledger.md"])
"""
_SCHEMA = """
import json
from zhenggai.rules.json_schema import finding_schema
print(json.dumps(finding_schema()["properties"]["问题性质"]))
"""


def _copy(folder: Path) -> Path:
    for name in ("src", "docs", "templates", "ledgers", "tests/catalogue"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def _run(copy: Path, *words: str) -> Outcome:
    return python("-m", "zhenggai", *words, cwd=copy, env={"PYTHONPATH": str(copy / "src")})


def _answer(copy: Path, script: str) -> str:
    return python("-c", script, cwd=copy, env={"PYTHONPATH": str(copy / "src")}).out


def test_a_field_declared_in_one_file_shows_up_everywhere(tmp_path: Path) -> None:
    copy = _copy(tmp_path)
    model = copy / "src" / "zhenggai" / "model" / "ledger_model.py"
    text = model.read_text(encoding="utf-8")
    head = "    records: tuple[Record, ...] = declare("
    assert text.count(head) == 1
    model.write_text(text.replace(head, _FIELD), encoding="utf-8")
    facts = ("--unit", "县科技局", "--group", "第一组", "--feedback", "2021-02-01")
    assert _run(copy, "init", "台账", *facts).code == 0
    assert _run(copy, "new", "财务管理不规范", "--ledger", "台账").code == 0
    file = copy / "台账" / "01.yaml"
    scaffold = file.read_text(encoding="utf-8")
    assert "\n# 问题的性质\n问题性质:\n" in scaffold
    file.write_text(scaffold.replace("问题性质:", "问题性质: 财务"), encoding="utf-8")
    assert "\n问题性质  财务\n" in _run(copy, "show", "1", "--ledger", "台账").out
    shown = json.loads(_run(copy, "show", "1", "--ledger", "台账", "--format", "json").out)
    assert shown["finding"]["nature"] == "财务"
    listed = json.loads(_run(copy, "list", "--ledger", "台账", "--format", "json").out)
    assert listed["findings"][0]["nature"] == "财务"
    header, row = _run(copy, "list", "--ledger", "台账", "--format", "csv").out.splitlines()
    assert header.endswith(",问题性质")
    assert row.endswith(",财务")
    assert "| `问题性质` | 问题的性质 | 文字，如 `财务` |  |" in _answer(copy, _REFERENCE)
    assert json.loads(_answer(copy, _SCHEMA))["description"] == "问题的性质"


_HELLO = '''"""`zhenggai hello`: a command for the test of how much a command takes."""

from typing import Annotated

import typer

from zhenggai.cli import candidates
from zhenggai.cli.console import say
from zhenggai.cli.options import Where, command
from zhenggai.errors import ExitCode


@command(
    "问好。",
    examples="""
zhenggai hello 7""",
    completes={"finding_id": candidates.finding_ids},
)
def hello(
    finding_id: Annotated[str, typer.Argument(metavar="编号", help="向哪个问题问好。")],
    *,
    where: Where,
) -> ExitCode:
    """Say hello to a finding."""
    say(f"{finding_id}好（{where.today}）")
    return ExitCode.OK
'''


def test_a_command_is_one_module_and_one_line(tmp_path: Path) -> None:
    copy = _copy(tmp_path)
    folder = copy / "src" / "zhenggai" / "cli"
    (folder / "hello.py").write_text(_HELLO, encoding="utf-8")
    table = folder / "commands.py"
    text = table.read_text(encoding="utf-8")
    line = '    "status": "status_command:status",\n'
    assert text.count(line) == 1
    hello = '    "hello": "hello:hello",\n'
    table.write_text(text.replace(line, line + hello), encoding="utf-8")
    assert _run(copy, "hello", "7", "--today", "2021-05-18").out == "7好（2021-05-18）\n"
    assert "\n  hello       问好。\n" in _run(copy, "--help").out
    assert "例子：\n  zhenggai hello 7" in _run(copy, "hello", "--help").out
    words = ("complete-words", "2", "zhenggai", "hello", "", "--ledger", "ledgers/keji-2021")
    assert "07\t存在以会议落实会议现象\n" in _run(copy, *words).out
    assert "hello\t问好。\n" in _run(copy, "complete-words", "1", "zhenggai", "hel").out
    script = "import sys; sys.path.insert(0, 'docs')\nimport generate\n"
    assert "\n## hello\n" in _answer(copy, script + "print(generate.pages()['commands.md'])")
