"""Evidence: which files may be named, how they are named, and that a digest tells them apart."""

import hashlib
import os
import sys
from pathlib import Path

import pytest

from zhenggai.errors import ExitCode, InvalidInputError, RefusedError, WrongUsageError
from zhenggai.ledger.lifecycle import EvidenceFile
from zhenggai.storage.evidence import MOST_FILES, Digests, digest, evidence, evidence_names

CONTENT = "会议签到表\r\n".encode()
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    root = tmp_path / "台账"
    (root / "佐证" / "07").mkdir(parents=True)
    (root / "佐证" / "07" / "签字表.pdf").write_bytes(CONTENT)
    return root


@pytest.mark.parametrize("named", ["佐证/07/签字表.pdf", "./佐证/07/../07/签字表.pdf"])
def test_a_file_is_named_from_the_ledger(ledger: Path, tmp_path: Path, named: str) -> None:
    assert evidence(ledger, tmp_path, named) == EvidenceFile("佐证/07/签字表.pdf", SHA256)


@pytest.mark.parametrize(
    "named", ["佐证\\07\\签字表.pdf", ".\\佐证\\07\\签字表.pdf", "佐证/07\\签字表.pdf"]
)
def test_a_path_as_windows_writes_it_is_understood_and_written_with_slashes(
    ledger: Path, tmp_path: Path, named: str
) -> None:
    assert evidence_names(ledger, tmp_path, named) == [named]
    assert evidence(ledger, tmp_path, named) == EvidenceFile("佐证/07/签字表.pdf", SHA256)


def test_a_folder_and_several_files_as_windows_writes_them(ledger: Path, tmp_path: Path) -> None:
    assert [Path(one).name for one in evidence_names(ledger, tmp_path, "佐证\\07")] == [
        "签字表.pdf"
    ]
    (ledger / "佐证" / "07" / "照片.jpg").write_bytes(b"")
    both = "佐证\\07\\签字表.pdf、佐证\\07\\照片.jpg"
    names = evidence_names(ledger, tmp_path, both)
    paths = [evidence(ledger, tmp_path, one).path for one in names]
    assert paths == ["佐证/07/签字表.pdf", "佐证/07/照片.jpg"]


@pytest.mark.skipif(sys.platform == "win32", reason="there a backslash parts folders")
def test_a_file_with_a_backslash_in_its_name_is_that_file(ledger: Path, tmp_path: Path) -> None:
    (ledger / "佐证\\07\\签字表.pdf").write_bytes(b"another")
    assert evidence_names(ledger, tmp_path, "佐证\\07\\签字表.pdf") == ["佐证\\07\\签字表.pdf"]


def test_a_file_may_be_named_from_where_the_user_is(ledger: Path) -> None:
    here = ledger / "佐证" / "07"
    assert evidence(ledger, here, "签字表.pdf") == EvidenceFile("佐证/07/签字表.pdf", SHA256)
    assert evidence(ledger, ledger.parent, "台账/佐证/07/签字表.pdf").path == "佐证/07/签字表.pdf"


def test_a_file_may_be_named_in_full(ledger: Path, tmp_path: Path) -> None:
    full = str(ledger / "佐证" / "07" / "签字表.pdf")
    assert evidence(ledger, tmp_path, full).path == "佐证/07/签字表.pdf"


def test_of_two_files_of_a_name_the_one_in_the_ledger_is_meant(ledger: Path) -> None:
    (ledger.parent / "签字表.pdf").write_bytes(b"another")
    (ledger / "签字表.pdf").write_bytes(CONTENT)
    assert evidence(ledger, ledger.parent, "签字表.pdf") == EvidenceFile("签字表.pdf", SHA256)


@pytest.mark.parametrize(
    "named", ["没有.pdf", "佐证/07", "", ".", "签" * 300, "佐证/07/签字表.pdf/x"]
)
def test_what_is_no_file_is_wrong_usage(ledger: Path, tmp_path: Path, named: str) -> None:
    with pytest.raises(WrongUsageError) as wrong:
        evidence(ledger, tmp_path, named)
    assert str(wrong.value) == f"没有“{named}”这个佐证材料文件；请核对路径"
    assert wrong.value.exit_code is ExitCode.USAGE


@pytest.mark.parametrize("named", ["外面.pdf", "../外面.pdf"])
def test_a_file_outside_the_ledger_is_refused(ledger: Path, named: str) -> None:
    (ledger.parent / "外面.pdf").write_bytes(CONTENT)
    with pytest.raises(RefusedError) as refused:
        evidence(ledger, ledger.parent if named[0] != "." else ledger, named)
    assert (
        str(refused.value) == f"佐证材料“{named}”不在台账文件夹里；先复制进去（如 佐证/），再登记"
    )


def _link(link: Path, target: Path) -> None:
    try:
        link.symlink_to(target)
    except OSError:
        pytest.skip("this user may not make links")


