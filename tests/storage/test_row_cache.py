"""What is remembered: rows read last time answer as reading would, and nothing else is trusted."""

import os
import pickle
import sys
import tempfile
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from commandline import Zhenggai, python
from ledger_files import OFFICE, finding, inspection, write_ledger
from zhenggai.ledger import register as registers
from zhenggai.ledger.register import Register, Row
from zhenggai.model.dates import Period
from zhenggai.model.ledger_model import Finding
from zhenggai.model.problem import Problem
from zhenggai.model.terms import Kind
from zhenggai.storage.ledger_folder import LedgerFolder, read_ledger, read_registers
from zhenggai.storage.parallel import Spreading
from zhenggai.storage.resources import shipped
from zhenggai.storage.row_cache import Remembered, Stamp

_HOUR_NS = 3600 * 10**9

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have rows remembered, in a folder of its own."""
    monkeypatch.delenv("ZHENGGAI_NO_CACHE")
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path / "cache")
    return tmp_path / "cache"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return write_ledger(tmp_path / "台账", OFFICE)


_listening: list[list[str]] = []


@cache  # an audit hook cannot be taken away again
def _listen() -> None:
    own = str(shipped("templates"))

    def told(event: str, args: tuple[Any, ...]) -> None:
        name = str(args[0]) if _listening and event == "open" else ""
        if name.endswith(".yaml") and not name.startswith(own):
            mode = args[1]
            if mode and mode.startswith("r"):
                _listening[-1].append(os.path.basename(args[0]))  # noqa: PTH119 - text, and often

    sys.addaudithook(told)


@pytest.fixture
def read_files() -> Iterator[list[str]]:
    """Give the names of the ledgers' files that are read, as they are."""
    names: list[str] = []
    _listen()
    _listening.append(names)
    yield names
    _listening.remove(names)


def _later() -> int:
    """Return the time an hour after every file was written."""
    return time.time_ns() + _HOUR_NS


_remembered_later = partial(Remembered, now_ns=_later)


def _register(root: Path, shown: str) -> Register:
    """Read a ledger as its register; its files were written long ago."""
    [register] = read_registers([LedgerFolder(root, shown)], remembered=_remembered_later)
    return register


def _whole(root: Path, shown: str = "") -> Register:
    """Read a ledger whole, then leave away what a register does not hold."""
    return registers.register(read_ledger(root, shown))


def test_what_did_not_change_is_not_read_again(
    place: Path, ledger: Path, read_files: list[str]
) -> None:
    first = _register(ledger, "台账")
    assert len(read_files) == 7
    assert _register(ledger, "台账") == first == _whole(ledger, "台账")
    assert len(list(place.iterdir())) == 1
    assert read_files == read_files[:7] * 2  # only reading it whole read anything


def test_only_what_changed_is_read_again(place: Path, ledger: Path, read_files: list[str]) -> None:
    _register(ledger, "")
    (ledger / "02.yaml").write_text(finding(问题="会议仍然过多"), encoding="utf-8")
    (ledger / "03.yaml").unlink()
    (ledger / "09.yaml").write_text(finding(), encoding="utf-8")
    del read_files[:]
    answer = _register(ledger, "")
    assert read_files == ["02.yaml", "09.yaml"]
    assert answer == _whole(ledger)
    assert place.is_dir()


@pytest.mark.usefixtures("place")
def test_problems_are_remembered_and_named_by_where_the_user_stands(
    ledger: Path, read_files: list[str]
) -> None:
    (ledger / "02.yaml").write_text("问题：没有空格\n", encoding="utf-8")
    (ledger / "04.yaml").write_text(finding(整改时限="2021/5/1"), encoding="utf-8")
    _register(ledger, "")
    del read_files[:]
    answer = _register(ledger, "台账")
    assert read_files == []
    assert {problem.path for problem in answer.problems} == {"台账/02.yaml", "台账/04.yaml"}
    assert answer == _whole(ledger, "台账")


