"""What stands where a ledger file or evidence is expected, and must not be opened or read whole."""

import contextlib
import hashlib
import os
import shlex
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from commandline import ROOT, Zhenggai
from ledger_files import finding, read_whole, write_ledger
from terminal import Terminal
from zhenggai.ledger.standing import LedgerOnDay
from zhenggai.storage import evidence
from zhenggai.storage.checking import examine_ledger
from zhenggai.storage.evidence import MOST_BYTES

posix = pytest.mark.skipif(sys.platform == "win32", reason="FIFOs, devices and signals are POSIX")
pytestmark = posix

FOREIGN = "问题: 别人的文件\n"
DAY = ("--today", "2021-05-18")


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", shlex.join(["touch", str(tmp_path / "opened")]))
    (tmp_path / "别处.yaml").write_text(FOREIGN, encoding="utf-8")
    return write_ledger(tmp_path / "台账", {"08": finding()})


def _sparse(path: Path, size: int) -> None:
    with path.open("wb") as file:
        file.truncate(size)


def _device(path: Path) -> None:
    try:
        os.mknod(path, 0o666 | 0o020000, os.makedev(1, 5))  # as /dev/zero
    except OSError:
        pytest.skip("this user may not make devices")


_PLANTED: dict[str, Callable[[Path], None]] = {
    "FIFO": os.mkfifo,
    "folder": Path.mkdir,
    "device": _device,
    "link to a device": lambda path: path.symlink_to("/dev/zero"),
    "link out": lambda path: path.symlink_to("../别处.yaml"),
    "1 GiB": lambda path: _sparse(path, 1 << 30),
    "8 TiB": lambda path: _sparse(path, 8 << 40),
}


@pytest.mark.parametrize("what", _PLANTED)
def test_edit_opens_nothing_that_no_command_would_read(
    ledger: Path, zhenggai: Zhenggai, what: str
) -> None:
    with contextlib.suppress(OverflowError):
        _PLANTED[what](ledger / "07.yaml")
    outcome = zhenggai("edit", "7", "--ledger", str(ledger))
    is_link = "link" in what
    assert (outcome.code, outcome.out) == (4 if is_link else 3, "")
    words = f"“{ledger / '07.yaml'}”是链接" if is_link else "问题7的文件07.yaml不能打开："
    assert outcome.err.startswith(f"错误：{words}")
    assert not (ledger.parent / "opened").exists()
    assert (ledger.parent / "别处.yaml").read_text(encoding="utf-8") == FOREIGN
    assert list((ledger.parent / "temporary").iterdir()) == []


