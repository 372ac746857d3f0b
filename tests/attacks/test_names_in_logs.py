"""Hostile names and titles: whatever runs, neither stream acts on a screen or on a CI runner."""

import json
import re
import shlex
import sys
import unicodedata
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from commandline import Outcome, Zhenggai
from ledger_files import finding, inspection, write_ledger
from zhenggai.cli import app, console
from zhenggai.views.screen_text import inert

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="names that Windows has none of")

DAY = ("--today", "2021-05-18")
NAMES = {
    "escape": "\x1b]0;标题\x07\x1b[31m红\x1b[0m",
    "C1 and bidi": "甲\u202e\u2066乙\x9b31m\u200b",
    "line ends": "甲\n::error::假\r\n##[error]假\u2028::debug::x\x85::stop-commands::y",
    "GitHub": "::warning file=x::假",
    "GitHub, indented": "\u3000 ::add-mask::0",
    "Azure": "甲##vso[task.setvariable variable=x]y ##[group]z",
    "TeamCity": "##teamcity[blockOpened name='x']",
}
_COMMAND = re.compile(r"^\s*::|##[a-z]*\[", re.IGNORECASE | re.MULTILINE)


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return NAMES[request.param]


@pytest.fixture
def ledger(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a ledger in which everything that can be named is named so."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    keys = ("问题", "方面", "责任领导", "责任科室", "责任人")
    text = dict.fromkeys(keys, name)
    rest = (
        f"具体表现: {json.dumps(name, ensure_ascii=False)}\n"
        "措施:\n  - 内容: 甲\n  - 内容: 乙\n    完成: 2021-05-01\n    佐证: 没有.pdf\n"
        f"{json.dumps(name)}: 1\n"
    )
    findings = {
        "01": finding(**text, 整改时限="2021-05-01"),
        "02": finding(rest, **text),
        "03": "问题: [",
        "04": finding(**text, 整改时限=name),
        f"05{name}": "问题: x",
        f"{name}06": "问题: x",
    }
    about = inspection(被巡察单位=name, 巡察组=name, 方面=name)
    return write_ledger(tmp_path / name, findings, about)


def _commands(ledger: Path, name: str) -> list[tuple[str, ...]]:
    at = ("--ledger", ledger.name, *DAY)
    there = ("--ledger", ledger.name)
    return [
        *(("status", "--by", by, *at) for by in ("方面", "科室", "领导", "责任人", "台账")),
        *(("status", "--format", form, *at) for form in ("plain", "markdown", "csv", "json")),
        *(("list", "--format", form, *at) for form in ("table", "plain", "csv", "json")),
        *(("check", "--format", form, *at) for form in ("text", "json", "gitlab", "sarif")),
        *(("show", number, *at) for number in ("1", "2", "3", f"{name}/1", f"{name}x/1")),
        *((word, "1", "--by", name, "--dry-run", *at) for word in ("close",)),
        *(("log", "1", name, *more, *at) for more in (["--dry-run"], ["--format", "json"], [])),
        *(("done", "1.1", "--outcome", name, *more, *at) for more in (["--dry-run"], [])),
        ("announce", "--draft", "--template", name, *at),
        ("announce", "--draft", "-o", f"{name}.txt", *at),
        ("announce", "--draft", "-o", f"没有/{name}.txt", *at),
        ("announce", "--draft", "-o", f"通报.{name}", *at),
        ("announce", "-o", "通报.txt", *at),
        ("check", "--since", name, *at),
        ("check", "--explain", name),
        ("check", "--output", name, *at),
        ("check", "--output", f"{name}=x", *at),
        ("check", "--output", f"sarif=没有/{name}", *at),
        ("list", "--department", f"{name}x", *at),
        ("list", "--sort", name, *at),
        ("list", "--today", name, "--ledger", ledger.name),
        ("list", "--ledger", f"没有{name}"),
        ("list", f"--{name}"),
        ("show",),
        ("show", "1", name),
        (name,),
        ("done", "1.1", "--evidence", name, *at),
        ("done", name, *at),
        ("extend", "1", name, "--reason", "x", "--approved-by", "y", *at),
        ("new", name, *there),
        ("new", name, "--aspect", f"{name}x", *there),
        ("new", "x", "--due", name, *there),
        ("init", ledger.name),
        ("init", f"{name}2", "--unit", name, "--feedback", "2021-02-01"),
        ("init", f"{name}3", "--sample"),
        ("init", f"{name}4", "--feedback", name),
        ("init", f"通报.txt/{name}"),
        ("import", f"没有{name}"),
        ("import", f"{name}.docx"),
        ("import", f"{name}.txt", "-o", ledger.name),
        ("import", f"{name}.txt", "--dry-run"),
        ("edit", "1", *there),
        ("edit", "3", *there),
    ]


def _assert_harmless(outcome: Outcome, words: tuple[str, ...]) -> None:
    for text in outcome[1:]:
        acting = [
            one
            for one in text.removeprefix("\ufeff")
            if unicodedata.category(one) in ("Cc", "Cf", "Cs", "Zl", "Zp") and one != "\n"
        ]
        assert acting == [], words
        assert _COMMAND.search(text) is None, (words, text)


def test_no_command_lets_a_name_act(
    ledger: Path, name: str, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    (ledger.parent / f"{name}.docx").write_bytes(b"PK\x03\x04")
    text = f"关于整改情况的通报\n{name}\n1.关于{name}问题的整改。{name}已完成。\n{name}\n"
    (ledger.parent / f"{name}.txt").write_text(text, encoding="utf-8")
    editor = shlex.join([sys.executable, "-c", "import sys; open(sys.argv[1], 'a').write('[')"])
    monkeypatch.setenv("EDITOR", editor)
    codes = set()
    for words in _commands(ledger, name):
        outcome = zhenggai(*words)
        assert outcome.out + outcome.err, words
        assert outcome.code != 70, (words, outcome.err)
        _assert_harmless(outcome, words)
        codes.add(outcome.code)
    assert codes >= {0, 2, 3, 4}


def test_the_forms_of_programs_keep_every_name(ledger: Path, name: str, zhenggai: Zhenggai) -> None:
    outcome = zhenggai("list", "--format", "json", "--ledger", ledger.name, *DAY)
    listed = json.loads(outcome.out)["findings"]
    assert {one["title"] for one in listed} <= {
        name.strip()
    }  # none where YAML may not hold the name
    _assert_harmless(outcome, ("list", "--format", "json"))
    outcome = zhenggai("check", "--format", "junit", "--ledger", ledger.name, *DAY)
    _assert_harmless(outcome, ("check", "--format", "junit"))
    told = "".join(ET.fromstring(outcome.out).itertext())  # noqa: S314 - our own
    assert ("::" in told) == ("::" in name)


def test_a_runner_is_told_of_problems_and_of_nothing_else(ledger: Path, zhenggai: Zhenggai) -> None:
    outcome = zhenggai("check", "--format", "github", "--ledger", ledger.name, *DAY)
    for line in outcome.out.splitlines():
        ours = re.match(r"::(error|warning|notice) (file=|title=还有)", line)
        assert ours or not _COMMAND.search(line)
    _assert_harmless(Outcome(0, "", outcome.err), ("check",))


def test_a_bug_is_reported_without_its_words_acting(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(name)

    assert app.main(["list", name], broken) == 70
    _assert_harmless(Outcome(70, *capsys.readouterr()), ("list", name))


def test_all_that_is_told_leaves_through_one_place(capsys: pytest.CaptureFixture[str]) -> None:
    for name in NAMES.values():
        console.tell(name, f"  {name}")
        told = capsys.readouterr().err
        _assert_harmless(Outcome(0, "", told), (name,))
        assert told.count("\n") == 2
    source = [path.read_text(encoding="utf-8") for path in Path(app.__file__).parent.glob("*.py")]
    assert sum(text.count("sys.stderr.write(") for text in source) == 2  # and a fixed question


@pytest.mark.parametrize(
    "text",
    ["a::b", "时间 12::30", "# 标题", "## 二 [x]", "#[x]", ":一:", "A::B\n C::D", "##\n[x]"],
)
def test_what_no_runner_reads_stays_as_it_is(text: str) -> None:
    assert inert(text) == text
