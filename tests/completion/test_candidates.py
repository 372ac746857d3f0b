"""What is offered at each place of a command line, whichever shell asks."""

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hostile import HOSTILE
from hypothesis import given
from hypothesis import strategies as st

from commandline import SAMPLE, Zhenggai, python
from ledger_files import OFFICE, OFFICE_ABOUT, finding, write_ledger
from zhenggai.cli import app, bash_quoting, completing
from zhenggai.cli.completing import Shell

Offers = Callable[..., list[str]]
Answer = Callable[..., bool]


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(SAMPLE)


@pytest.fixture
def answer(_command: Any) -> Answer:
    """Ask the way a shell's script does; the answer goes to the standard output."""
    return lambda *words: completing.complete(_command.commands, list(words))


@pytest.fixture
def offers(capsys: pytest.CaptureFixture[str], answer: Answer) -> Offers:
    """Ask for the words in the place of the last one, as zsh would."""

    def ask(*words: str) -> list[str]:
        assert answer("complete-words", str(len(words)), "zhenggai", *words)
        out, err = capsys.readouterr()
        assert err == ""
        return out.splitlines()

    return ask


@pytest.fixture
def values(offers: Offers) -> Offers:
    """Ask the same and leave the explanations out."""
    return lambda *words: [row.partition("\t")[0] for row in offers(*words)]


def test_the_first_word_is_a_command_with_what_it_does(offers: Offers, zhenggai: Zhenggai) -> None:
    listed = re.findall(r"^  ([a-z]+)  ", zhenggai("--help").out, re.MULTILINE)
    rows = offers("")
    assert [row.partition("\t")[0] for row in rows] == listed
    assert offers("sta") == [
        "status\t显示整改进展：各方面有多少问题、销号多少，哪些逾期、临期、进展缓慢。"
    ]
    assert all(len(row.partition("\t")[2]) > 3 for row in rows)


def test_what_may_be_extended_and_who_answers_for_a_measure_is_offered(
    offers: Offers, tmp_path: Path
) -> None:
    measures = (
        "措施:\n  - 内容: 清理白条\n    责任科室: 审计科\n    责任人: 审计科长\n"
        "  - 内容: 修订制度\n    时限: 2021-05-10\n"
    )
    ledger = str(write_ledger(tmp_path / "局", {"07": finding(measures, 问题="财务管理不规范")}))
    there = ("--ledger", ledger)
    assert offers("extend", *there, "") == ["07\t财务管理不规范", "07.2\t修订制度"]
    assert offers("extend", *there, "7.") == ["07.2\t修订制度"]
    assert offers("list", *there, "--department", "审") == ["审计科\t1个问题"]
    assert offers("list", *there, "--owner", "审") == ["审计科长\t1个问题"]
    assert offers("announce", *there, "--department", "审") == ["审计科\t1个问题"]
    assert offers("measure", "") == ["add\t"]
    assert offers("measure", "add", *there, "7") == ["07\t财务管理不规范"]


def test_findings_are_offered_with_their_titles(offers: Offers) -> None:
    assert offers("show", "07") == ["07\t存在以会议落实会议现象"]
    assert len(offers("show", "")) == 19
    assert offers("announce", "--finding", "07") == ["07\t存在以会议落实会议现象"]


@pytest.mark.parametrize("command", ["show", "edit", "log", "extend", "close", "return", "reopen"])
def test_every_command_about_findings_offers_them(values: Offers, command: str) -> None:
    assert values(command, "1") == [f"1{digit}" for digit in range(10)]


@pytest.mark.parametrize(("typed", "meant"), [("7", "07"), ("07", "07"), ("19", "19")])
def test_an_id_without_its_zeros_is_completed(values: Offers, typed: str, meant: str) -> None:
    assert values("show", typed) == [meant]


def test_measures_begin_with_their_finding(offers: Offers) -> None:
    assert offers("done", "7") == ["07.\t存在以会议落实会议现象"]


