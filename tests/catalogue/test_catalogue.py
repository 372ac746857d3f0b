"""Every problem there is: a ledger that has it, and the words a clerk reads."""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from reproducers import HERE, INSPECTION, check, lines, load

from ledger_files import read_whole
from zhenggai.model.problem import Problem
from zhenggai.rules import CODES
from zhenggai.storage.ledger_texts import MAX_BYTES

GOOD = "问题: 会议过多\n"
WRITTEN = sorted(path.stem for path in HERE.glob("*.txt"))

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_NOBODY = 65534


@pytest.mark.parametrize("code", WRITTEN)
def test_the_reproducer_brings_out_exactly_what_it_says(code: str, tmp_path: Path) -> None:
    reproducer = load(code)
    problems = reproducer.problems(tmp_path)
    assert reproducer.expected
    assert lines(problems, code) == reproducer.expected
    assert [problem for problem in problems if not _well_said(problem)] == []


def _well_said(problem: Problem) -> bool:
    """Tell whether a problem is put in Chinese, on one line and without a full stop."""
    said = (problem.message, problem.hint)
    return all(_CHINESE.search(part) and "\n" not in part and part[-1] != "。" for part in said)


@pytest.mark.parametrize("code", WRITTEN)
def test_windows_line_endings_change_nothing(code: str, tmp_path: Path) -> None:
    reproducer = load(code)
    files = {name: text.replace("\n", "\r\n") for name, text in reproducer.files.items()}
    problems = replace(reproducer, files=files).problems(tmp_path)
    assert lines(problems, code) == reproducer.expected


@pytest.mark.parametrize("code", WRITTEN)
def test_a_reproducer_says_in_a_sentence_what_is_wrong(code: str) -> None:
    assert re.fullmatch(r"# [A-Z“].+\.\n", load(code).sentence)


# What a text file cannot hold: bytes, links, permissions, size.


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "inspection.yaml").write_text(INSPECTION, encoding="utf-8")
    return tmp_path


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Give a folder every user may enter, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    (folder / "inspection.yaml").write_text(INSPECTION, encoding="utf-8")
    yield folder
    shutil.rmtree(folder)


@contextmanager
def _without_privileges() -> Iterator[None]:
    """Give up what root may do; permissions do not bind root."""
    if sys.platform == "win32" or os.geteuid() != 0:
        yield
        return
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no read permission to take away")
def test_f101_is_a_file_that_may_not_be_read(open_folder: Path) -> None:
    file = open_folder / "07.yaml"
    file.write_text(GOOD, encoding="utf-8")
    assert lines(check(open_folder), "F101") == []
    file.chmod(0)
    with _without_privileges():
        problems = check(open_folder)
    assert lines(problems, "F101") == [
        "07.yaml:1:1: F101 文件无法读取（没有权限）；检查文件的读取权限和所在磁盘"
    ]


def test_f102_is_no_regular_file(folder: Path) -> None:
    (folder / "07.yaml").mkdir()
    assert lines(check(folder), "F102") == [
        "07.yaml:1:1: F102 这不是普通文件；移出台账，或换成普通文件"
    ]