@pytest.mark.usefixtures("place")
def test_a_change_in_the_same_two_seconds_with_the_same_size_is_seen(ledger: Path) -> None:
    def coarse(status: os.stat_result) -> Stamp:
        """Return what a memory stick tells of a file."""
        changed, created = (
            at - at % (2 * 10**9) for at in (status.st_mtime_ns, status.st_ctime_ns)
        )
        return changed, created, status.st_size, status.st_ino

    remembered = partial(Remembered, stamp=coarse)
    for title in ("会议过多", "会议过少", "会议过长"):
        (ledger / "02.yaml").write_text(finding(问题=title), encoding="utf-8")
        [register] = read_registers([LedgerFolder(ledger, "")], remembered=remembered)
        assert register.rows[1].title == title


def test_without_a_place_to_write_nothing_is_remembered(place: Path, ledger: Path) -> None:
    place.write_text("not a folder", encoding="utf-8")
    assert _register(ledger, "") == _register(ledger, "") == _whole(ledger)


def test_nothing_is_kept_when_the_user_says_so(
    place: Path, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGGAI_NO_CACHE", "1")
    assert _register(ledger, "") == _whole(ledger)
    assert not place.exists()


@pytest.mark.usefixtures("place")
def test_nothing_is_kept_in_the_ledger(ledger: Path) -> None:
    before = sorted(ledger.rglob("*"))
    _register(ledger, "")
    assert sorted(ledger.rglob("*")) == before


def test_completion_offers_unreadable_findings_by_number_alone(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    (ledger / "02.yaml").write_text("问题: [", encoding="utf-8")
    at = ("--ledger", str(ledger))
    offered = zhenggai("complete-words", "4", "zhenggai", "show", *at, "").out.splitlines()
    assert offered[:3] == ["01\t财务管理不规范", "02\t", "03\t学习不经常"]
    aspects = zhenggai("complete-words", "5", "zhenggai", "list", *at, "--aspect", "").out
    assert aspects.splitlines() == ["党的建设\t4个问题", "作风建设\t1个问题"]


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
    lambda n: (inspection("时区: Asia/Urumqi\n", 被巡察单位=f"单位{n}")).encode(),
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
def test_whatever_was_edited_the_registers_answer_as_reading_does(rounds: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.delenv("ZHENGGAI_NO_CACHE")
        patch.setattr("platformdirs.user_cache_path", lambda *_, **__: Path(name) / "cache")
        root = write_ledger(Path(name) / "台账", {"01": OFFICE["01"], "02": OFFICE["02"]})
        number = count(1)
        for edits in rounds:
            for edit in edits:
                _edit(root, edit, next(number))
            assert _register(root, "台账") == _whole(root, "台账")
            assert _register(root, "") == _whole(root)


@pytest.mark.parametrize(
    "words", ["status", "list", "status --format json --by 责任科室", "list --format csv"]
)
def test_commands_answer_the_same_whether_rows_are_remembered_or_not(
    place: Path,
    tmp_path: Path,
    zhenggai: Zhenggai,
    read_files: list[str],
    words: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = tmp_path / "全县" / "ledgers"
    odd = {"02": "问题: [", "03": finding(整改时限="2021.6.1")}
    ledgers = [
        write_ledger(root / "农业局", OFFICE),
        write_ledger(root / "科技局", OFFICE | odd),
    ]
    command = (*words.split(), "--ledger", str(root.parent), "--today", "2021-05-18")
    cold = zhenggai(*command)
    for one in ledgers:
        _register(one, "")
    assert len(list(place.iterdir())) == 2
    del read_files[:]
    warm, reworded = zhenggai(*command), zhenggai(*command)
    assert read_files == []
    monkeypatch.setenv("ZHENGGAI_NO_CACHE", "1")
    assert cold == warm == reworded == zhenggai(*command)


def test_runs_at_the_same_time_leave_one_sound_file(
    place: Path, ledger: Path, read_files: list[str]
) -> None:
    whole = _whole(ledger)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: _register(ledger, ""), range(16)))
    assert answers == [whole] * 16
    assert len(list(place.iterdir())) == 1
    del read_files[:]
    assert _register(ledger, "") == whole
    assert read_files == []


_ON_ALL_CORES = """
import sys
from pathlib import Path
from zhenggai.storage import ledger_folder
from zhenggai.storage.parallel import Spreading
seen = []
tell = lambda done, of: seen.append((done, of))
spreading = Spreading(tried=1, worth=-1.0, at_a_time=2, cores=2)
ledger = ledger_folder.LedgerFolder(Path(sys.argv[1]), "")
[read] = ledger_folder.read_registers([ledger], tell, spreading=spreading)
assert read == ledger_folder.read_register(Path(sys.argv[1]), "")
print("concurrent.futures.process" in sys.modules, len(read.rows), seen[-1])
"""


def test_many_findings_are_read_on_all_cores_with_the_same_answer(ledger: Path) -> None:
    (ledger / "02.yaml").write_text("问题: [", encoding="utf-8")
    outcome = python("-c", _ON_ALL_CORES, str(ledger))
    assert (outcome.out, outcome.err) == ("True 5 (6, 7)\n", "")


def test_where_no_process_can_be_started_findings_are_read_one_by_one(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", none)
    spreading = Spreading(tried=1, worth=-1.0)
    [register] = read_registers([LedgerFolder(ledger, "")], spreading=spreading)
    assert register == _whole(ledger)


def test_rows_that_are_given_are_neither_read_nor_remembered(
    place: Path, ledger: Path, read_files: list[str]
) -> None:
    row = _whole(ledger).rows[1]._replace(title="还没有写入的问题")
    del read_files[:]
    folder = LedgerFolder(ledger, "")
    given = {ledger: {"02.yaml": row}}
    [answer] = read_registers([folder], given=given, remembered=_remembered_later)
    assert "02.yaml" not in read_files
    assert answer.rows[1] == row
    assert place.is_dir()
    assert _register(ledger, "") == _whole(ledger)


# Where it lies.


# Of equal length and crc32, and so are the paths that end in them.
_SAME_SUM = ("plumless", "buckeroo")
_LONG = ("长" * 60 + "/") * 3


@pytest.mark.parametrize(
    "names",
    [
        _SAME_SUM,
        ("a/b", "a%2Fb"),
        ("a/b", "a%b"),
        ("a%2Fb", "a%252Fb"),
        (f"{_LONG}一", f"{_LONG}二", f"{_LONG}一/二"),
        ("台账", "台账 ", "台账.rows"),
        pytest.param(("a/b", "a\\b", "a%5Cb", "a:b", "a%3Ab"), marks=posix_only),
    ],
    ids=["same crc32", "slash", "percent", "escaped twice", "long", "endings", "other signs"],
)
def test_no_two_ledgers_are_remembered_in_one_file(
    place: Path, tmp_path: Path, read_files: list[str], names: tuple[str, ...]
) -> None:
    assert len({zlib.crc32(name.encode()) for name in _SAME_SUM}) == 1
    ledgers = []
    for number, name in enumerate(names):
        (tmp_path / name).mkdir(parents=True, exist_ok=True)
        ledgers.append(write_ledger(tmp_path / name, {"01": finding(问题=f"问题{number}")}))
    answers = [_register(one, "") for one in ledgers]
    assert [one.rows[0].title for one in answers] == [f"问题{n}" for n in range(len(names))]
    assert len(list(place.iterdir())) == len(names)
    del read_files[:]
    assert [_register(one, "") for one in ledgers] == answers
    assert read_files == []


@posix_only
def test_a_ledger_reached_by_a_link_is_remembered_with_itself(
    place: Path, ledger: Path, read_files: list[str]
) -> None:
    _register(ledger, "")
    (ledger.parent / "今年").symlink_to(ledger)
    del read_files[:]
    assert _register(ledger.parent / "今年", "今年") == _whole(ledger, "今年")
    assert len(list(place.iterdir())) == 1
    assert read_files.count("01.yaml") == 1  # only reading it whole


def test_a_change_in_one_ledger_leaves_what_is_remembered_of_another(
    place: Path, ledger: Path, tmp_path: Path
) -> None:
    file = _remembered(place, ledger)
    other = write_ledger(tmp_path / "另一本", {"01": finding(问题="公车私用")})
    _register(other, "")
    [others] = set(place.iterdir()) - {file}
    before = [(one.read_bytes(), one.stat()) for one in (file, others)]
    (other / "01.yaml").write_text(finding(问题="公车私用改好了"), encoding="utf-8")
    folders = [LedgerFolder(ledger, ""), LedgerFolder(other, "另一本")]
    answers = list(read_registers(folders, remembered=_remembered_later))
    assert answers == [_whole(ledger), _whole(other, "另一本")]
    assert (file.read_bytes(), file.stat()) == before[0]
    assert others.read_bytes() != before[1][0]
    assert others.stat().st_ino != before[1][1].st_ino  # the whole was replaced, not written into
    assert set(place.iterdir()) == {file, others}


# Files that are damaged, foreign or odd.


def _remembered(place: Path, ledger: Path) -> Path:
    """Read a ledger, and give the one file that remembers it."""
    _register(ledger, "")
    (file,) = place.iterdir()
    return file


def _sealed(body: bytes) -> bytes:
    """Put a valid checksum over content."""
    return b"%08x\n%b" % (zlib.crc32(body), body)


def _held(content: bytes) -> tuple[Any, str, Any]:
    """Give what a remembered file holds: which program wrote it, for which folder, the rows."""
    program, folder, rows = pickle.loads(content.partition(b"\n")[2])  # noqa: S301 - our own
    return program, folder, rows


def _altered(content: bytes, name: str, change: Callable[[Any, Any, Any], Any]) -> bytes:
    """Change what is remembered of one file: its state, its row (or the head), its problems."""
    program, folder, rows = _held(content)
    state, (row, problems) = rows[name]
    rows = rows | {name: change(state, row, problems)}
    return _sealed(pickle.dumps((program, folder, rows)))


def _retitled(content: bytes) -> bytes:
    title = "别处读出的问题"
    return _altered(
        content, "01.yaml", lambda state, row, found: (state, (row._replace(title=title), found))
    )


def _of_another_version(content: bytes) -> bytes:
    program, folder, rows = _held(_retitled(content))
    return _sealed(pickle.dumps((("0.0", *program[1:]), folder, rows)))


def _of_another_folder(content: bytes) -> bytes:
    program, folder, rows = _held(_retitled(content))
    return _sealed(pickle.dumps((program, f"{folder}2", rows)))


def test_what_the_same_program_left_of_the_same_files_is_believed(
    place: Path, ledger: Path
) -> None:
    file = _remembered(place, ledger)
    file.write_bytes(_retitled(file.read_bytes()))
    assert _register(ledger, "").rows[0].title == "别处读出的问题"


def test_what_was_read_of_another_state_of_a_file_is_not_believed(
    place: Path, ledger: Path
) -> None:
    file = _remembered(place, ledger)
    sound = file.read_bytes()
    for part in range(4):

        def earlier(state: Any, row: Any, problems: Any, part: int = part) -> Any:
            before = (*state[:part], state[part] - 1, *state[part + 1 :])
            return before, (row._replace(title="改之前的问题"), problems)

        file.write_bytes(_altered(sound, "01.yaml", earlier))
        assert _register(ledger, "") == _whole(ledger)
        assert _held(file.read_bytes()) == _held(sound)


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
        _of_another_folder,
    ],
    ids=[
        *("empty", "cut", "altered", "binary", "no-body", "no-rows", "foreign", "version"),
        "folder",
    ],
)
def test_a_file_that_is_not_ours_is_made_anew(
    place: Path, ledger: Path, damage: Callable[[bytes], bytes]
) -> None:
    file = _remembered(place, ledger)
    sound = file.read_bytes()
    file.write_bytes(damage(sound))
    assert _register(ledger, "") == _whole(ledger)
    assert file.read_bytes() == sound


def test_wherever_a_file_is_cut_or_altered_it_is_made_anew(
    place: Path, tmp_path: Path, read_files: list[str]
) -> None:
    ledger = write_ledger(tmp_path / "台账", {"01": OFFICE["05"]})
    file = _remembered(place, ledger)
    whole, sound = _whole(ledger), file.read_bytes()
    cut = [sound[:length] for length in range(0, len(sound), 5)]
    for place_in in range(len(sound)):
        changed = bytearray(sound)
        changed[place_in] ^= 0xFF if place_in % 2 else 0x01
        cut.append(bytes(changed))
    for content in cut:
        file.write_bytes(content)
        del read_files[:]
        assert _register(ledger, "") == whole
        assert read_files == ["01.yaml", "inspection.yaml"]
        assert file.read_bytes() == sound


def _in_time(ledger: Path) -> Register:
    """Read a ledger, but do not wait for ever."""
    answers: list[Register] = []
    reading = threading.Thread(target=lambda: answers.append(_register(ledger, "")))
    reading.daemon = True
    reading.start()
    reading.join(30)
    assert answers, "reading fails, or never comes to an end"
    return answers[0]


def _pipe(file: Path) -> None:
    file.unlink()
    if sys.platform != "win32":
        os.mkfifo(file)


def _link(file: Path) -> None:
    """Put a link to a file that would be believed in its place."""
    there = file.rename(file.parent.parent / "别处.rows")
    there.write_bytes(_retitled(there.read_bytes()))
    file.symlink_to(there)


def _link_to_nothing(file: Path) -> None:
    file.unlink()
    file.symlink_to(file.parent / "没有")


def _link_to_itself(file: Path) -> None:
    file.unlink()
    file.symlink_to(file)


def _given_away(file: Path) -> None:
    file.write_bytes(_retitled(file.read_bytes()))
    if sys.platform != "win32":
        os.chown(file, 65534, -1)


as_root = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root can give a file away"
)


