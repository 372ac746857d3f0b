"""A long-term finding with a deadline: extended, finished, reviewed, reopened by command."""

from pathlib import Path

import pytest

from commandline import Zhenggai
from ledger_files import finding, inspection, write_ledger

FILE = finding(
    "类型: 长期坚持\n检视周期: 每季度\n措施:\n  - 内容: 修订制度\n  - 内容: 组织学习\n",
    整改时限="2021-04-30",
)


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZHENGGAI_LEDGER", str(tmp_path / "台账"))
    return write_ledger(tmp_path / "台账", {"07": FILE}, inspection("格式: 2\n"))


def test_it_is_late_extended_finished_and_then_reviewed(ledger: Path, zhenggai: Zhenggai) -> None:
    def run(*words: str, on: str) -> tuple[int, str]:
        outcome = zhenggai(*words, "--today", on)
        return outcome.code, outcome.out + outcome.err

    assert ledger.is_dir()
    why = ("--reason", "待批", "--approved-by", "局党组")
    assert "整改时限  2021-04-30（检视周期：每季度）" in run("show", "7", on="2021-04-20")[1]
    code, said = run("check", on="2021-05-03")
    assert (code, "T601 问题07应于2021-04-30完成，已逾期3天" in said) == (1, True)
    assert run("extend", "7", "2021-05-31", *why, on="2021-05-03")[0] == 4
    code, said = run("extend", "7", "2021-05-31", *why, "--late", on="2021-05-03")
    assert (code, "曾逾期3天" in said) == (0, True)
    assert run("done", "7.1", on="2021-05-10")[0] == 0
    code, said = run("done", "7.2", on="2021-06-04")
    assert (code, "以后按检视周期检视" in said) == (0, True)
    shown = run("show", "7", on="2021-06-04")[1]
    assert "基本完成  正常，曾逾期7天" in shown
    assert "整改时限  2021-09-04前检视（整改时限：2021-04-30；检视周期：每季度）" in shown
    code, said = run("extend", "7", "2021-12-31", *why, on="2021-06-05")
    assert (code, "按检视周期检视，没有整改时限可延" in said) == (4, True)
    code, said = run("check", on="2021-09-05")
    assert (code, "T601 问题07应于2021-09-04检视，已逾期1天" in said) == (1, True)
    assert run("log", "7", "已看过", "--by", "整改办", on="2021-09-06")[0] == 0
    assert run("check", on="2021-09-06")[0] == 0


def test_reopened_it_is_given_a_new_deadline(ledger: Path, zhenggai: Zhenggai) -> None:
    assert ledger.is_dir()
    at = ("--today", "2021-05-20")
    assert zhenggai("close", "7", "--by", "局党组", "--complete", *at).code == 0
    refused = zhenggai("reopen", "7", "--reason", "反弹", *at)
    assert (refused.code, "重开要定新的时限" in refused.err) == (4, True)
    reopened = zhenggai("reopen", "7", "--reason", "反弹", "--due", "2021-06-30", *at)
    assert reopened.code == 0
    assert (
        "整改时限  2021-06-30（重开以前为2021-04-30；检视周期：每季度）"
        in zhenggai("show", "7", *at).out
    )


def test_a_new_long_term_finding_has_both(ledger: Path, zhenggai: Zhenggai) -> None:
    words = ("--kind", "长期坚持", "--due", "2021-06-30", "--review-every", "每季度")
    assert zhenggai("new", "学习不够", *words).code == 0
    text = (ledger / "08.yaml").read_text(encoding="utf-8")
    assert "整改时限: 2021-06-30\n检视周期: 每季度\n" in text
    assert "R413" not in zhenggai("check").out
