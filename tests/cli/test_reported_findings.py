"""As many findings as the feedback names: `new` and `void` keep to the number, `check` sees it."""

from pathlib import Path

import pytest

from commandline import Outcome, Zhenggai
from ledger_files import finding, inspection, write_ledger

FILES = {
    "01": finding(问题="会议过多"),
    "02": finding(问题="学习不够", 方面="作风建设"),
}
ABOUT = inspection("格式: 2\n反馈问题数: 2\n方面问题数: {党的建设: 1, 作风建设: 1}\n").replace(
    '方面: "党的建设"', "方面: [党的建设, 作风建设]"
)


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZHENGGAI_TODAY", "2021-05-18")
    monkeypatch.chdir(tmp_path)
    return write_ledger(tmp_path / "台账", FILES, ABOUT)


def _new(zhenggai: Zhenggai, *words: str) -> Outcome:
    return zhenggai("new", "财务管理不规范", "--ledger", "台账", *words)


def test_a_finding_more_than_were_reported_is_refused(ledger: Path, zhenggai: Zhenggai) -> None:
    outcome = _new(zhenggai)
    assert (outcome.code, outcome.out) == (4, "")
    assert outcome.err == (
        "错误：反馈问题数是2，台账里已有2个，不能再登记；"
        "重复登记、误登的先用 zhenggai void 撤销登记\n"
    )
    assert not (ledger / "03.yaml").exists()


def test_a_finding_that_cannot_be_read_counts_as_one(ledger: Path, zhenggai: Zhenggai) -> None:
    (ledger / "02.yaml").write_text("问题：学习不够\n", encoding="utf-8")
    assert _new(zhenggai).code == 4
    outcome = zhenggai("check", "--ledger", "台账")
    assert (outcome.code, "R40" in outcome.out.replace("R403", "")) == (3, False)


def test_an_aspect_takes_no_more_than_were_reported_of_it(ledger: Path, zhenggai: Zhenggai) -> None:
    (ledger / "02.yaml").unlink()
    outcome = _new(zhenggai, "--aspect", "党的建设")
    assert outcome.code == 4
    assert "方面“党的建设”的问题数是1，台账里已有1个，不能再登记" in outcome.err
    assert _new(zhenggai, "--aspect", "作风建设").code == 0


def test_a_withdrawn_finding_makes_room_for_one_that_was_left_out(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    words = ("void", "2", "--reason", "误登", "--ledger", "台账")
    assert zhenggai(*words).code == 4
    assert zhenggai(*words, "--basis", "县委巡察办函〔2021〕3号").code == 0
    assert "R404" not in zhenggai("check", "--ledger", "台账").out
    assert _new(zhenggai, "--aspect", "作风建设").code == 0
    assert "R40" not in zhenggai("check", "--ledger", "台账").out
    assert _new(zhenggai).code == 4
    assert (ledger / "03.yaml").exists()


def test_a_finding_missing_is_an_error_of_the_check_and_of_the_notice(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    (ledger / "02.yaml").unlink()
    outcome = zhenggai("check", "--ledger", "台账")
    assert outcome.code == 3
    assert "R404 台账计入1个问题，反馈的是2个；补登漏登的问题\n" in outcome.out
    assert "R405 方面“作风建设”计入0个问题，反馈的是1个；补登漏登的问题\n" in outcome.out
    assert zhenggai("announce", "--ledger", "台账").code == 3