@posix_only
@pytest.mark.parametrize(
    "odd",
    [
        _pipe,
        _link,
        _link_to_nothing,
        _link_to_itself,
        pytest.param(_given_away, marks=as_root),
    ],
)
def test_what_is_no_file_of_ones_own_is_replaced_and_never_waited_for_or_followed(
    place: Path, ledger: Path, read_files: list[str], odd: Callable[[Path], None]
) -> None:
    file = _remembered(place, ledger)
    sound = file.read_bytes()
    odd(file)
    there = file.read_bytes() if odd is _link else None
    del read_files[:]
    assert _in_time(ledger) == _whole(ledger)
    assert read_files.count("01.yaml") == 2  # reading it whole is one of them
    assert file.is_file()
    assert not file.is_symlink()
    assert (file.read_bytes(), file.stat().st_uid) == (sound, os.getuid())
    if there is not None:
        assert (file.parent.parent / "别处.rows").read_bytes() == there


def test_where_a_folder_lies_in_its_place_nothing_is_remembered(place: Path, ledger: Path) -> None:
    file = _remembered(place, ledger)
    file.unlink()
    (file / "里面").mkdir(parents=True)
    for _ in range(2):
        assert _in_time(ledger) == _whole(ledger)
    assert list(place.iterdir()) == [file]
    assert list(file.iterdir()) == [file / "里面"]


