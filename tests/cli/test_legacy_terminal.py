"""Terminals that are not UTF-8 read their own encoding; pipes and files always UTF-8."""

import subprocess
import sys
from pathlib import Path

import pytest

from commandline import SAMPLE, environment

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

from terminal import Terminal

_STATUS = ("status", "--ledger", str(SAMPLE), "--today", "2021-05-18")
_HEADING = "县科技局党组 巡察整改进展"


def _at(encoding: str, spoken: str, tmp_path: Path, *words: str) -> tuple[int, str]:
    env = {"PYTHONIOENCODING": encoding, "ZHENGGAI_PAGER": "", "NO_COLOR": "1"}
    return Terminal(*words, cwd=tmp_path, columns=120, env=env, encoding=spoken).end()


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "cp936"])
def test_a_chinese_terminal_reads_its_own_encoding(tmp_path: Path, encoding: str) -> None:
    code, shown = _at(encoding, encoding, tmp_path, *_STATUS)
    assert code == 0
    assert _HEADING in shown
    code, shown = _at(encoding, encoding, tmp_path, "show", "--ledger", str(SAMPLE), "99")
    assert code == 2
    assert "错误：没有问题99" in shown


def test_signs_that_it_lacks_have_others_in_their_place(tmp_path: Path) -> None:
    code, shown = _at("gbk", "gbk", tmp_path, *_STATUS)
    assert code == 0
    assert "████------" in shown
    assert "\\u" not in shown
    code, shown = _at("big5", "big5", tmp_path, *_STATUS)
    assert code == 0
    assert "\\u53bf" in shown  # 县, which Big5 lacks: spelled out, and no crash


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437"])
def test_one_that_knows_no_chinese_is_given_utf8(tmp_path: Path, encoding: str) -> None:
    code, shown = _at(encoding, "utf-8", tmp_path, *_STATUS)
    assert code == 0
    assert _HEADING in shown


def test_a_pipe_is_given_utf8_whatever_the_machine_speaks(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "zhenggai", *_STATUS],
        cwd=tmp_path,
        env=environment({"PYTHONIOENCODING": "gb18030"}),
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode().startswith(_HEADING)
    assert "░" in done.stdout.decode()
