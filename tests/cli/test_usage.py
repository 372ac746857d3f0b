"""Help and usage errors: Chinese, complete, and within the terminal's width."""

import re
from pathlib import Path
from typing import Any

import pytest
import typer.main
from wcwidth import wcswidth

from commandline import Zhenggai, process
from ledger_files import finding, write_ledger
from zhenggai import __version__
from zhenggai.cli.app import app
from zhenggai.cli.commands import Commands
from zhenggai.notice.papers import PAPERS

GROUP: Any = typer.main.get_command(app)
COMMANDS: list[str] = sorted(GROUP.commands)

# What typer and click would say by themselves.
_ENGLISH = re.compile(
    r"usage|options|arguments|commands|show this|default|required|example|metavar|choice|integer"
    r"|invalid|no such|missing|unexpected|got |try |error",
    re.IGNORECASE,
)


@pytest.fixture(autouse=True)
def _in_a_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write_ledger(tmp_path, {"01": finding()}))


def _options(command: str) -> list[str]:
    return [opt for parameter in GROUP.commands[command].params for opt in parameter.opts]


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_chinese(zhenggai: Zhenggai, command: str) -> None:
    outcome = zhenggai(*command.split(), "--help")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(f"用法：zhenggai {command or '命令'} ")
    assert [word[0] for word in _ENGLISH.finditer(outcome.out)] == []


# Names of things, not words: formats, files, tools, environment variables.
_NAMES = frozenset(
    "zhenggai ledgers ZHENGGAI_LEDGER ZHENGGAI_TODAY JSON Schema Git Tab shell compinit sha256"  # noqa: SIM905 - a list of words reads best as one
    " q v o h V A3 ics ls st C Ctrl DuckDB LibreOffice"
    " txt xlsx xls et pdf big5 inspection.yaml templates all SQL SELECT standing".split()
)
_PAPERS = set(PAPERS)
_FILE = re.compile(r"NN\.yaml|check\.sarif|keji-[0-9]+|R[0-9]+|README\.md")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_has_no_word_in_latin_letters_that_is_no_name(
    zhenggai: Zhenggai, command: str
) -> None:
    described, _, examples = zhenggai(*command.split(), "--help").out.partition("\n例子：\n")
    shown = set(re.findall(r"[A-Za-z][A-Za-z0-9._-]*", described))
    values = {
        str(getattr(choice, "value", choice))
        for one in GROUP.commands.values()
        for parameter in one.params
        for choice in getattr(parameter.type, "choices", ())
    }
    options = {opt.strip("-") for name in COMMANDS for opt in _options(name)}
    known = _NAMES | values | options | {"help", "version"} | set(COMMANDS) | _PAPERS
    assert {word for word in shown - known if not _FILE.fullmatch(word)} == set()
    assert examples


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("show 财务", "“财务”不是编号；是否想写01“财务管理不规范”"),
        ("show 财政", "“财政”不是编号；编号是数字，如 7 或 07"),
        ("show 011", "没有问题011；是否想写“01”；台账里只有问题01"),
        ("show 99", "没有问题99；台账里只有问题01"),
    ],
)
def test_what_is_no_id_is_answered_with_the_one_that_may_be_meant(
    zhenggai: Zhenggai, words: str, sentence: str
) -> None:
    assert zhenggai(*words.split()) == (2, "", f"错误：{sentence}\n")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("--department 办公事", "没有符合条件的问题；没有“办公事”，是否想写“办公室”。"),
        ("--aspect 党的建社", "没有符合条件的问题；没有“党的建社”，是否想写“党的建设”。"),
        (
            "--owner 办公室付责人",
            "没有符合条件的问题；没有“办公室付责人”，是否想写“办公室负责人”。",
        ),
        ("--department 办公 --timing 逾期", "没有符合条件的问题。"),
        ("--department 水利", "没有符合条件的问题。"),
    ],
)
def test_a_name_that_no_finding_has_is_answered_with_the_nearest(
    zhenggai: Zhenggai, words: str, sentence: str
) -> None:
    outcome = zhenggai("list", *words.split(), "--today", "2021-02-01")
    assert (outcome.code, outcome.err) == (0, f"{sentence}\n")


