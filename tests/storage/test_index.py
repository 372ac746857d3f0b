"""The index: what was read last time answers as reading would, and nothing else is trusted."""

import json
import os
import tempfile
import time
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from commandline import Zhenggai, python
from ledger_files import OFFICE, finding, inspection, write_ledger
from zhenggai.core.outline import LedgerOutline, inspection_outline, outline
from zhenggai.core.problem import Problem
from zhenggai.storage import cache, folder, spreading
from zhenggai.storage.folder import read_ledger
from zhenggai.storage.index import entries, read_outline

Answer = tuple[LedgerOutline, list[Problem]]
_HOUR_NS = 3600 * 10**9


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Turn the index on, in a folder of its own, an hour after every file was written."""
    monkeypatch.delenv("ZHENGGAI_NO_CACHE")
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path / "cache")
    later = SimpleNamespace(time_ns=lambda: time.time_ns() + _HOUR_NS)
    monkeypatch.setattr(cache, "time", later)
    return tmp_path / "cache"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return write_ledger(tmp_path / "台账", OFFICE)


@pytest.fixture
def read_files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the names of the files that are read, as they are."""
    names: list[str] = []
    read_text = folder._read_text  # noqa: SLF001 - where every file is opened

    def told(root: Path, shown: str, name: str) -> Any:
        names.append(name)
        return read_text(root, shown, name)

    monkeypatch.setattr(folder, "_read_text", told)
    return names


def _whole(root: Path, shown: str = "") -> Answer:
    """Read a ledger whole, then leave away what an outline does not hold."""
    ledger, problems = read_ledger(root, shown)
    findings = tuple(outline(one) for one in ledger.findings)
    about = inspection_outline(ledger.inspection)
    return LedgerOutline(ledger.name, shown, about, findings, ledger.unreadable), problems


def test_what_did_not_change_is_not_read_again(
    place: Path, ledger: Path, read_files: list[str]
) -> None:
    first = read_outline(ledger, "台账")
    assert len(read_files) == 7
    assert read_outline(ledger, "台账") == first == _whole(ledger, "台账")
    assert len(list(place.iterdir())) == 1
    assert read_files == read_files[:7] * 2  # only reading it whole read anything


def test_only_what_changed_is_read_again(place: Path, ledger: Path, read_files: list[str]) -> None:
    read_outline(ledger, "")
    (ledger / "02.yaml").write_text(finding(问题="会议仍然过多"), encoding="utf-8")
    (ledger / "03.yaml").unlink()
    (ledger / "09.yaml").write_text(finding(), encoding="utf-8")
    del read_files[:]
    answer = read_outline(ledger, "")
    assert read_files == ["02.yaml", "09.yaml"]
    assert answer == _whole(ledger)
    assert place.is_dir()


@pytest.mark.usefixtures("place")
def test_problems_are_remembered_and_named_by_where_the_user_stands(
    ledger: Path, read_files: list[str]
) -> None:
    (ledger / "02.yaml").write_text("问题：没有空格\n", encoding="utf-8")
    (ledger / "04.yaml").write_text(finding(整改时限="2021/5/1"), encoding="utf-8")
    read_outline(ledger, "")
    del read_files[:]
    answer = read_outline(ledger, "台账")
    assert read_files == []
    assert {problem.path for problem in answer[1]} == {"台账/02.yaml", "台账/04.yaml"}
    assert answer == _whole(ledger, "台账")


