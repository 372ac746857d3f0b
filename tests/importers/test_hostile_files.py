"""Files that are not what they should be, or were made to do harm: one sentence, and quickly."""

import io
import struct
import time
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from expectations import FIXTURES
from workbooks import HEADER, ROW, workbook

from commandline import python
from zhenggai.errors import InvalidInputError, WrongUsageError
from zhenggai.importers.tables.proposing import propose
from zhenggai.importers.tables.reading import open_workbook, read_workbook

_HOSTILE = FIXTURES / "hostile"
_SAYS = {
    "billion_laughs.xlsx": "DOCTYPE",
    "xxe.xlsx": "DOCTYPE",
    "zipbomb.xlsx": "展开以后超过400MB",
    "截断.xlsx": "已损坏",
    "空.xlsx": "是空的",
}


@pytest.mark.parametrize("name", sorted(path.name for path in _HOSTILE.iterdir()))
def test_a_hostile_file_is_refused_with_one_sentence(name: str) -> None:
    with pytest.raises(InvalidInputError, match=_SAYS[name]) as refusal:
        open_workbook(_HOSTILE / name)
    assert "\n" not in str(refusal.value)


_MEASURED = r"""
import re, sys
from pathlib import Path
from zhenggai.errors import InvalidInputError
from zhenggai.importers.tables.reading import open_workbook
for name in sys.argv[1:]:
    try:
        open_workbook(Path(name))
    except InvalidInputError:
        continue
    sys.exit(name)
# Not getrusage: that counts what the process had before it became this program.
print(int(re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux says what was taken")
def test_refusing_takes_no_memory(tmp_path: Path) -> None:
    liar = tmp_path / "谎报.xlsx"
    liar.write_bytes(_liar())
    names = [str(path) for path in sorted(_HOSTILE.iterdir())] + [str(liar)]
    began = time.process_time()
    outcome = python("-c", _MEASURED, *names)
    assert outcome.code == 0, outcome
    assert int(outcome.out) < 100
    assert time.process_time() - began < 5


def _rezipped(content: bytes, **members: bytes) -> bytes:
    """Give a workbook with members replaced or added; `_` in a name stands for a slash."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        replaced = {name.replace("__", "/"): text for name, text in members.items()}
        for entry in old.infolist():
            if entry.filename not in replaced:
                new.writestr(entry.filename, old.read(entry))
        for name, text in replaced.items():
            new.writestr(name, text)
    return out.getvalue()


def _liar() -> bytes:
    """Give a workbook one of whose members inflates to more than its directory says."""
    content = _rezipped(workbook([HEADER, ROW]), **{"xl__media__a.bin": b"\0" * (30 << 20)})
    at = content.rfind(b"PK\x01\x02")
    size = content.index(struct.pack("<I", 30 << 20), at)
    return content[:size] + struct.pack("<I", 1000) + content[size + 4 :]


_GOOD = workbook([HEADER, ROW])
_SHEET = "xl__worksheets__sheet1.xml"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage\0".encode("utf-16-le"), "有密码"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument\0".encode("utf-16-le"), "老式的Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "不是工作簿"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook\0".encode("utf-16-le"), "不是完整的旧版"),
        (b"%PDF-1.7 abc", "是PDF"),
        (b"\x89PNG\r\n\x1a\n", "是图片"),
        (b"MIME-Version: 1.0\r\n<html>", "是网页"),
        (b"<table><tr><td>1</table>", "是网页"),
        ("<HTML><table>".encode("utf-16"), "是网页"),
        (b'<?xml version="1.0"?><Workbook/>', "是XML文件"),
        (b"\x00\x01\x02binary", "不是表格"),
        ("一行文字，没有表格".encode(), "没有分成几列"),
        (_rezipped(_GOOD, **{"a.xml": b"<!DOCTYPE a>"}), "DOCTYPE"),
        (_rezipped(_GOOD, **{"a.xml": "<!DOCTYPE a>".encode("utf-16")}), "DOCTYPE"),
        (_rezipped(_GOOD, **{_SHEET: b"<worksheet"}), "不是完整的Excel"),
        (_rezipped(_GOOD, **{"xl__workbook.xml": b"<workbook/>"}), "没有|不是完整的Excel"),
        (_rezipped(_GOOD, **{"xl__media__a.bin": b"\0" * (20 << 20)}), "压缩比超过100倍"),
        (_rezipped(_GOOD, **{f"m{n}": b"" for n in range(1000)}), "部件超过1000个"),
        (_liar(), "已损坏|展开|压缩比"),
    ],
)
def test_what_is_no_table_is_refused_by_what_it_is(content: bytes, sentence: str) -> None:
    with pytest.raises(InvalidInputError, match=sentence):
        propose_something(content)


def propose_something(content: bytes) -> None:
    """Read, and refuse what has nothing in it."""
    if not read_workbook("某.xlsx", content).sheets:
        raise InvalidInputError("没有")


def _sheet_of(rows: int, columns: int, text: str = "甲") -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("台账")
    for row in range(rows):
        for column in range(columns):
            sheet.write_string(row, column, text)
    book.close()
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (_sheet_of(20_001, 1), "超过20000行"),
        (_sheet_of(1, 201), "超过200列"),
        (",".join(["甲"] * 201).encode(), "超过200列"),
        (("甲,乙\n" * 20_001).encode(), "超过20000行"),
        (f"甲,{'长' * 32_768}\n".encode(), "超过32767字"),
        (workbook({f"表{n}": [("甲",)] for n in range(51)}), "超过50张"),
    ],
)
def test_more_than_a_ledger_has_is_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(InvalidInputError, match=sentence):
        read_workbook("大.xlsx", content)


def _read_or_refuse(name: str, content: bytes) -> None:
    """Either is right: what cannot be read is refused by the name of its file."""
    try:
        propose(read_workbook(name, content))
    except InvalidInputError as error:
        assert name in str(error)  # noqa: PT017


def test_a_bit_that_flips_is_seen_or_harmless() -> None:
    content = bytearray(_GOOD)
    for place in range(0, len(content), 97):
        broken = (
            bytes(content[:place]) + bytes([content[place] ^ 0x55]) + bytes(content[place + 1 :])
        )
        _read_or_refuse("坏.xlsx", broken)


def test_cutting_an_old_workbook_short_gives_a_sentence() -> None:
    content = (FIXTURES / "f07_旧版台帐.xls").read_bytes()
    for length in range(600, len(content), 311):
        _read_or_refuse("坏.xls", content[:length])


def test_a_path_that_is_wrong_is_the_users_to_mend(tmp_path: Path) -> None:
    with pytest.raises(WrongUsageError, match="是文件夹；写上台账的文件名"):
        open_workbook(tmp_path)
    with pytest.raises(WrongUsageError, match="路径不存在"):
        open_workbook(tmp_path / "无.xlsx")


def test_macros_links_and_pictures_are_never_looked_at() -> None:
    content = _rezipped(
        _GOOD,
        **{
            "xl__vbaProject.bin": b"\xd0\xcf\x11\xe0 macro",
            "xl__externalLinks__externalLink1.xml": b"<externalLink/>",
            "xl__media__image1.png": b"not a picture",
        },
    )
    assert len(propose(read_workbook("宏.xlsm", content)).findings) == 1