def test_behind_the_point_the_open_measures_are_offered(offers: Offers, values: Offers) -> None:
    [only] = offers("done", "5.")
    assert only.startswith("05.4\t实施业务能力提升行动")
    assert values("done", "05.") == ["05.4"]
    assert values("done", "3.") == ["03.3", "03.4"]
    assert values("done", "03.4") == ["03.4"]
    assert values("done", "03.3", "3.") == ["03.4"]
    assert values("done", "07.") == []  # all are done
    assert values("done", "99.") == []


def test_the_open_measures_of_a_ledger_among_several(values: Offers, tmp_path: Path) -> None:
    for name in ("农业局", "水利局"):
        write_ledger(tmp_path / "ledgers" / name, {"07": finding()})
    assert values("done", "--ledger", str(tmp_path), "水利局/7.") == ["水利局/07.1"]


@pytest.mark.parametrize(
    "words",
    [
        ("close", "07", "--by", ""),
        ("report", "07", "--by", ""),
        ("review", "07", "--by=局"),
        ("extend", "07", "2021-06-30", "--approved-by", ""),
        ("recheck", "07", "--by", "局"),
    ],
)
def test_who_signed_before_is_offered(offers: Offers, words: tuple[str, ...]) -> None:
    [only] = offers(*words)
    assert only.removeprefix("--by=") == "局党组\t用过11次"


@pytest.mark.parametrize("command", ["new", "measure", "announce", "export", "list"])
def test_every_command_offers_the_departments_there_are(values: Offers, command: str) -> None:
    assert values(command, "--department", "计") == ["计划财务科"]


def test_leaders_are_offered_where_one_is_asked_for(values: Offers) -> None:
    assert values("announce", "--leader", "党") == ["党组书记"]
    assert values("new", "x", "--leader", "党") == ["党组书记"]


def test_an_id_is_offered_once_where_several_are_taken(values: Offers) -> None:
    assert values("close", "07", "") == [f"{n:02d}" for n in range(1, 20) if n != 7]


@pytest.mark.parametrize(
    "words",
    [
        ("edit", "07", ""),  # takes one finding
        ("extend", "07", ""),  # a date comes next
        ("report", "07", "--cause", ""),  # the person's own words
        ("done", "07.1", "--outcome", ""),
        ("status", ""),
        ("extend", "07", "--reason", ""),
        ("list", "--search", ""),
        ("nosuch", ""),
        ("show", "99"),
        ("check", "--since", ""),
    ],
)
def test_nothing_is_offered_in_a_wrong_place(offers: Offers, words: tuple[str, ...]) -> None:
    assert offers(*words) == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("list", "--department", "计"), ["计划财务科\t4个问题"]),
        (("new", "x", "--department", "计"), ["计划财务科\t4个问题"]),
        (("list", "--aspect", "群"), ["群众身边腐败问题和不正之风\t3个问题"]),
        (("list", "--timing", "逾"), ["逾期\t"]),
        (("list", "--timing=逾"), ["--timing=逾期\t"]),
        (("status", "--by", "责任科"), ["责任科室\t"]),
        (("check", "--explain", "R427"), ["R427\t已完成措施仍为计划性表述"]),
        (("check", "--format", "g"), ["github\t", "gitlab\t"]),
        (("announce", "--template", "le"), ["leaders\t领办清单", "letter\t督办单、提醒单"]),
        (("announce", "--marking", "工"), ["工作秘密\t"]),
        (("completion", "p"), ["powershell\t"]),
        (("schema", ""), ["finding\t", "inspection\t", "holidays\t"]),
    ],
)
def test_values_are_offered_where_they_belong(
    offers: Offers, words: tuple[str, ...], expected: list[str]
) -> None:
    assert offers(*words) == expected


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (("announce", "-o", ""), "文件"),
        (("announce", "--output=通"), "文件"),
        (("done", "7.1", "--evidence", "佐"), "文件"),
        (("check", "--output", "sarif="), "文件"),
        (("import", ""), "文件"),
        (("import", "a.txt", "-o", ""), "文件夹"),
        (("init", ""), "文件夹"),
        (("status", "--ledger", "../"), "文件夹"),
    ],
)
def test_where_a_file_is_wanted_the_shell_is_told_so(
    offers: Offers, words: tuple[str, ...], kind: str
) -> None:
    assert offers(*words) == [f"\t{kind}"]


