"""`zhenggai doctor`: what is looked at, and a remedy for what is missing."""

import os
import platform
import re
import sys
from pathlib import Path

import pytest

from commandline import Zhenggai
from git_repository import init
from ledger_files import finding, write_ledger
from zhenggai.storage import installed
from zhenggai.version import __version__


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = write_ledger(tmp_path / "台账", {"01": finding(), "02": finding()})
    monkeypatch.chdir(folder)
    return folder


def _told(out: str) -> dict[str, str]:
    """Give what is said of each thing, its remedy behind an arrow."""
    told: dict[str, str] = {}
    what = ""
    for line in out.splitlines()[:-1]:
        label, _, rest = line.partition(" ")
        what = label or what
        told[what] = told.get(what, "") + rest.strip()
    return told


def test_everything_is_looked_at_and_nothing_written(ledger: Path, zhenggai: Zhenggai) -> None:
    before = sorted(path.name for path in ledger.iterdir())
    outcome = zhenggai("doctor", "--today", "2021-05-18")
    assert (outcome.code, outcome.err) == (0, "")
    told = _told(outcome.out)
    assert list(told) == [
        *("程序", "台账", "Git", "LibreOffice", "字体", "DuckDB", "缓存", "编码", "终端", "编辑器")
    ]
    assert f"zhenggai {__version__}，Python {platform.python_version()}" in told["程序"]
    assert told["台账"] == (
        f"{ledger.resolve()}（从当前文件夹往上找到），2个问题，时区Asia/Shanghai，今天按2021-05-18"
    )
    assert "输出UTF-8" in told["编码"]
    assert told["缓存"] == "没有使用→ 不是有意的，删去环境变量 ZHENGGAI_NO_CACHE"
    assert sorted(path.name for path in ledger.iterdir()) == before


def test_the_last_line_counts_what_can_be_done(ledger: Path, zhenggai: Zhenggai) -> None:
    lines = zhenggai("doctor").out.splitlines()
    assert ledger.is_dir()
    arrows = sum(line.lstrip().startswith("→ ") for line in lines)
    assert arrows
    assert lines[-1] == f"{arrows}处可以改进，见“→”"


def test_where_there_is_no_ledger_the_rest_is_told_all_the_same(
    tmp_path: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = zhenggai("doctor")
    assert outcome.code == 0
    told = _told(outcome.out)
    assert told["台账"].startswith("从这里往上未找到台账→ 用 zhenggai init 新建一个")
    assert "编辑器" in told


def test_a_ledger_with_errors_is_told_where_to_look(ledger: Path, zhenggai: Zhenggai) -> None:
    (ledger / "02.yaml").write_text("问题: [", encoding="utf-8")
    assert "→ 02.yaml有错误，用 zhenggai check 查看" in _told(zhenggai("doctor").out)["台账"]


def test_it_says_how_the_ledger_was_found(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("/")
    assert "（由 --ledger 指明）" in zhenggai("doctor", "--ledger", str(ledger)).out
    monkeypatch.setenv("ZHENGGAI_LEDGER", str(ledger))
    assert "（由环境变量 ZHENGGAI_LEDGER 指明）" in zhenggai("doctor").out


def test_git_is_told_with_its_repository_or_how_to_have_one(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    told = _told(zhenggai("doctor").out)["Git"]
    assert "不在仓库里的台账：台账→ 在台账的文件夹里执行 git init" in told
    init(ledger)
    told = _told(zhenggai("doctor").out)["Git"]
    assert re.match(r"git version [0-9.]+.*；仓库在", told)
    assert str(ledger.resolve()) in told


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps programs elsewhere, too")
def test_what_is_not_installed_has_a_remedy(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(ledger))
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "没有这个编辑器 --wait")
    told = _told(zhenggai("doctor").out)
    assert told["Git"].startswith("没有安装→ ")
    assert told["字体"] == "无从查看（没有fc-list）"
    assert told["编辑器"] == (
        "没有这个编辑器 --wait（环境变量EDITOR）→ 没有这个程序；改环境变量EDITOR"
    )


@pytest.mark.skipif(os.name == "nt", reason="programs are scripts")
def test_fonts_are_those_that_the_machine_lists(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = tmp_path / "fc-list"
    listing.write_text("#!/bin/sh\necho 'SimSun,宋体'\necho 仿宋_GB2312\necho 黑体\n", "utf-8")
    listing.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert installed.fonts_missing() == ["方正小标宋简体", "楷体_GB2312"]
    assert installed.has_chinese_font() is True


def test_a_library_that_is_not_there_has_no_version() -> None:
    assert installed.library_version("typer")
    assert installed.library_version("没有这个库") is None
    assert installed.first_line("没有这个程序") is None
    assert installed.folder_size(Path("没有这个文件夹")) == 0