def test_f103_is_a_link_out_of_the_ledger(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("elsewhere") / "07.yaml"
    outside.write_text(GOOD, encoding="utf-8")
    try:
        (folder / "07.yaml").symlink_to(outside)
    except OSError:
        pytest.skip("this user may not make links")
    assert lines(check(folder), "F103") == [
        "07.yaml:1:1: F103 这个链接指向台账之外；把文件本身放进台账"
    ]


@pytest.mark.parametrize(
    ("size", "shown"), [(MAX_BYTES + 1, "1.1"), (MAX_BYTES * 3 // 2, "1.5"), (3 * MAX_BYTES, "3.0")]
)
def test_f104_is_a_file_too_large(folder: Path, size: int, shown: str) -> None:
    (folder / "07.yaml").write_bytes(b"#" * size)
    assert lines(check(folder), "F104") == [
        f"07.yaml:1:1: F104 文件有{shown} MiB，超过1 MiB；附件另存为佐证材料"
    ]


def test_a_file_of_the_largest_size_is_read(folder: Path) -> None:
    content = GOOD.encode()
    (folder / "07.yaml").write_bytes(content + b"#" * (MAX_BYTES - len(content)))
    ledger, problems = read_whole(folder, "")
    assert problems == []
    assert len(ledger.findings) == 1


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            "方面: 作风\n问题: 会议过多\n".encode("gb18030"),
            "07.yaml:1:1: F105 文件不是UTF-8编码（疑为GBK/GB18030）；",
        ),
        (
            "方面: 作风\n问题: ".encode() + "会议过多\n".encode("gb18030"),
            "07.yaml:2:5: F105 文件不是UTF-8编码（疑为GBK/GB18030）；",
        ),
        (
            GOOD.encode("utf-16"),
            "07.yaml:1:1: F105 文件不是UTF-8编码（疑为UTF-16）；",
        ),
        (
            "方面: 作风\r\n问题: 会".encode() + b"\xff\n",
            "07.yaml:2:6: F105 文件不是UTF-8编码的文本；",
        ),
    ],
    ids=["GBK", "half GBK", "UTF-16", "garbage"],
)
def test_f105_is_a_text_in_another_encoding(folder: Path, content: bytes, expected: str) -> None:
    (folder / "07.yaml").write_bytes(content)
    assert lines(check(folder), "F105") == [expected + "用编辑器另存为UTF-8（先备份原文件）"]


def test_f106_is_a_byte_order_mark(folder: Path) -> None:
    (folder / "07.yaml").write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert lines(check(folder), "F106") == [
        "07.yaml:1:1: F106 文件开头带有BOM标记；另存为不带BOM的UTF-8"
    ]


def test_f113_is_a_link_in_the_ledger(folder: Path) -> None:
    (folder / "正本").mkdir()
    (folder / "正本" / "07.yaml").write_text(GOOD, encoding="utf-8")
    try:
        (folder / "07.yaml").symlink_to("正本/07.yaml")
    except OSError:
        pytest.skip("this user may not make links")
    assert lines(check(folder), "F113") == ["07.yaml:1:1: F113 这个文件是链接；把文件本身放在这里"]


def test_f114_is_a_ledger_in_a_ledger(folder: Path) -> None:
    for place in ("佐证", "科技局", "ledgers/农业局"):
        (folder / place).mkdir(parents=True)
    assert lines(check(folder), "F114") == []
    for place in ("科技局", "ledgers/农业局"):
        (folder / place / "inspection.yaml").write_text(INSPECTION, encoding="utf-8")
    said = "这本台账的文件夹里还有台账（科技局、ledgers/农业局）"
    hint = "一个文件夹只放一本台账；移走多出的inspection.yaml"
    assert lines(check(folder), "F114") == [f"inspection.yaml:1:1: F114 {said}；{hint}"]


BUILT: dict[str, Callable[..., None]] = {
    "F101": test_f101_is_a_file_that_may_not_be_read,
    "F102": test_f102_is_no_regular_file,
    "F103": test_f103_is_a_link_out_of_the_ledger,
    "F104": test_f104_is_a_file_too_large,
    "F105": test_f105_is_a_text_in_another_encoding,
    "F106": test_f106_is_a_byte_order_mark,
    "F113": test_f113_is_a_link_in_the_ledger,
    "F114": test_f114_is_a_ledger_in_a_ledger,
}


# The catalogue itself.


def test_every_code_has_a_reproducer() -> None:
    assert sorted([*WRITTEN, *BUILT]) == sorted(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_explained_in_chinese(code: str) -> None:
    entry = CODES[code]
    assert entry.code == code
    assert _CHINESE.search(entry.name)
    assert _CHINESE.search(entry.why)
    assert entry.why.endswith("。")