def test_a_link_out_of_the_ledger_is_refused(ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "外面.pdf").write_bytes(CONTENT)
    _link(ledger / "链接.pdf", tmp_path / "外面.pdf")
    with pytest.raises(RefusedError):
        evidence(ledger, tmp_path, "链接.pdf")
    assert Digests(ledger).sha256("链接.pdf") is None


def test_a_link_inside_the_ledger_names_the_file_itself(ledger: Path, tmp_path: Path) -> None:
    _link(ledger / "链接.pdf", ledger / "佐证" / "07" / "签字表.pdf")
    assert evidence(ledger, tmp_path, "链接.pdf").path == "佐证/07/签字表.pdf"


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root can give up its rights"
)
def test_a_file_that_may_not_be_read_is_an_error_in_words(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    file = tmp_path / "签字表.pdf"
    file.write_bytes(CONTENT)
    file.chmod(0)
    folders = list(tmp_path.parents)[:3]
    modes = [folder.stat().st_mode for folder in folders]
    for folder in folders:
        folder.chmod(0o755)
    os.seteuid(65534)
    try:
        with pytest.raises(InvalidInputError) as error:
            evidence(tmp_path, tmp_path, "签字表.pdf")
        digests = Digests(tmp_path)
        assert digests.sha256("签字表.pdf") is None
        assert digests.why_none("签字表.pdf") == "无法读取（没有权限）"
    finally:
        os.seteuid(0)
        for folder, mode in zip(folders, modes, strict=True):
            folder.chmod(mode)
    assert str(error.value) == "无法读取佐证材料“签字表.pdf”（没有权限）；请检查权限"


def test_a_digest_is_that_of_the_bytes_and_changes_with_any_of_them(ledger: Path) -> None:
    file = ledger / "佐证" / "07" / "签字表.pdf"
    of = Digests(ledger).sha256
    assert digest(file) == SHA256 == of("佐证/07/签字表.pdf") == of("佐证\\07\\签字表.pdf")
    file.write_bytes(CONTENT.replace(b"\r\n", b"\n"))
    assert Digests(ledger).sha256("佐证/07/签字表.pdf") != SHA256


def test_a_large_file_is_digested_in_parts(ledger: Path) -> None:
    content = b"\x00\xff" * (3 << 19) + b"end"
    file = ledger / "录像.mp4"
    file.write_bytes(content)
    assert digest(file) == hashlib.sha256(content).hexdigest()


def test_what_is_not_there_has_no_digest(ledger: Path) -> None:
    digests = Digests(ledger)
    for path in ("没有.pdf", "佐证"):
        assert (digests.sha256(path), digests.why_none(path)) == (None, "")


def _named(ledger: Path, here: Path, text: str) -> list[str]:
    return [evidence(ledger, here, name).path for name in evidence_names(ledger, here, text)]


def test_a_folder_means_its_files_but_for_what_programs_leave_behind(ledger: Path) -> None:
    folder = ledger / "佐证" / "07"
    (folder / "会议").mkdir()
    for name in ("会议/纪要.docx", "会议/~$纪要.docx", "Thumbs.db", ".DS_Store", "desktop.ini"):
        (folder / name).write_bytes(CONTENT)
    paths = ["佐证/07/签字表.pdf", "佐证/07/会议/纪要.docx"]
    assert _named(ledger, ledger.parent, "佐证/07") == paths
    assert _named(ledger, folder, ".") == paths
    assert _named(ledger, ledger, "佐证/07/会议、佐证/07/签字表.pdf") == paths[::-1]


@pytest.mark.parametrize("mark", ["、", "，", ",", "；", ";", " 、 ", "\n"])
def test_several_files_stand_in_one_text(ledger: Path, mark: str) -> None:
    (ledger / "佐证" / "a、b.pdf").write_bytes(CONTENT)
    text = f"佐证/07/签字表.pdf{mark}佐证/07/签字表.pdf"
    assert _named(ledger, ledger, text) == ["佐证/07/签字表.pdf"] * 2
    assert _named(ledger, ledger, "佐证/a、b.pdf") == ["佐证/a、b.pdf"]
    with pytest.raises(WrongUsageError, match="没有“无”这个佐证材料文件"):
        _named(ledger, ledger, f"佐证/07/签字表.pdf{mark}无")


def test_a_folder_is_refused_that_holds_nothing_too_much_or_the_ledger(ledger: Path) -> None:
    (ledger / "佐证" / "空").mkdir()
    with pytest.raises(WrongUsageError, match="文件夹“佐证/空”里没有文件"):
        _named(ledger, ledger, "佐证/空")
    for name in (".", "..", str(ledger)):
        with pytest.raises(RefusedError, match="是台账所在的文件夹"):
            _named(ledger, ledger, name)
    for number in range(MOST_FILES):
        (ledger / "佐证" / f"{number}.txt").write_bytes(b"")
    with pytest.raises(RefusedError, match=f"里的文件超过{MOST_FILES}个"):
        _named(ledger, ledger, "佐证")