def test_an_option_is_offered_once_unless_it_may_be_written_again(values: Offers) -> None:
    assert values("show", "7", "-") == ["--format", "--today", "--ledger", "--help"]
    assert values("show", "--format", "json", "-") == ["--today", "--ledger", "--help"]
    assert values("show", "--format=json", "--") == ["--today", "--ledger", "--help"]
    assert "--department" in values("list", "--department", "x", "--d")
    assert "--overdue" not in values("status", "--overdue", "--")


def test_after_two_dashes_come_arguments_only(values: Offers) -> None:
    assert values("show", "--", "-") == []
    assert values("show", "--", "07") == ["07"]


def test_the_value_of_an_option_is_no_argument(values: Offers) -> None:
    assert values("show", "--today", "2021-05-18", "07") == ["07"]
    assert values("show", "--today=2021-05-18", "07") == ["07"]
    assert values("show", "--nosuch", "07") == ["07"]
    assert values("log", "-q", "07") == ["07"]


def test_the_ledger_asked_for_is_the_one_completed_from(values: Offers, tmp_path: Path) -> None:
    office = str(write_ledger(tmp_path / "office", OFFICE, OFFICE_ABOUT))
    assert values("show", "--ledger", office, "") == [f"0{number}" for number in range(1, 7)]
    assert values("show", f"--ledger={office}", "06") == ["06"]
    assert values("list", "--ledger", office, "--owner", "") == ["办公室负责人", "人事科科长"]
    assert values("list", "--ledger", office, "--leader", "") == ["党组书记", "分管副局长"]