def _next_descriptor() -> int:
    descriptor = os.open(os.devnull, os.O_RDONLY)
    os.close(descriptor)
    return descriptor


@posix_only
@pytest.mark.parametrize(
    "odd",
    [
        Path.mkdir,
        _pipe,
    ],
    ids=["folder", "pipe"],
)
def test_what_is_not_read_is_closed(place: Path, ledger: Path, odd: Callable[[Path], None]) -> None:
    file = _remembered(place, ledger)
    before = _next_descriptor()
    if odd is not _pipe:
        file.unlink()
    odd(file)
    _register(ledger, "")
    assert _next_descriptor() == before


# Odd content under a valid checksum.


class _Calling:
    """What unpickles as a call."""

    def __init__(self, function: Callable[..., Any], *args: Any) -> None:
        self._call = function, args

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return self._call


def _named(module: str, name: str) -> bytes:
    """Give the pickle of a class or function by its name, called without arguments."""
    return f"c{module}\n{name}\n)R.".encode()


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("around", ["nothing", "row", "rows"])
def test_a_file_that_calls_is_refused_and_calls_nothing(
    place: Path, ledger: Path, around: str, protocol: int
) -> None:
    file, mark = _remembered(place, ledger), ledger.parent / "做过了"
    sound = file.read_bytes()
    program, folder, rows = _held(sound)
    for call in (
        _Calling(os.system, f"touch {mark}"),
        _Calling(eval, f"open({str(mark)!r}, 'w')"),
        _Calling(Path.touch, mark),
        _Calling(os.mkdir, str(mark)),
    ):
        odd: dict[str, Any] = {
            "nothing": call,
            "row": (program, folder, rows | {"01.yaml": (rows["01.yaml"][0], (call, []))}),
            "rows": (program, folder, call),
        }
        file.write_bytes(_sealed(pickle.dumps(odd[around], protocol)))
        assert _register(ledger, "") == _whole(ledger)
        assert not mark.exists()
        assert _held(file.read_bytes()) == _held(sound)


