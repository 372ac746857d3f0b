"""What every test starts from: a known environment, and the program at hand."""

from collections.abc import Iterator
from typing import Any

import pytest
import typer.main
from hypothesis import settings

from commandline import Outcome, Zhenggai
from version_one import VersionOne
from zhenggai.cli import app

# How fast the machine is, and what it imports on the way, is not what the tests are about.
settings.register_profile("calm", deadline=None)
settings.load_profile("calm")

# Whatever the machine has set, a test sets for itself.
_FOREIGN = (
    "ZHENGGAI_LEDGER",
    "ZHENGGAI_TODAY",
    "NO_COLOR",
    "FORCE_COLOR",
    "CLICOLOR_FORCE",
    "TTY_COMPATIBLE",
    "LINES",
    "GITHUB_STEP_SUMMARY",
)


@pytest.fixture(autouse=True)
def _known_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    for name in _FOREIGN:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("ZHENGGAI_NO_CACHE", "1")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.getbasetemp() / "state"))


@pytest.fixture(scope="session")
def _command() -> Any:
    """Give the program's commands as typer builds them: once, for that takes half of every run."""
    return typer.main.get_command(app.app)


@pytest.fixture
def zhenggai(capsys: pytest.CaptureFixture[str], _command: Any) -> Zhenggai:
    """Run the program in this process; its output is that of a pipe."""

    def run(*args: str) -> Outcome:
        capsys.readouterr()
        code = app.main(list(args), _command)
        out, err = capsys.readouterr()
        return Outcome(int(code), out, err)

    return run


@pytest.fixture(scope="session")
def version_one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VersionOne]:
    """Have version 0.1.0 ready, on which every attack has to succeed."""
    version = VersionOne(tmp_path_factory.mktemp("0.1.0"))
    yield version
    version.stop()