def test_a_tilde_is_the_home_folder(
    values: Offers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_ledger(tmp_path / "台账", {"01": finding()})
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert values("show", "--ledger", "~/台账", "") == ["01"]


def test_several_ledgers_put_their_names_before_the_ids(values: Offers, tmp_path: Path) -> None:
    for name in ("农业局", "水利局"):
        write_ledger(tmp_path / "ledgers" / name, {"01": finding(), "07": finding()})
    several = ("--ledger", str(tmp_path))
    assert values("show", *several, "水") == ["水利局/01", "水利局/07"]
    assert values("show", *several, "水利局/7") == ["水利局/07"]
    assert values("done", *several, "农业局/7") == ["农业局/07."]


def test_the_environment_says_where_the_ledger_is(
    values: Offers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGGAI_LEDGER", str(write_ledger(tmp_path / "x", {"42": finding()})))
    assert values("show", "") == ["42"]


def test_without_a_ledger_what_does_not_need_one_is_still_offered(
    values: Offers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert values("show", "") == []
    assert values("list", "--timing", "临") == ["临期"]
    assert "R427" in values("check", "--explain", "")


def test_a_finding_with_errors_is_offered_without_a_title(offers: Offers, tmp_path: Path) -> None:
    folder = write_ledger(tmp_path / "x", {"01": "问题：全角\n", "02": finding()})
    assert offers("edit", "--ledger", str(folder), "") == ["01\t", "02\t财务管理不规范"]


def test_a_hostile_ledger_gives_one_harmless_line_for_each_finding(
    offers: Offers, tmp_path: Path
) -> None:
    findings = {
        f"{place:02d}": finding(问题=text, 责任领导=text)
        for place, text in enumerate((*HOSTILE, "\x1b[31m红\u202e"), start=1)
    }
    folder = str(write_ledger(tmp_path / "x", findings))
    rows = offers("show", "--ledger", folder, "")
    assert [row[:3] for row in rows] == [f"{place:02d}\t" for place in range(1, len(findings) + 1)]
    assert all(row.replace("\t", "", 1).isprintable() for row in rows)
    leaders = offers("list", "--ledger", folder, "--leader", "")
    assert [row.partition("\t")[0] for row in leaders] == [
        text for text in HOSTILE if text.isprintable()
    ]


@pytest.mark.parametrize(
    "words",
    [
        ["complete-words"],
        ["complete-words", "x"],
        ["complete-words", "9"],
        ["complete-words", "-1", "zhenggai"],
        ["complete-words", "2", "zhenggai", "show", "\udcff"],
        ["complete-words", "4", "zhenggai", "show", "--ledger", "\0", "0"],
        ["complete-line"],
        ["complete-line", ""],
        ["complete-line", "zhenggai show 0"],
    ],
    ids=ascii,
)
def test_a_shell_is_never_told_of_an_error(
    words: list[str], answer: Answer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(*words)
    assert capsys.readouterr() == ("", "")


def test_what_does_not_ask_for_candidates_is_no_business_of_completion(answer: Answer) -> None:
    assert not answer()
    assert not answer("status")


# bash hands over its line as it was typed.


@pytest.fixture
def in_bash(capsys: pytest.CaptureFixture[str], answer: Answer) -> Offers:
    def ask(line: str, replaced: str) -> list[str]:
        assert answer("complete-line", line, replaced)
        return [row.partition("\t")[0] for row in capsys.readouterr().out.splitlines()]

    return ask


@pytest.mark.parametrize(
    ("line", "replaced", "expected"),
    [
        ("zhenggai sta", "sta", ["status"]),
        ("zhenggai show 7", "7", ["07"]),
        ("zhenggai list --timing=", "", ["正常", "进展缓慢", "临期", "逾期"]),
        ("zhenggai list --timing=逾", "逾", ["逾期"]),
        (
            "zhenggai list --timing=逾",
            "--timing=逾",
            ["--timing=逾期"],
        ),  # = taken out of the breaks
        ("zhenggai list --department '计", "计", ["计划财务科"]),
        ('zhenggai list --department "计', '"计', ["计划财务科"]),
        ("zhenggai list --department \\计", "\\计", ["计划财务科"]),
        ("zhenggai show --ledger 'a b", "a b", [""]),
    ],
)
def test_bash_gets_what_it_will_put_in_place(
    in_bash: Offers, line: str, replaced: str, expected: list[str]
) -> None:
    assert in_bash(line, replaced) == expected


@pytest.mark.parametrize(
    ("line", "words", "quote"),
    [
        ("a b", ["a", "b"], ""),
        ("a ", ["a", ""], ""),
        ("a 'b c", ["a", "b c"], "'"),
        ('a "b c', ["a", "b c"], '"'),
        ("a \"it's", ["a", "it's"], '"'),
        ("a b\\ c", ["a", "b c"], ""),
        ("a b\\", ["a", "b"], ""),
        ("a '$(x)' `y`", ["a", "$(x)", "`y`"], ""),
    ],
)
def test_a_line_is_taken_apart_as_bash_would(line: str, words: list[str], quote: str) -> None:
    assert bash_quoting.read(line) == (words, quote)


@given(st.text("a \\'\"#$\n办"))
def test_every_line_can_be_taken_apart(line: str) -> None:
    assert bash_quoting.read(line).words


def test_the_program_answers_a_shell(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["complete-words", "1", "zhenggai", "stat"]) == 0
    assert capsys.readouterr().out.startswith("status\t显示整改进展")


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1))
def test_a_quoted_candidate_is_the_same_one_word_again(value: str) -> None:
    written = bash_quoting.quoted(value, bash_quoting.read("zhenggai list --department "), "")
    assert written is not None
    assert shlex.split(written) == [value]


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1))
def test_inside_quotes_only_what_needs_no_quoting_is_offered(value: str) -> None:
    for quote in ("'", '"'):
        written = bash_quoting.quoted(
            value, bash_quoting.read(f"zhenggai list --department {quote}"), ""
        )
        assert written is None or (
            shlex.split(quote + written + quote) == [value] and not set("$`\\!") & set(written)
        )