class _Told:
    """Tells when it is made."""

    made = 0

    def __init__(self) -> None:
        type(self).made += 1


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (__name__, "_Told"),
        ("zhenggai.model.told", "_Told"),
        ("zhenggai.ledger.register", "_Told"),
        ("zhenggai.model.ledger_model", "_Told"),
        ("zhenggai.ledger.register", "Told.made"),
    ],
)
def test_a_class_that_rows_are_not_made_of_is_not_made(
    place: Path, ledger: Path, monkeypatch: pytest.MonkeyPatch, module: str, name: str
) -> None:
    """A module found under the name has the class: it is not missed, but refused."""
    file = _remembered(place, ledger)
    sound = file.read_bytes()
    there = vars(sys.modules[module]) if module in sys.modules else {}
    held = dict(there) | {name.partition(".")[0]: _Told}
    monkeypatch.setitem(sys.modules, module, SimpleNamespace(**held))
    file.write_bytes(_sealed(_named(module, name)))
    assert _register(ledger, "") == _whole(ledger)
    assert _Told.made == 0
    assert file.read_bytes() == sound


def test_a_model_in_place_of_a_row_is_not_believed(place: Path, ledger: Path) -> None:
    file = _remembered(place, ledger)
    sound = file.read_bytes()
    model = read_ledger(ledger, "").findings[0]
    assert isinstance(model, Finding)
    changed = _altered(sound, "01.yaml", lambda state, _, problems: (state, (model, problems)))
    file.write_bytes(changed)
    assert _register(ledger, "") == _whole(ledger)
    assert file.read_bytes() == sound


