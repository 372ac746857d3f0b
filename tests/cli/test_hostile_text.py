"""What a ledger says is data: in no format does it become an escape, markup or a formula."""

import csv
import io
import json
import unicodedata
from pathlib import Path

import pytest

from commandline import Zhenggai
from ledger_files import finding, inspection, write_ledger

READING = ("table", "plain", "markdown")

# A bidi override, zero-width characters, a tag character, terminal and rich markup as words.
_INVISIBLE = "甲\u202e乙\u200b丙\u2066丁\U000e0041戊"
_SHOWN = "甲\\u202e乙\\u200b丙\\u2066丁\\U000e0041戊"
_MARKUP = "[red]红[/red] [link=http://x]y[/link] :smile: [/]"


def _day(folder: Path) -> tuple[str, ...]:
    return ("--ledger", str(folder), "--today", "2021-05-18")


def _cells(line: str) -> list[str]:
    """Part a Markdown row at its unescaped bars."""
    return line.replace("\\\\", "\x00").replace("\\|", "\x01").split("|")


def _everything(zhenggai: Zhenggai, folder: Path) -> dict[str, str]:
    """Run all that shows a finding to people, and give the output by command."""
    day = _day(folder)
    commands = [("show", "1"), ("check",), ("check", "--warn-days", "400")]
    for name in ("status", "list"):
        commands += [(name, "--format", style) for style in READING]
    commands += [("status", "--by", by) for by in ("科室", "领导", "责任人", "台账")]
    return {" ".join(words): "".join(zhenggai(*words, *day)[1:]) for words in commands}


def _assert_harmless(text: str) -> None:
    acting = [
        character
        for character in text
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") and character != "\n"
    ]
    assert acting == []