@pytest.mark.parametrize(
    "program",
    ["os.truncate(copy, 1 << 30)", "os.unlink(copy); os.symlink('/dev/zero', copy)"],
    ids=["1 GiB", "link to a device"],
)
def test_what_an_editor_leaves_is_read_with_the_same_care(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    script = f"import os, sys; copy = sys.argv[1]; {program}"
    monkeypatch.setenv("EDITOR", shlex.join([sys.executable, "-c", script]))
    before = (ledger / "08.yaml").read_bytes()
    outcome = zhenggai("edit", "8", "--ledger", str(ledger))
    assert outcome.code in (2, 3)
    assert "未写入" in outcome.err
    assert (ledger / "08.yaml").read_bytes() == before


# Evidence.


def _sealed(ledger: Path, path: str, digest: str = "0" * 64) -> None:
    record = f"    佐证: {{文件: {path}, 校验值: {digest}}}\n"
    text = finding(f"措施:\n  - 内容: 开会\n    完成: 2021-05-01\n{record}", 整改时限="2021-06-30")
    (ledger / "08.yaml").write_text(text, encoding="utf-8")


def test_evidence_that_is_too_large_is_refused_at_once(ledger: Path, zhenggai: Zhenggai) -> None:
    _sparse(ledger / "录像.mp4", MOST_BYTES + 1)
    words = ("done", "8.1", "--evidence", str(ledger / "录像.mp4"), "--on", "2021-05-01", *DAY)
    outcome = zhenggai(*words, "--ledger", str(ledger))
    assert (outcome.code, outcome.out) == (4, "")
    assert outcome.err.endswith("有4.1 GiB，超过4 GiB；请压缩、分卷或只截取要用的部分\n")


def test_import_waits_for_no_pipe_that_lies_about(tmp_path: Path, zhenggai: Zhenggai) -> None:
    os.mkfifo(tmp_path / "通报.txt")
    outcome = zhenggai("import", str(tmp_path / "通报.txt"), "--dry-run")
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.endswith("”不是普通文件；核对文件名\n")


def test_import_reads_what_the_shell_has_opened_for_it(tmp_path: Path) -> None:
    notice = (ROOT / "tests" / "notice" / "fixtures" / "a-flat.txt").read_bytes()
    words = [sys.executable, "-m", "zhenggai", "import", "/dev/stdin", "--dry-run"]
    done = subprocess.run(words, input=notice, cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, "识别出3个问题".encode() in done.stdout) == (0, True)


def test_sealed_evidence_that_is_too_large_is_an_error_of_check(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    size = 8 << 40
    try:
        _sparse(ledger / "录像.mp4", size)
    except OSError:  # the disk here holds no such file
        size = 1 << 40
        _sparse(ledger / "录像.mp4", size)
    _sealed(ledger, "录像.mp4")
    outcome = zhenggai("check", "--ledger", str(ledger), *DAY)
    assert outcome.code == 3
    assert f"R429 佐证材料“录像.mp4”有{size >> 40} TiB，超过4 GiB，未核对校验值；" in outcome.out


@pytest.mark.parametrize("what", ["FIFO", "device", "link to a device", "link out", "folder"])
def test_evidence_that_is_no_file_of_the_ledger_is_not_opened(
    ledger: Path, zhenggai: Zhenggai, what: str
) -> None:
    _PLANTED[what](ledger / "录像.mp4")
    _sealed(ledger, "录像.mp4", hashlib.sha256(FOREIGN.encode()).hexdigest())
    outcome = zhenggai("check", "--ledger", str(ledger), *DAY)
    assert outcome.code == 3
    assert " R426 " in outcome.out
    words = ("done", "8.1", "--evidence", str(ledger / "录像.mp4"), "--on", "2021-05-01", *DAY)
    assert zhenggai(*words, "--ledger", str(ledger)).code in (2, 4)


def test_a_file_of_evidence_is_read_once_whoever_names_it(
    ledger: Path,
) -> None:
    (ledger / "录像.mp4").write_bytes(b"film")
    (ledger / "又名.mp4").symlink_to("录像.mp4")
    digest = hashlib.sha256(b"film").hexdigest()
    named = ("录像.mp4", "./录像.mp4", ".\\录像.mp4", "又名.mp4")
    files = ", ".join(f"{{文件: '{one}', 校验值: {digest}}}" for one in named)
    rest = f"措施:\n  - 内容: 开会\n    完成: 2021-05-01\n    佐证: [{files}]\n"
    for stem in ("07", "08"):
        (ledger / f"{stem}.yaml").write_text(finding(rest), encoding="utf-8")
    told: list[tuple[int, int]] = []
    digests = evidence.Digests(ledger, lambda done, of: told.append((done, of)))
    day = LedgerOnDay(read_whole(ledger, "")[0], date(2021, 5, 18))
    problems = examine_ledger(day, ledger, digests=digests)
    assert "R429" not in {problem.code for problem in problems}
    assert told == [(4, 4)]


def test_reading_long_evidence_is_shown_and_can_be_stopped(ledger: Path) -> None:
    _sparse(ledger / "录像.mp4", MOST_BYTES)
    _sealed(ledger, "录像.mp4")
    running = Terminal("check", "--ledger", str(ledger), *DAY, cwd=ledger)
    running.wait_for("正在核对佐证")
    code, shown = running.end(pressing="\x03")
    assert code == 130
    assert shown.endswith("错误：已中断，未改动任何文件\n")


def test_how_much_of_a_file_is_read_is_told(ledger: Path) -> None:
    _sparse(ledger / "录像.mp4", (2 << 20) + 1)
    told: list[tuple[int, int]] = []
    evidence.digest(ledger / "录像.mp4", lambda done, of: told.append((done, of)))
    size = (2 << 20) + 1
    assert told == [(1 << 20, size), (2 << 20, size), (size, size)]


@pytest.mark.parametrize("is_composed", [True, False])
@pytest.mark.parametrize("folder", ["佐证", "Société"])
def test_evidence_is_found_however_its_name_is_composed(
    ledger: Path, zhenggai: Zhenggai, is_composed: bool, folder: str
) -> None:
    path = f"{folder}/résumé が.pdf"
    forms = [unicodedata.normalize("NFC", path), unicodedata.normalize("NFD", path)]
    named, stored = forms if is_composed else reversed(forms)
    there = ledger / stored
    there.parent.mkdir()
    there.write_bytes(b"paper")
    _sealed(ledger, named, hashlib.sha256(b"paper").hexdigest())
    assert zhenggai("check", "--ledger", str(ledger), *DAY).code == 0
    there.write_bytes(b"other")
    assert " R429 " in zhenggai("check", "--ledger", str(ledger), *DAY).out
    taken = evidence.evidence(ledger, ledger.parent, named)
    assert ledger / taken.path == there
