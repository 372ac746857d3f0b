"""A machine that lacks what programs take for granted: words and the documented codes, no crash."""

import errno
import os
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from commandline import Outcome, Zhenggai, environment, python
from git_repository import SETTINGS, init
from ledger_files import finding, write_ledger
from zhenggai.storage.parallel import Spreading, spread

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX")
pytestmark = posix

DAY = {"ZHENGGAI_TODAY": "2021-05-18"}
CACHED = DAY | {"ZHENGGAI_NO_CACHE": None}


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.delenv("VISUAL", raising=False)
    return write_ledger(tmp_path / "台账", {"01": finding(), "02": finding(问题="学习不够")})


@pytest.fixture(scope="module")
def old_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a ledger, only to be read, whose files are old enough to be remembered."""
    findings = {"01": finding(), "02": finding(问题="学习不够")}
    root = write_ledger(tmp_path_factory.mktemp("旧") / "台账", findings)
    time.sleep(2.1)
    return root


def _in_a_shell(
    script: str, *words: str, cwd: Path, env: Mapping[str, str | None] | None = None
) -> Outcome:
    """Run the program by a shell, which finds it as "$@"."""
    done = subprocess.run(
        ["/bin/sh", "-c", script, "sh", sys.executable, "-m", "zhenggai", *words],
        cwd=cwd,
        env=environment(DAY | dict(env or {})),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


# No home, no place for what is remembered.

_NOBODY = """
import pwd, sys
def unknown(number):
    raise KeyError(f"getpwuid(): uid not found: {number}")