def test_invisible_characters_of_a_finding_are_spelled_out(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    keys = ("问题", "方面", "责任科室", "责任领导", "责任人")
    hostile = dict.fromkeys(keys, _INVISIBLE) | {"整改时限": "2021-05-01"}
    write_ledger(tmp_path, {"01": finding(**hostile)})
    shown = _everything(zhenggai, tmp_path)
    for text in shown.values():
        _assert_harmless(text)
    assert shown["show 1"].count(_SHOWN) == len(keys)


def test_invisible_characters_of_an_inspection_are_spelled_out(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    about = inspection(被巡察单位=_INVISIBLE, 巡察组=_INVISIBLE, 方面=_INVISIBLE)
    write_ledger(tmp_path, {"01": finding()}, about)
    shown = _everything(zhenggai, tmp_path)
    for text in shown.values():
        _assert_harmless(text)
    assert shown["status --format table"].splitlines()[0] == f"{_SHOWN} 巡察整改进展"


def test_invisible_characters_of_a_journal_are_spelled_out(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    records = (
        f"具体表现: {_INVISIBLE}\n整改目标: {_INVISIBLE}\n建章立制: {_INVISIBLE}\n"
        f"处理人员: {{{_INVISIBLE}: 1}}\n公开: 否\n不公开理由: {_INVISIBLE}\n"
        f"措施:\n  - 内容: {_INVISIBLE}\n    成效: {_INVISIBLE}\n"
        f"记录:\n  - 日期: 2021-05-01\n    事项: 延期\n    新时限: 2021-09-01\n"
        f"    理由: {_INVISIBLE}\n    批准人: {_INVISIBLE}\n    经办人: {_INVISIBLE}\n"
        f"    情况: {_INVISIBLE}\n"
    )
    write_ledger(tmp_path, {"01": finding(records)})
    text = zhenggai("show", "1", *_day(tmp_path)).out
    _assert_harmless(text)
    assert text.count(_SHOWN) == 11


@pytest.mark.parametrize("name", ["\x1b[31m红\x1b[0m", "甲\u202e乙", "一\n二\t\x9b31m"], ids=ascii)
def test_a_folder_with_a_hostile_name_is_named_harmlessly(
    tmp_path: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    findings = {"01": finding(整改时限="2021-05-01"), "02": "问题: [", name: "问题: x"}
    write_ledger(tmp_path / name, findings)
    texts = list(_everything(zhenggai, Path(name)).values())
    texts += ["".join(zhenggai("new", "x", "--ledger", name)[1:])]
    texts += ["".join(zhenggai("init", name, *more)[1:]) for more in ([], ["--sample"])]
    texts += ["".join(zhenggai("init", f"{name}2", "--unit", "x")[1:])]
    texts += ["".join(zhenggai("init", f"{name}3", "--sample")[1:])]
    texts += ["".join(zhenggai("show", f"{name}/1")[1:])]
    for text in texts:
        assert text
        _assert_harmless(text)


def test_rich_markup_is_words(tmp_path: Path, zhenggai: Zhenggai) -> None:
    keys = ("问题", "方面", "责任科室", "责任人")
    write_ledger(tmp_path, {"01": finding(**dict.fromkeys(keys, _MARKUP), 整改时限="2021-05-01")})
    shown = _everything(zhenggai, tmp_path)
    assert shown["show 1"].count(_MARKUP) == len(keys)
    for command, times in (("list --format table", 3), ("status --format plain", 4)):
        assert shown[command].count(_MARKUP) == times


@pytest.mark.parametrize(
    "title",
    [
        "a|b",
        "a\\|b",
        "*粗* _斜_ ~删~",
        "`码`",
        "<script>x</script>",
        "[x](http://y)",
        "# x",
        "&lt;",
    ],
)
def test_markdown_shows_a_title_as_it_is_and_keeps_its_columns(
    tmp_path: Path, zhenggai: Zhenggai, title: str
) -> None:
    about = inspection(被巡察单位=title, 巡察组=title)
    write_ledger(tmp_path, {"01": finding(问题=title, 整改时限="2021-05-01")}, about)
    escaped = "".join(f"\\{c}" if c in "\\`*_[]<>|~&#$" else c for c in title)
    for command in ("list", "status"):
        text = zhenggai(command, "--format", "markdown", *_day(tmp_path)).out
        rows = [line for line in text.splitlines() if line.startswith("| 01 ")]
        head = next(line for line in text.splitlines() if line.startswith("| 编号"))
        assert len(rows) == 1
        assert len(_cells(rows[0])) == len(_cells(head))
        assert f" {escaped} " in rows[0]
    assert text.startswith(f"## {escaped} 巡察整改进展\n\n{escaped}巡察，".replace("\\#", "\\#"))


@pytest.mark.parametrize("start", ["- ", "+ ", "1. ", "2) ", "=====", "-----"])
def test_markdown_does_not_take_a_line_that_begins_with_data_for_a_list_or_heading(
    tmp_path: Path, zhenggai: Zhenggai, start: str
) -> None:
    write_ledger(tmp_path, {"01": finding()}, inspection(巡察组=f"{start}组"))
    text = zhenggai("status", "--format", "markdown", *_day(tmp_path)).out
    line = text.splitlines()[2]
    assert line.replace("\\", "").startswith(f"{start}组巡察，")
    assert line.startswith(("=====组", "-----组")) or "\\" in line[:3]


@pytest.mark.parametrize(
    "formula",
    ["=1+1", "=1", "+1", "@SUM(A1)", "-1+1", "=cmd|' /C calc'!A0", "＝1", "＋1", "－1", "＠x"],
)
def test_a_spreadsheet_gets_no_formula(tmp_path: Path, zhenggai: Zhenggai, formula: str) -> None:
    about = inspection(方面=formula)
    values = {"问题": formula, "方面": formula, "责任科室": formula, "责任人": formula}
    write_ledger(tmp_path, {"01": finding(**values)}, about)
    for command in (("list",), ("status",), ("status", "--by", "责任人")):
        text = zhenggai(*command, "--format", "csv", *_day(tmp_path)).out
        cells = [cell for row in csv.reader(io.StringIO(text[1:])) for cell in row]
        assert [cell for cell in cells if cell[:1] in tuple("=+-@＝＋－＠")] == []
        assert f"'{formula}" in cells


def test_a_negative_number_stays_a_number_for_a_spreadsheet(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    write_ledger(tmp_path, {"01": finding(整改时限="2021-05-01")})
    text = zhenggai("list", "--format", "csv", *_day(tmp_path)).out
    row = next(csv.DictReader(io.StringIO(text[1:])))
    assert row["剩余天数"] == "-17"


@pytest.mark.parametrize("title", ['他说"好"', "a,b", "a\nb", " 空格 ", "'引号"])
def test_csv_gives_every_title_back_as_one_cell(
    tmp_path: Path, zhenggai: Zhenggai, title: str
) -> None:
    write_ledger(tmp_path, {"01": finding(问题=title)})
    text = zhenggai("list", "--format", "csv", *_day(tmp_path)).out
    rows = list(csv.DictReader(io.StringIO(text[1:])))
    assert [row["问题"] for row in rows] == [" ".join(title.split())]


@pytest.mark.parametrize("title", [_INVISIBLE, _MARKUP, "a\nb", "=1+1", "</script>", "\\u202e"])
def test_json_gives_every_title_back_to_the_letter(
    tmp_path: Path, zhenggai: Zhenggai, title: str
) -> None:
    write_ledger(tmp_path, {"01": finding(问题=title)})
    listed = json.loads(zhenggai("list", "--format", "json", *_day(tmp_path)).out)
    shown = json.loads(zhenggai("show", "1", "--format", "json", *_day(tmp_path)).out)
    assert listed["findings"][0]["title"] == shown["finding"]["title"] == title


def test_a_line_break_in_a_title_does_not_break_the_table(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    write_ledger(tmp_path, {"01": finding(问题="第一行\n02  第二行\n\t第三行")})
    for style in READING:
        text = zhenggai("list", "--format", style, *_day(tmp_path)).out
        assert "第一行 02 第二行 第三行" in text
        assert len(text.splitlines()) == 3


def test_what_is_typed_is_harmless_in_what_is_said_of_it(
    zhenggai: Zhenggai, tmp_path: Path
) -> None:
    folder = write_ledger(tmp_path, {"01": finding(责任人="甲")})
    turned = "\u202e乙"
    for words in (
        ("handover", "1", "--owner", "甲", turned),
        ("sign", "整改报告", "--by", turned),
        ("assess", "--by", turned, "--grade", turned),
        ("urge", "1", "--to", turned),
    ):
        outcome = zhenggai(*words, "--ledger", str(folder))
        assert (outcome.code, "\u202e" in outcome.out + outcome.err) == (0, False), words
        assert "\\u202e乙" in outcome.out