_ODD_ROWS: dict[str, Callable[[Any], Any]] = {
    "none": lambda _: None,
    "number": lambda _: 5,
    "text": lambda _: "甲",
    "list": lambda rows: list(rows.items()),
    "empty": lambda _: {},
    "numbers for names": lambda rows: dict(enumerate(rows.values())),
}
_ODD_ENTRIES: dict[str, Callable[[Any, Any, Any], Any]] = {
    "none": lambda _state, _row, _problems: None,
    "number": lambda _state, _row, _problems: 5,
    "text": lambda _state, _row, _problems: "甲",
    "empty": lambda _state, _row, _problems: (),
    "state only": lambda state, _row, _problems: (state,),
    "state twice": lambda state, _row, _problems: (state, state),
    "one too many": lambda state, row, problems: (state, (row, problems), 1),
    "nothing read": lambda state, _row, _problems: (state, None),
    "number read": lambda state, _row, _problems: (state, 5),
    "text read": lambda state, _row, _problems: (state, "甲"),
    "two letters read": lambda state, _row, _problems: (state, "甲乙"),
    "empty read": lambda state, _row, _problems: (state, ()),
    "no problems": lambda state, row, _problems: (state, (row,)),
    "more than problems": lambda state, row, problems: (state, (row, problems, 1)),
    "row of text": lambda state, _row, problems: (state, ("甲", problems)),
    "row of a number": lambda state, _row, problems: (state, (5, problems)),
    "row of a kind": lambda state, _row, problems: (state, (Kind.IMMEDIATE, problems)),
    "row of another class": lambda state, _row, problems: (state, (Problem("", ""), problems)),
    "row without its class": lambda state, row, problems: (state, (tuple(row), problems)),
    "problems none": lambda state, row, _problems: (state, (row, None)),
    "problems text": lambda state, row, _problems: (state, (row, "甲")),
    "problems number": lambda state, row, _problems: (state, (row, 5)),
    "problems of text": lambda state, row, _problems: (state, (row, ["甲"])),
    "problems without class": lambda state, row, _problems: (state, (row, [("甲", "乙")])),
}