pwd.getpwuid = unknown
from zhenggai.cli.app import main
sys.exit(main())
"""
_HOMES: dict[str, Mapping[str, str | None]] = {
    "none": {"HOME": None},
    "relative": {"HOME": "家"},
    "a tilde": {"HOME": "~"},
    "empty": {"HOME": ""},
    "relative cache": {"HOME": None, "XDG_CACHE_HOME": "缓存"},
}


@pytest.mark.parametrize("home", _HOMES)
def test_without_a_home_nothing_is_remembered_and_nothing_left_where_the_user_is(
    old_ledger: Path, tmp_path: Path, home: str
) -> None:
    here = tmp_path / "这里"
    here.mkdir()
    env = CACHED | {"XDG_CACHE_HOME": None} | dict(_HOMES[home])
    for words in (("status",), ("show", "1")):
        done = python("-c", _NOBODY, *words, "--ledger", str(old_ledger), cwd=here, env=env)
        assert (done.code, done.err) == (0, "")
    assert list(here.iterdir()) == []
    assert not (old_ledger / "~").exists()


def _a_file(place: Path) -> None:
    place.write_text("x", encoding="utf-8")


_CACHES: dict[str, Callable[[Path], object]] = {
    "file": _a_file,
    "FIFO": os.mkfifo,
    "loop": lambda place: place.symlink_to(place.name),
    "dangling link": lambda place: place.symlink_to("没有/这里"),
    "link to a file": lambda place: place.symlink_to("/etc/hostname"),
    "link to a device": lambda place: place.symlink_to("/dev/null"),
    "unwritable": lambda place: place.symlink_to("/proc"),
}


@pytest.mark.parametrize("what", _CACHES)
@pytest.mark.parametrize("level", ["home", "folder", "entry"])
def test_a_place_that_remembers_nothing_is_no_failure(
    old_ledger: Path,
    tmp_path: Path,
    zhenggai: Zhenggai,
    monkeypatch: pytest.MonkeyPatch,
    what: str,
    level: str,
) -> None:
    home = tmp_path / "缓存"
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))
    monkeypatch.setenv("ZHENGGAI_TODAY", "2021-05-18")
    said = zhenggai("status", "--ledger", str(old_ledger))
    monkeypatch.delenv("ZHENGGAI_NO_CACHE")
    place = home if level == "home" else home / "zhenggai"
    if level == "entry":
        assert zhenggai("status", "--ledger", str(old_ledger)) == said
        [place] = (home / "zhenggai").iterdir()
        place.unlink()
    place.parent.mkdir(exist_ok=True)
    _CACHES[what](place)
    for _ in range(2):
        assert zhenggai("status", "--ledger", str(old_ledger)) == said


@pytest.mark.skipif(sys.platform != "linux", reason="XDG's folder is that of Linux")
def test_a_cache_folder_on_another_disk_is_used(
    old_ledger: Path, tmp_path: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "大盘").mkdir()
    (tmp_path / "缓存").symlink_to("大盘")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "缓存"))
    monkeypatch.delenv("ZHENGGAI_NO_CACHE")
    assert zhenggai("status", "--ledger", str(old_ledger), "--today", "2021-05-18").code == 0
    assert list((tmp_path / "大盘").rglob("*.rows"))


# No folder for temporary files.


@pytest.fixture
def _no_temporary_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> str:
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/tmp']")

    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_get_default_tempdir", none)


_NO_PLACE = "错误：没有可以写入的临时文件夹；用环境变量TMPDIR指定一个\n"


@pytest.mark.usefixtures("_no_temporary_place")
def test_without_a_place_for_temporary_files_what_needs_one_says_so(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (SETTINGS | DAY).items():
        monkeypatch.setenv(name, value)
    init(ledger.parent).commit()
    at = ("--ledger", str(ledger))
    assert zhenggai("edit", "1", *at) == (4, "", _NO_PLACE)
    assert zhenggai("check", "--since", "HEAD", *at)[::2] == (4, _NO_PLACE)
    paper = str(ledger.parent / "通报.docx")
    for words in (("status",), ("check",), ("log", "1", "看过"), ("announce", "-o", paper)):
        assert zhenggai(*words, *at).code == 0


# A current folder that is gone.

_GONE = 'rmdir "$PWD"; exec "$@"'


@pytest.fixture
def gone(tmp_path: Path) -> Path:
    folder = tmp_path / "将删"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    "words",
    [
        "status",
        "list",
        "show 1",
        "check",
        "check --format sarif",
        "log 1 看过",
        "edit 1",
        "announce",
    ],
)
def test_in_a_deleted_folder_a_ledger_named_in_full_is_found(
    ledger: Path, gone: Path, words: str
) -> None:
    done = _in_a_shell(_GONE, *words.split(), "--ledger", str(ledger), cwd=gone)
    assert done.code == 0, done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("status", 2),
        ("status --ledger 台账", 2),
        ("new 问题", 2),
        ("announce -o 通报.md --ledger {}", 2),
        ("check --output sarif=x --ledger {}", 2),
        ("done 1.1 --evidence x --ledger {}", 2),
        ("init", 4),
        ("init 台账", 4),
        ("import 通报.txt", 2),
        ("complete-words 2 show --ledger 台账", 0),
    ],
)
def test_in_a_deleted_folder_what_is_named_from_there_is_refused_in_words(
    ledger: Path, gone: Path, words: str, code: int
) -> None:
    done = _in_a_shell(_GONE, *words.replace("{}", str(ledger)).split(), cwd=gone)
    assert done.code == code, done
    assert code == 0 or done.err.splitlines()[-1].startswith("错误：")
    assert "Traceback" not in done.err


# No standard input.


@pytest.mark.parametrize(
    ("words", "code"),
    [
        *(("init 新台账", 0), ("status", 0), ("edit 1", 0), ("new 会议过多", 0)),
        ("import 没有.txt -o 新", 2),
    ],
)
def test_without_standard_input_nobody_is_asked(ledger: Path, words: str, code: int) -> None:
    done = _in_a_shell('"$@" <&-', *words.split(), cwd=ledger)
    assert done.code == code, done
    assert "Traceback" not in done.err


def test_without_standard_input_a_faulty_edit_is_not_tried_again(ledger: Path) -> None:
    env = {"EDITOR": shlex.join(["cp", str(ledger / "inspection.yaml")])}
    done = _in_a_shell('"$@" <&-', "edit", "1", cwd=ledger, env=env)
    assert done.code == 3
    assert "错误：文件有错误，未写入；改动留在 " in done.err


# What an editor leaves beside the copy.


@pytest.mark.parametrize("is_changed", [True, False])
def test_what_an_editor_leaves_beside_the_copy_goes_with_it(
    ledger: Path,
    tmp_path: Path,
    zhenggai: Zhenggai,
    monkeypatch: pytest.MonkeyPatch,
    is_changed: bool,
) -> None:
    place = tmp_path / "临时"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    leave = (
        "import pathlib, sys; copy = pathlib.Path(sys.argv[1])\n"
        "for name in ('.01.yaml.swp', '01.yaml~', '#01.yaml#', '.netrwhist'):\n"
        "    copy.with_name(name).write_text('x')\n"
        "copy.with_name('backup').mkdir(); copy.with_name('backup').joinpath('1').touch()\n"
    )
    change = "copy.write_text(copy.read_text(encoding='utf-8') + '# 改\\n', encoding='utf-8')"
    script = leave + change * is_changed
    monkeypatch.setenv("EDITOR", shlex.join([sys.executable, "-c", script]))
    outcome = zhenggai("edit", "1", "--ledger", str(ledger))
    assert (outcome.code, outcome.err) == (0, "")
    assert list(place.iterdir()) == []


# Ctrl-C before the program has begun.


@pytest.mark.parametrize("module", ["typer", "zhenggai_status_needs"])
def test_ctrl_c_while_the_program_loads_ends_in_words(
    ledger: Path, tmp_path: Path, module: str
) -> None:
    planted = tmp_path / "模块"
    planted.mkdir()
    text = "import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(10)\n"
    if module == "typer":
        (planted / "typer.py").write_text(text, encoding="utf-8")
    else:  # a library that only some commands load
        (planted / "filelock.py").write_text(text, encoding="utf-8")
    path = os.pathsep.join([str(planted), os.environ.get("PYTHONPATH", "")])
    words = ("log", "1", "看过", "--ledger", str(ledger))
    done = python("-m", "zhenggai", *words, env=DAY | {"PYTHONPATH": path})
    assert done == Outcome(130, "", "错误：已中断，未改动任何文件\n")


def test_ctrl_c_at_any_moment_ends_in_words(ledger: Path) -> None:
    many = bool(os.environ.get("ZHENGGAI_THOROUGH"))
    for step in range(60 if many else 6):
        words = [sys.executable, "-m", "zhenggai", "check", "--ledger", str(ledger)]
        with subprocess.Popen(
            words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(DAY)
        ) as running:
            try:
                running.communicate(timeout=0.1 + 0.01 * step * (1 if many else 10))
            except subprocess.TimeoutExpired:
                running.send_signal(signal.SIGINT)
            out, err = running.communicate(timeout=30)
        if running.returncode == 130:
            assert err.decode().startswith("错误：已中断"), err
        else:  # it was done; or Python itself had not begun
            assert running.returncode in (0, -signal.SIGINT, 1), (out, err)
            assert b"zhenggai/cli" not in err


def test_ctrl_c_is_told_as_such_where_compiled_code_made_another_error_of_it() -> None:
    # pydantic's engine, interrupted while it builds a validator, raises its own SchemaError.
    program = (
        "import os, signal, sys\n"
        "from zhenggai.__main__ import CtrlC\n"
        "from zhenggai.cli.app import main\n"
        "def command(*args, **options):\n"
        "    try:\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "        signal.pause()\n"
        "    except KeyboardInterrupt:\n"
        "        raise ValueError from None\n"
        "ctrl_c = CtrlC()\n"
        "sys.exit(main([], command, lambda: ctrl_c.pressed))\n"
    )
    done = python("-c", program, env=DAY)
    assert done == Outcome(130, "", "错误：已中断，未改动任何文件\n")


# Disks without locks, machines without processes.


@pytest.mark.parametrize("is_new", [True, False])
def test_a_disk_without_locks_is_written_without_a_word_of_english(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch, is_new: bool
) -> None:
    import fcntl

    from filelock import FileLock

    def missing(*_: object) -> None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    def refusing(*_: object, **__: object) -> None:
        raise NotImplementedError("FileSystem does not appear to support flock")

    if is_new:
        monkeypatch.setattr(fcntl, "flock", missing)
    else:  # as filelock was before it fell back by itself
        monkeypatch.setattr(FileLock, "acquire", refusing)
    for what in ("看过一次", "看过两次"):
        words = ("log", "1", what, "--ledger", str(ledger), "--today", "2021-05-18")
        outcome = zhenggai(*words)
        assert (outcome.code, outcome.err) == (0, "")
    assert (ledger / "01.yaml").read_text(encoding="utf-8").count("看过") == 2


def test_a_disk_that_has_no_more_locks_is_named_in_chinese(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    def none_left(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", none_left)
    outcome = zhenggai("log", "1", "看过", "--ledger", str(ledger), "--today", "2021-05-18")
    assert (outcome.code, outcome.out) == (4, "")
    assert "这个磁盘不支持文件锁" in outcome.err


def test_where_no_process_can_be_started_the_files_are_read_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def none(_: object) -> None:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr("multiprocessing.context.ForkProcess.start", none)
    monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", none)
    names = list(range(300))
    assert list(spread(abs, names, 0.0, Spreading(worth=-1.0))) == names
