"""A change of several findings that was cut short: told by every command, completed by the next."""

import errno
import sys
from pathlib import Path

import pytest

from commandline import Zhenggai
from ledger_files import finding, write_ledger
from zhenggai.storage.file_names import JOURNAL, LOCK
from zhenggai.storage.scaffold import SCHEMAS

DAY = ("--today", "2021-05-18")
CLOSE = ("close", "7-9", "--by", "局党组", "--complete", *DAY)
HALF = f"上次的改动未全部写入（{JOURNAL}）；再执行一次改台账的命令即可补完\n"
READING = [
    ("status", *DAY),
    ("list", *DAY),
    ("show", "8", *DAY),
    ("check", *DAY),
    ("announce", "--draft", *DAY),
    (*CLOSE, "--dry-run"),
]


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = write_ledger(tmp_path / "台账", {f"0{number}": finding() for number in (6, 7, 8, 9)})
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def half(ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Close three findings, of which only the first is in place when the disk fails."""
    put = Path.replace

    def once(path: Path, target: Path) -> Path:
        if target.name == "08.yaml":
            raise OSError(errno.EIO, "Input/output error")
        return put(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", once)
        outcome = zhenggai(*CLOSE)
    assert (outcome.code, outcome.out) == (4, "")
    assert "07.yaml已经写入，08.yaml、09.yaml未写入；请检查权限和磁盘空间，再执行" in outcome.err
    return ledger


def _closed(ledger: Path) -> list[str]:
    return [
        path.stem for path in sorted(ledger.glob("0*.yaml")) if "销号" in path.read_text("utf-8")
    ]


@pytest.mark.usefixtures("half")
@pytest.mark.parametrize("words", READING, ids=lambda words: " ".join(words[:2]))
def test_a_command_that_reads_tells_of_it_and_goes_on(
    zhenggai: Zhenggai, words: tuple[str, ...]
) -> None:
    before = {path.name: path.read_bytes() for path in Path().iterdir()}
    outcome = zhenggai(*words)
    assert outcome.code in (0, 1)
    assert outcome.out
    assert outcome.err.startswith(HALF)
    assert outcome.err.count(JOURNAL) == 1
    assert {path.name: path.read_bytes() for path in Path().iterdir()} == before


@pytest.mark.parametrize(
    "words",
    [("log", "6", "正在整改", *DAY), ("new", "新问题"), ("done", "6.1", *DAY), CLOSE],
    ids=lambda words: words[0],
)
def test_the_next_command_that_changes_something_completes_it_and_says_so(
    half: Path, zhenggai: Zhenggai, words: tuple[str, ...]
) -> None:
    assert _closed(half) == ["07"]
    outcome = zhenggai(*words)
    assert outcome.code == 0
    assert outcome.err.endswith("上次未写完的改动已补写：08.yaml、09.yaml\n")
    assert _closed(half) == ["07", "08", "09"]
    left = {path.name for path in half.iterdir() if path.name.startswith(".")}
    assert left - {".schema"} == {LOCK}
    assert JOURNAL not in zhenggai("status", *DAY).err


def test_one_finding_leaves_no_journal_to_tell_of(ledger: Path, zhenggai: Zhenggai) -> None:
    seen: list[bool] = []
    put = Path.replace

    def watched(path: Path, target: Path) -> Path:
        if target.parent == ledger:  # what is kept for undo lies elsewhere
            seen.append((ledger / JOURNAL).exists())
        return put(path, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "replace", watched)
        assert zhenggai("close", "7", *CLOSE[2:]).err == ""
    assert seen == [False]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows gives links to administrators only")
def test_a_link_among_several_findings_leaves_all_as_they_were(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    real = (ledger / "08.yaml").rename(ledger / "正本")
    (ledger / "08.yaml").symlink_to("正本")
    outcome = zhenggai(*CLOSE)
    assert (outcome.code, outcome.out) == (3, "")  # a ledger's files are no links: not read at all
    assert "08.yaml有错误" in outcome.err
    assert (_closed(ledger), "销号" in real.read_text(encoding="utf-8")) == ([], False)


def test_a_disk_that_fails_while_a_ledger_is_laid_out_leaves_none(
    tmp_path: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "台账"
    folder.mkdir()

    mkdir = Path.mkdir

    def fails(path: Path, mode: int = 0o777, parents: bool = False, exist_ok: bool = False) -> None:
        if path.name == SCHEMAS:
            raise OSError(errno.EIO, "Input/output error")
        mkdir(path, mode, parents, exist_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "mkdir", fails)
        outcome = zhenggai("init", str(folder), "--sample")
    assert (outcome.code, outcome.out) == (4, "")
    assert outcome.err.endswith("（磁盘读写出错），原文件未改动；请检查权限和磁盘空间\n")
    assert [path.name for path in folder.iterdir()] == [LOCK]
    assert zhenggai("init", str(folder), "--sample").code == 0


@pytest.mark.parametrize("words", [("init",), ("import", "通报.txt", "-o")], ids=lambda one: one[0])
def test_a_half_changed_ledger_is_completed_even_where_another_is_refused(
    half: Path, zhenggai: Zhenggai, words: tuple[str, ...]
) -> None:
    outcome = zhenggai(*words, ".")
    hint = "请换一个文件夹" if words == ("init",) else "用 -o 换一个文件夹"
    refused = f"错误：“.”里已经有台账，上次未写完的已处理；{hint}\n"
    told = "上次未写完的改动已补写：08.yaml、09.yaml\n"
    assert outcome == (4, "", refused + told)
    assert _closed(half) == ["07", "08", "09"]