# A field of a row that is not what it should be, deep inside an entry that is else in order.
_ODD_FIELDS: dict[str, Callable[[Row], Row]] = {
    "title": lambda row: row._replace(title=cast("Any", 5)),
    "departments": lambda row: row._replace(departments=cast("Any", (5,))),
    "timeline": lambda row: row._replace(timeline=cast("Any", 5)),
    "done": lambda row: row._replace(timeline=row.timeline._replace(done=cast("Any", ("今天",)))),
    "events": lambda row: row._replace(timeline=row.timeline._replace(events=cast("Any", (5,)))),
    "period": lambda row: row._replace(
        timeline=row.timeline._replace(review_every=cast("Any", Period(cast("Any", "一"), 0)))
    ),
    "more": lambda row: row._replace(more=cast("Any", (5,))),
}


def _is_sound(answer: Register, whole: Register) -> bool:
    """Tell whether an answer is the same as reading whole, to its very classes."""
    return repr(answer) == repr(whole)


@pytest.mark.parametrize("odd", _ODD_ROWS)
def test_odd_rows_are_made_anew(place: Path, ledger: Path, odd: str) -> None:
    file = _remembered(place, ledger)
    program, folder, rows = _held(file.read_bytes())
    file.write_bytes(_sealed(pickle.dumps((program, folder, _ODD_ROWS[odd](rows)))))
    assert _is_sound(_register(ledger, ""), _whole(ledger))
    assert _held(file.read_bytes()) == (program, folder, rows)


@pytest.mark.parametrize("name", ["01.yaml", "inspection.yaml"])
@pytest.mark.parametrize("odd", _ODD_ENTRIES)
def test_what_is_remembered_oddly_of_one_file_is_read_anew(
    place: Path, ledger: Path, odd: str, name: str
) -> None:
    file = _remembered(place, ledger)
    file.write_bytes(_altered(file.read_bytes(), name, _ODD_ENTRIES[odd]))
    assert _is_sound(_register(ledger, ""), _whole(ledger))


@pytest.mark.parametrize("odd", _ODD_FIELDS)
def test_a_row_with_an_odd_field_is_read_anew(place: Path, ledger: Path, odd: str) -> None:
    file = _remembered(place, ledger)

    def changed(state: Any, row: Row, problems: Any) -> Any:
        return state, (_ODD_FIELDS[odd](row), problems)

    file.write_bytes(_altered(file.read_bytes(), "01.yaml", changed))
    assert _is_sound(_register(ledger, ""), _whole(ledger))


@pytest.mark.parametrize(
    ("name", "other"),
    [("01.yaml", "inspection.yaml"), ("inspection.yaml", "01.yaml"), ("inspection.yaml", None)],
)
def test_a_head_is_no_row_and_a_row_no_head_and_a_head_there_always_is(
    place: Path, ledger: Path, name: str, other: str | None
) -> None:
    file = _remembered(place, ledger)
    content = file.read_bytes()
    _, _, rows = _held(content)
    read = rows[other][1] if other else (None, [])
    file.write_bytes(_altered(content, name, lambda state, _row, _problems: (state, read)))
    assert _is_sound(_register(ledger, ""), _whole(ledger))


@pytest.mark.parametrize(
    "odd",
    [
        lambda _: None,
        lambda _: "甲",
        lambda held: held[:2],
        lambda held: (*held, 1),
        lambda held: held[::-1],
        lambda held: ((), *held[1:]),
        lambda held: (None, *held[1:]),
    ],
)
def test_content_of_another_form_is_made_anew(
    place: Path, ledger: Path, odd: Callable[[Any], Any]
) -> None:
    file = _remembered(place, ledger)
    sound = file.read_bytes()
    file.write_bytes(_sealed(pickle.dumps(odd(_held(sound)))))
    assert _is_sound(_register(ledger, ""), _whole(ledger))
    assert file.read_bytes() == sound