@pytest.mark.parametrize("colons", ["甲:乙", "a:b:c"])
def test_what_stands_before_a_colon_stays_as_typed(colons: str) -> None:
    first, _, rest = colons.partition(":")
    assert (
        bash_quoting.quoted(colons, bash_quoting.read(f"zhenggai list --owner {first}:"), "")
        == rest
    )
    assert (
        bash_quoting.quoted(
            colons, bash_quoting.read(f"zhenggai list --owner {colons[:3]}"), colons[2]
        )
        == rest
    )
    assert (
        bash_quoting.quoted(colons, bash_quoting.read(f"zhenggai list --owner {first}"), first)
        == colons
    )


# The scripts themselves.


@pytest.mark.parametrize("shell", Shell)
def test_a_script_asks_the_program_and_says_how_it_is_installed(
    zhenggai: Zhenggai, shell: Shell
) -> None:
    outcome = zhenggai("completion", shell.value)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("#")
    assert f"zhenggai completion {shell.value}" in outcome.out
    assert "zhenggai complete-" in outcome.out
    assert f"completion {shell.value}" in zhenggai("completion", "--help").out
    assert "eval" not in outcome.out


def test_the_powershell_script_is_balanced_and_reads_utf8(zhenggai: Zhenggai) -> None:
    script = zhenggai("completion", "powershell").out
    code = "\n".join(line for line in script.splitlines() if not line.startswith("#"))
    assert code.isascii()  # read through whatever code page the console has
    assert [code.count(one) for one in "({["] == [code.count(one) for one in ")}]"]
    for part in (
        "Register-ArgumentCompleter -Native",
        "UTF8",
        "CompletionResult]::new(",
        "finally",
    ):
        assert part in code
    assert 'Replace("\'", "\'\'")' in code
    assert all(line[-1].isascii() for line in script.splitlines() if line)


def test_the_hidden_commands_are_in_no_help(zhenggai: Zhenggai) -> None:
    assert "complete-" not in zhenggai("--help").out


# What changed just now would be read again, so the first run is one of ten seconds later.
_LATER = """
import sys, time
now = time.time_ns
time.time_ns = lambda: now() + 10_000_000_000
from zhenggai.cli.app import main
main(sys.argv[1:])
"""
_LOADED = """
import json, sys
from zhenggai.cli.app import main
assert main(sys.argv[1:]) == 0
heavy = {"pydantic", "pydantic_core", "ruamel", "rich", "jinja2", "tabulate", "docx", "filelock"}
print(json.dumps(sorted(heavy & {name.partition(".")[0] for name in sys.modules})))
"""


def test_a_warm_completion_loads_neither_models_nor_yaml_nor_rich(tmp_path: Path) -> None:
    folder = write_ledger(tmp_path / "x", {"01": finding()})
    cache = str(tmp_path / "cache")
    env = {"XDG_CACHE_HOME": cache, "LOCALAPPDATA": cache, "ZHENGGAI_NO_CACHE": None}
    words = ["complete-words", "2", "zhenggai", "show", ""]
    cold = python("-c", _LATER, *words, cwd=folder, env=env)
    warm = python("-c", _LOADED, *words, cwd=folder, env=env)
    assert (cold.code, cold.out) == (0, "01\t财务管理不规范\n")
    shown, loaded = warm.out.splitlines()
    assert shown == "01\t财务管理不规范"
    assert json.loads(loaded) == []
