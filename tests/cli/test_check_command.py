"""`zhenggai check`: its verdict, its silence, its explanations, what a ledger may regrade."""

import re
from pathlib import Path

import pytest

from commandline import Zhenggai
from ledger_files import ATTENDED, inspection, write_ledger
from ledger_files import finding as unattended
from zhenggai.rules import CODES
from zhenggai.rules.history_guard import HISTORY
from zhenggai.views.problem_lines import explanation

EVERY = CODES | HISTORY

_MEASURE = "措施:\n  - 内容: 完善制度\n"


def finding(rest: str = _MEASURE, **values: str) -> str:
    """Give the text of a finding that was reported and visited this week."""
    return unattended(rest + ATTENDED, **values)


_FINE = finding("措施:\n  - 内容: 完善制度\n")
_OVERDUE = finding(整改时限="2021-05-01", 问题="会议过多").replace("完善制度", "少开会")
_INVALID = finding(责任人="", 问题="学习不够").replace('责任人: ""\n', "").replace("完善", "修订")
_UNREADABLE = "问题: ["
_LINE = re.compile(r"^[^:]+:[0-9]+:[0-9]+: [FYKRJTI][0-9]{3} .+$")


def _check(zhenggai: Zhenggai, folder: Path, *args: str) -> tuple[int, list[str], str]:
    outcome = zhenggai("check", "--ledger", str(folder), "--today", "2021-05-18", *args)
    return outcome.code, outcome.out.splitlines(), outcome.err


def _codes(lines: list[str]) -> list[str]:
    return [line.split()[1] for line in lines]


@pytest.mark.parametrize(
    ("findings", "code", "errors"),
    [
        ({"01": _FINE}, 0, []),
        ({"01": _FINE, "02": _OVERDUE}, 1, ["T601"]),
        ({"01": _FINE, "02": _INVALID}, 3, ["R414"]),
        ({"01": _OVERDUE, "02": _INVALID}, 3, ["T601", "R414"]),
        ({"01": _OVERDUE, "02": _UNREADABLE}, 3, ["T601", "Y201"]),
    ],
)
def test_overdue_is_1_invalid_is_3_and_both_are_3(
    tmp_path: Path, zhenggai: Zhenggai, findings: dict[str, str], code: int, errors: list[str]
) -> None:
    got, lines, _ = _check(zhenggai, write_ledger(tmp_path, findings))
    assert (got, _codes(lines)) == (code, errors)


def test_nothing_wrong_is_said_only_when_asked(tmp_path: Path, zhenggai: Zhenggai) -> None:
    write_ledger(tmp_path, {"01": _FINE})
    assert _check(zhenggai, tmp_path) == (0, [], "")
    for flag in ("-v", "--verbose"):
        code, lines, err = _check(zhenggai, tmp_path, flag)
        assert (code, lines, err) == (0, [], "检查了1个问题：未发现错误，没有逾期的问题\n")


def test_warnings_alone_are_told_and_do_not_fail(tmp_path: Path, zhenggai: Zhenggai) -> None:
    write_ledger(tmp_path, {"01": finding("", 整改时限="2021-05-20")})
    code, lines, err = _check(zhenggai, tmp_path)
    assert (code, sorted(_codes(lines))) == (0, ["R415", "T602"])
    assert err == "检查了1个问题：2个警告\n"