@pytest.mark.usefixtures("place")
def test_a_change_in_the_same_two_seconds_with_the_same_size_is_seen(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamp = cache._stamp  # noqa: SLF001 - made as coarse as a memory stick's

    def coarse(status: os.stat_result) -> list[int]:
        found = stamp(status)
        return [*(at - at % (2 * 10**9) for at in found[:2]), *found[2:]]

    monkeypatch.setattr(cache, "_stamp", coarse)
    monkeypatch.setattr(cache, "time", time)
    for title in ("会议过多", "会议过少", "会议过长"):
        (ledger / "02.yaml").write_text(finding(问题=title), encoding="utf-8")
        assert read_outline(ledger, "")[0].findings[1].title == title


def _sealed(body: bytes) -> bytes:
    return b"%08x\n%b" % (zlib.crc32(body), body)


def _of_another_version(content: bytes) -> bytes:
    head, rows = json.loads(content.partition(b"\n")[2])
    rows["01.yaml"][1][0][1] = "别的版本读出的问题"
    return _sealed(json.dumps([["0.0", *head[1:]], rows]).encode())


@pytest.mark.parametrize(
    "damage",
    [
        lambda _content: b"",
        lambda content: content[:-20],
        lambda content: content.replace("会议".encode(), "公车".encode()),
        lambda _content: b"\x00\xff not an index",
        lambda _content: b"00000000\n",
        lambda _content: _sealed(b"[]"),
        lambda _content: _sealed(b'{"a": 1}'),
        _of_another_version,
    ],
    ids=["empty", "cut", "altered", "binary", "no-body", "no-rows", "foreign", "version"],
)
def test_an_index_that_is_not_ours_is_made_anew(
    place: Path, ledger: Path, damage: Callable[[bytes], bytes]
) -> None:
    read_outline(ledger, "")
    (file,) = place.iterdir()
    sound = file.read_bytes()
    file.write_bytes(damage(sound))
    assert read_outline(ledger, "") == _whole(ledger)
    assert file.read_bytes() == sound


def test_two_ledgers_whose_indexes_share_a_name_only_cost_time(
    place: Path, ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = write_ledger(tmp_path / "另一本", {"01": finding(问题="公车私用")})
    monkeypatch.setattr(cache, "_place", lambda _folder: place / "same.json")
    for _ in range(2):
        assert read_outline(ledger, "") == _whole(ledger)
        assert read_outline(other, "") == _whole(other)


def test_without_a_place_to_write_there_is_no_index(place: Path, ledger: Path) -> None:
    place.write_text("not a folder", encoding="utf-8")
    assert read_outline(ledger, "") == read_outline(ledger, "") == _whole(ledger)


def test_nothing_is_kept_when_the_user_says_so(
    place: Path, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGGAI_NO_CACHE", "1")
    assert read_outline(ledger, "") == _whole(ledger)
    assert not place.exists()


@pytest.mark.usefixtures("place")
def test_the_index_never_lies_in_the_ledger(ledger: Path) -> None:
    before = sorted(ledger.rglob("*"))
    read_outline(ledger, "")
    assert sorted(ledger.rglob("*")) == before


def test_completion_offers_unreadable_findings_by_number_alone(ledger: Path) -> None:
    (ledger / "02.yaml").write_text("问题: [", encoding="utf-8")
    found = [(entry.id, entry.title, entry.aspect) for entry in entries(ledger)]
    assert found[:3] == [
        ("01", "财务管理不规范", "党的建设"),
        ("02", "", ""),
        ("03", "学习不经常", "党的建设"),
    ]


# What people, editors and accidents do to a folder; the number tells the edits apart.
_TEXTS: list[Callable[[int], bytes]] = [
    lambda n: finding(问题=f"问题{n}").encode(),
    lambda n: finding(整改时限=f"2021/5/{n % 28 + 1}").encode(),
    lambda n: b"\xef\xbb\xbf" + finding(问题=f"问题{n}").encode(),
    lambda n: f"问题: 没写完{n}\n措施: [".encode(),
    lambda n: f"问题: {n}\n状态: 完成\n".encode(),
    lambda n: f'"问题\\ud800{n}": 1\n"问题\\ud800{n}": 2\n'.encode(),
    lambda n: finding(问题=f"问题{n}").encode("gb18030"),
    lambda _n: b"",
    lambda n: (inspection("时区: UTC\n", 被巡察单位=f"单位{n}")).encode(),
    lambda n: (inspection("时区: Mars/Base\n", 被巡察单位=f"单位{n}")).encode(),
]
_NAMES = [
    "01.yaml",
    "1.yaml",
    "02.yaml",
    "03.yaml",
    "inspection.yaml",
    "02 (副本).yaml",
    "notes.yml",
]
_EDITS = st.lists(
    st.tuples(
        st.sampled_from(["write", "write", "write", "remove", "rename", "folder"]),
        st.sampled_from(_NAMES),
        st.sampled_from(_NAMES),
        st.sampled_from(_TEXTS),
    ),
    max_size=6,
)


def _edit(root: Path, edit: Any, number: int) -> None:
    act, name, other, text = edit
    file = root / name
    if act == "write" and not file.is_dir():
        file.write_bytes(text(number))
        os.utime(file, ns=(number * 10**9, number * 10**9))  # each edit at a time of its own
    elif act == "remove" and file.is_file():
        file.unlink()
    elif act == "rename" and file.is_file() and not (root / other).is_dir():
        file.replace(root / other)
    elif act == "folder" and not file.exists():
        file.mkdir()


@settings(max_examples=40)
@given(st.lists(_EDITS, min_size=1, max_size=4))
@example(
    [[("write", name, name, text)] for text in _TEXTS for name in ("01.yaml", "inspection.yaml")]
)
def test_whatever_was_edited_the_index_answers_as_reading_does(rounds: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.delenv("ZHENGGAI_NO_CACHE")
        patch.setattr("platformdirs.user_cache_path", lambda *_, **__: Path(name) / "cache")
        later = SimpleNamespace(time_ns=lambda: time.time_ns() + _HOUR_NS)
        patch.setattr(cache, "time", later)
        root = write_ledger(Path(name) / "台账", {"01": OFFICE["01"], "02": OFFICE["02"]})
        number = count(1)
        for edits in rounds:
            for edit in edits:
                _edit(root, edit, next(number))
            assert read_outline(root, "台账") == _whole(root, "台账")
            assert read_outline(root, "") == _whole(root)


@pytest.mark.parametrize(
    "words", ["status", "list", "status --format json --by 科室", "list --format csv"]
)
def test_commands_answer_the_same_with_and_without_an_index(
    place: Path, tmp_path: Path, zhenggai: Zhenggai, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "全县" / "ledgers"
    write_ledger(root / "农业局", OFFICE)
    write_ledger(root / "科技局", OFFICE | {"02": "问题: [", "03": finding(整改时限="2021.6.1")})
    command = (*words.split(), "--ledger", str(root.parent), "--today", "2021-05-18")
    cold, warm, reworded = zhenggai(*command), zhenggai(*command), zhenggai(*command)
    assert len(list(place.iterdir())) == 2
    monkeypatch.setenv("ZHENGGAI_NO_CACHE", "1")
    assert cold == warm == reworded == zhenggai(*command)


def test_runs_at_the_same_time_leave_one_sound_index(
    place: Path, ledger: Path, read_files: list[str]
) -> None:
    whole = _whole(ledger)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: read_outline(ledger, ""), range(16)))
    assert answers == [whole] * 16
    assert len(list(place.iterdir())) == 1
    del read_files[:]
    assert read_outline(ledger, "") == whole
    assert read_files == []


_ON_ALL_CORES = """
import os, sys
from pathlib import Path
from zhenggai.storage import index, spreading
spreading.TRIED, spreading.WORTH, spreading._AT_A_TIME = 1, -1.0, 2
os.cpu_count = lambda: 2
seen = []
reading = index.OutlineReading(Path(sys.argv[1]), "")
[read] = index.read_outlines([reading], lambda done, of: seen.append((done, of)))
spreading.WORTH = 99.0
assert read == index.read_outline(Path(sys.argv[1]), "")
print("concurrent.futures.process" in sys.modules, len(read[0].findings), seen[-1])
"""


def test_many_findings_are_read_on_all_cores_with_the_same_answer(ledger: Path) -> None:
    (ledger / "02.yaml").write_text("问题: [", encoding="utf-8")
    outcome = python("-c", _ON_ALL_CORES, str(ledger))
    assert (outcome.out, outcome.err) == ("True 5 (5, 6)\n", "")


def test_where_no_process_can_be_started_findings_are_read_one_by_one(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(**_: object) -> None:
        raise OSError

    monkeypatch.setattr(spreading, "TRIED", 1)
    monkeypatch.setattr(spreading, "WORTH", -1.0)
    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", none)
    assert read_outline(ledger, "") == _whole(ledger)