@pytest.mark.parametrize("columns", [60, 80, 200])
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_no_line_of_help_is_wider_than_the_terminal(
    zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch, command: str, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    text = zhenggai(*command.split(), "--help").out
    described, _, examples = text.partition("\n例子：\n")
    assert [line for line in described.splitlines() if wcswidth(line) > columns] == []
    # An example is never broken: it is there to be copied.
    assert [line for line in examples.splitlines() if wcswidth(line) > 80] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_help_names_every_option_and_argument_and_says_what_it_does(
    zhenggai: Zhenggai, command: str
) -> None:
    text = zhenggai(command, "--help").out
    for parameter in GROUP.commands[command].params:
        assert parameter.help, parameter.name
        assert parameter.param_type_name == "argument" or parameter.opts[0] in text
        assert re.sub(r"\s", "", parameter.help) in re.sub(r"\s", "", text)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_example_in_help_is_a_command_that_exists_with_options_that_exist(
    zhenggai: Zhenggai, command: str
) -> None:
    examples = zhenggai(command, "--help").out.partition("\n例子：\n")[2].splitlines()
    assert examples
    for example in examples:
        called = re.search(r"zhenggai ([a-z]+)([^|<>()]*)", example)
        assert called is not None
        assert called[1] == command
        options = [word for word in called[2].split() if word.startswith("-")]
        assert [option for option in options if option not in _options(command)] == []


def test_without_arguments_the_program_shows_its_help(zhenggai: Zhenggai) -> None:
    outcome = zhenggai()
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.strip() == zhenggai("--help").out.strip()
    assert [name for name in COMMANDS if f"\n  {name} " not in outcome.out] == []


def test_the_version_is_one_line(zhenggai: Zhenggai) -> None:
    assert zhenggai("--version") == (0, f"zhenggai {__version__}\n", "")
    assert process("--version") == (0, f"zhenggai {__version__}\n", "")


@pytest.mark.parametrize(
    ("words", "sentence", "command"),
    [
        ("stauts", "没有“stauts”这个命令；是否想写“status”", ""),
        ("-", "没有“-”这个命令；可用：status、list、", ""),
        ("status --todya 2021-05-18", "没有选项“--todya”；是否想写“--today”", "status"),
        ("status -z", "没有选项“-z”", "status"),
        ("list --fromat csv", "没有选项“--fromat”；是否想写“--format”", "list"),
        (
            "--ledger x status",
            "没有选项“--ledger”；选项写在命令后面，如 zhenggai status --ledger",
            "",
        ),
        ("--warn-days 3 check", "选项写在命令后面，如 zhenggai check --warn-days", ""),
        ("--nothing", "没有选项“--nothing”", ""),
        ("chain", "缺少参数“编号”", "chain"),
        ("measure", "缺少参数，要依次写“add”、“编号”、“内容”", "measure"),
        ("edit 7 8", "多余的“8”", "edit"),
        ("history 7 8", "多余的“8”；一次只写一个编号", "history"),
        ("history 7 会议", "多余的“会议”；名称里有空格时，用引号括起来", "history"),
        ("set 7 --leader x", "没有选项“--leader”；是否想写“责任领导=x”", "set"),
        ("set 7 --leader=x", "没有选项“--leader”；是否想写“责任领导=x”", "set"),
        ("set 7 --department 人事科", "没有选项“--department”；是否想写“责任科室=人事科”", "set"),
        ("set 7 --owner --today 2021-05-18", "是否想写“责任人=”", "set"),
        ("set 7 --legder x", "没有选项“--legder”；是否想写“--ledger”", "set"),
        ("edit 7 8(9) 10", "多余的“8(9) 10”", "edit"),
        ("status 农业局", "多余的“农业局”", "status"),
        ("status --by 部门", "选项“--by”不能是“部门”；可写：方面、责任科室、", "status"),
        ("status --format xls", "不能是“xls”；可写：table、plain、markdown、csv、json", "status"),
        ("status --format a'b", "选项“--format”不能是“a'b”；", "status"),
        ("status --format=", "选项“--format”不能是“”；", "status"),
        ("list --timing 逾", "不能是“逾”；是否想写“逾期”；可写：", "list"),
        ("new x --kind 长期", "选项“--kind”不能是“长期”；是否想写“长期坚持”", "new"),
        ("check --warn-days 三", "选项“--warn-days”的值不正确（要写整数）", "check"),
        ("check --warn-days 1.5", "（要写整数）", "check"),
        ("check --warn-days -1", "（要写0或更大的整数）", "check"),
        ("check --warn-days", "选项“--warn-days”后面要写一个值", "check"),
        ("status --today", "选项“--today”后面要写一个值", "status"),
        ("status --overdue=1", "选项“--overdue”后面不带值", "status"),
    ],
)
def test_wrong_usage_is_explained_in_chinese_with_the_help_that_tells_more(
    zhenggai: Zhenggai, words: str, sentence: str, command: str
) -> None:
    outcome = zhenggai(*words.split())
    assert (outcome.code, outcome.out) == (2, "")
    first, second = outcome.err.splitlines()
    assert first.startswith("错误：")
    assert sentence in first
    assert second == f"用 {' '.join(['zhenggai', *command.split()])} --help 查看用法"
    assert _ENGLISH.search(first.replace(words.partition(" ")[2], "")) is None


@pytest.mark.parametrize(
    ("words", "now"),
    [
        ("status --by 科室", "责任科室"),
        ("status --by 领导", "责任领导"),
        ("list --sort 时限", "整改时限"),
        ("list --sort 缓急", "紧急程度"),
        ("list --sort 科室", "责任科室"),
        ("list --sort 阶段", "整改状态"),
        ("list --timing 久未更新", "进展缓慢"),
    ],
)
def test_a_value_of_earlier_versions_is_answered_with_the_words_of_today(
    zhenggai: Zhenggai, words: str, now: str
) -> None:
    outcome = zhenggai(*words.split())
    assert (outcome.code, outcome.out) == (2, "")
    _, _, choices = outcome.err.splitlines()[0].partition("；可写：")
    assert now in choices.rstrip("。").split("、")


@pytest.mark.parametrize("command", COMMANDS)
def test_an_unknown_option_is_explained_for_every_command(zhenggai: Zhenggai, command: str) -> None:
    outcome = zhenggai(command, "--无此选项")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("错误：没有选项“--无此选项”")
    assert outcome.err.endswith(f"用 zhenggai {command} --help 查看用法\n")


@pytest.mark.parametrize(
    ("command", "option"),
    [
        (name, parameter.opts[0])
        for name in COMMANDS
        for parameter in GROUP.commands[name].params
        if parameter.param_type_name == "option" and not parameter.is_flag
    ],
)
def test_every_option_that_takes_a_value_says_so_without_one(
    zhenggai: Zhenggai, command: str, option: str
) -> None:
    outcome = zhenggai(command, option)
    assert outcome.code == 2
    assert outcome.err.splitlines()[0] == f"错误：选项“{option}”后面要写一个值"


@pytest.mark.parametrize("word", ["\x1b[31mx", "\u202ex", "x\ny", "[red]x[/red]"], ids=ascii)
def test_what_was_typed_is_repeated_harmlessly(zhenggai: Zhenggai, word: str) -> None:
    for args in ([word], ["status", f"--{word}"], ["status", word], ["status", "--by", word]):
        outcome = zhenggai(*args)
        assert outcome.code == 2
        assert outcome.err.replace("\n", "").isprintable()
        assert len(outcome.err.splitlines()) == 2


@pytest.mark.parametrize("name", [*Commands()])
def test_a_commands_summary_is_the_first_line_of_its_help(name: str) -> None:
    commands = Commands()
    assert commands.summary(name) == commands.text(name).help.partition("\n")[0]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("list", ""), "“关键词”是空的；请写上内容"),
        (("list", "会议", " "), "“关键词”是空的；请写上内容"),
        (("list", "--search", ""), "--search是空的；请写上内容"),
        (("list", "--department", ""), "--department是空的；请写上内容"),
        (("show", "0"), "没有问题0；台账里只有问题01"),
        (("show", "1.2"), "“1.2”是措施的编号，措施随问题一起显示；写成 zhenggai show 1"),
        (("history", "1、2"), "“1、2”不止一个编号；一次只写一个编号"),
        (
            ("set", "1", "时限逢休=顺延"),
            "“时限逢休”是台账的项目；写成 zhenggai set 台账 时限逢休=…",
        ),
        (
            ("set", "1", "整改方案.会议=党组会"),
            "“整改方案”是台账的项目；写成 zhenggai set 台账 整改方案.会议=…",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_sentence(
    zhenggai: Zhenggai, words: tuple[str, ...], sentence: str
) -> None:
    assert zhenggai(*words) == (2, "", f"错误：{sentence}\n")


def test_no_finding_is_suggested_for_0(zhenggai: Zhenggai, tmp_path: Path) -> None:
    folder = write_ledger(tmp_path / "台账", {"07": finding(), "08": finding()})
    outcome = zhenggai("show", "0", "--ledger", str(folder))
    assert outcome == (2, "", "错误：没有问题0；台账里的编号是07到08\n")


@pytest.mark.parametrize("name", ["台账", "总说明", "inspection.yaml", "Inspection.yaml"])
def test_the_ledger_is_set_by_each_of_its_names(
    zhenggai: Zhenggai, tmp_path: Path, name: str
) -> None:
    folder = write_ledger(tmp_path / "台账", {"01": finding()})
    outcome = zhenggai("set", name, "时限逢休=顺延", "--ledger", str(folder))
    assert (outcome.code, outcome.out) == (0, "台账已改：时限逢休\n")
    assert "时限逢休: 顺延" in (folder / "inspection.yaml").read_text(encoding="utf-8")