def test_problems_go_to_stdout_with_file_line_and_column_and_the_count_to_stderr(
    tmp_path: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_ledger(tmp_path, {"01": _UNREADABLE, "02": _OVERDUE, "03": _INVALID})
    _, lines, err = _check(zhenggai, Path())
    assert [line for line in lines if not _LINE.match(line)] == []
    assert [line.partition(":")[0] for line in lines] == ["01.yaml", "02.yaml", "03.yaml"]
    assert "02.yaml:6:7: T601 " in lines[1]
    assert err == "检查了2个问题：3个错误\n"


def test_what_falls_due_within_the_days_asked_fails(tmp_path: Path, zhenggai: Zhenggai) -> None:
    write_ledger(tmp_path, {"01": finding(整改时限="2021-05-21")})
    assert _check(zhenggai, tmp_path)[0] == 0
    for days, code, name in (("2", 0, "T602"), ("3", 1, "T603"), ("400", 1, "T603")):
        got, lines, _ = _check(zhenggai, tmp_path, "--warn-days", days)
        assert (got, _codes(lines)) == (code, [name])


def test_today_falls_due_within_no_days(tmp_path: Path, zhenggai: Zhenggai) -> None:
    write_ledger(tmp_path, {"01": finding(整改时限="2021-05-18")})
    assert _check(zhenggai, tmp_path)[0] == 0
    assert _check(zhenggai, tmp_path, "--warn-days", "0")[0] == 1


@pytest.mark.parametrize(
    ("rules", "findings", "code", "problems"),
    [
        ("{T601: 关闭}", {"02": _OVERDUE}, 0, []),
        ("{T601: 警告}", {"02": _OVERDUE}, 0, ["T601"]),
        ("{R414: 提示}", {"03": _INVALID}, 0, ["R414"]),
        ("{R415: 错误}", {"01": finding("")}, 3, ["R415"]),
        ("{K306: 关闭}", {"01": finding(整改时限="2021/6/30")}, 0, []),
        ("{K306: 错误}", {"01": finding(整改时限="2021/6/30")}, 3, ["K306"]),
    ],
)
def test_a_ledger_sets_how_grave_a_rule_is(
    tmp_path: Path,
    zhenggai: Zhenggai,
    rules: str,
    findings: dict[str, str],
    code: int,
    problems: list[str],
) -> None:
    write_ledger(tmp_path, findings, inspection(f"规则: {rules}\n"))
    got, lines, _ = _check(zhenggai, tmp_path)
    assert (got, _codes(lines)) == (code, problems)


def test_a_reading_error_cannot_be_switched_off(tmp_path: Path, zhenggai: Zhenggai) -> None:
    write_ledger(tmp_path, {"01": _UNREADABLE}, inspection("规则: {Y201: 关闭}\n"))
    code, lines, _ = _check(zhenggai, tmp_path)
    assert code == 3
    assert "Y201" in _codes(lines)
    assert any("Y201" in line and "inspection.yaml:5:" in line for line in lines)


def test_a_rule_nobody_knows_cannot_be_set(tmp_path: Path, zhenggai: Zhenggai) -> None:
    write_ledger(tmp_path, {"01": _FINE}, inspection("规则: {R999: 关闭}\n"))
    code, lines, _ = _check(zhenggai, tmp_path)
    assert (code, len(lines)) == (3, 1)
    assert "R999" in lines[0]


def test_several_ledgers_are_checked_each_by_its_own_settings(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    lax = inspection("规则: {T601: 关闭}\n")
    write_ledger(tmp_path / "ledgers" / "甲局", {"02": _OVERDUE}, lax)
    write_ledger(tmp_path / "ledgers" / "乙局", {"02": _OVERDUE})
    code, lines, err = _check(zhenggai, tmp_path)
    assert (code, _codes(lines), err) == (1, ["T601"], "检查了2个问题：1个错误\n")
    assert "乙局/02.yaml" in lines[0]


@pytest.mark.parametrize("code", sorted(EVERY))
def test_every_code_is_explained_in_lower_case_too(zhenggai: Zhenggai, code: str) -> None:
    outcome = zhenggai("check", "--explain", code.lower())
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(f"{code} {EVERY[code].name}（{EVERY[code].severity}）\n\n")
    assert EVERY[code].why in outcome.out


def test_all_codes_are_listed_one_to_a_line(zhenggai: Zhenggai) -> None:
    outcome = zhenggai("check", "--explain", "all")
    lines = outcome.out.splitlines()
    assert [line.split()[0] for line in lines] == list(EVERY)
    assert [line.split()[1] for line in lines] == [code.severity.value for code in EVERY.values()]


@pytest.mark.parametrize(
    ("asked", "words"), [("R42", "是否想写“R4"), ("逾期", "--explain all"), ("", "--explain all")]
)
def test_an_unknown_code_is_wrong_usage(zhenggai: Zhenggai, asked: str, words: str) -> None:
    outcome = zhenggai("check", "--explain", asked)
    assert (outcome.code, outcome.out) == (2, "")
    assert f"没有“{asked}”这个代码" in outcome.err
    assert words in outcome.err


def test_an_explanation_needs_no_ledger(
    tmp_path: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert zhenggai("check", "--explain", "T601").code == 0
    assert zhenggai("check").code == 2


def test_an_explanation_offers_to_regrade_exactly_what_can_be_regraded(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    settings = "".join(f"  {code}: 警告\n" for code in CODES)
    write_ledger(tmp_path, {"01": _FINE}, inspection(f"规则:\n{settings}"))
    _, lines, _ = _check(zhenggai, tmp_path)
    refused = [line.split(" R401 ")[1][:4] for line in lines if " R401 " in line]
    offered = [code for code in EVERY if f"规则: {{{code}: " in explanation(EVERY[code])]
    assert sorted(refused + offered) == sorted(CODES)
