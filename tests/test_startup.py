"""Start-up: a run loads what it uses; once warm, no library that is slow to load."""

import json

import pytest

from commandline import ROOT, SAMPLE, python

_RUN = """
import contextlib, io, json, sys
from zhenggai.cli.app import main
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    code = main(sys.argv[1:])
print(json.dumps([int(code), sorted(sys.modules)]))
"""

_LIBRARIES = {
    "pydantic",
    "pydantic_core",
    "ruamel",
    "rich",
    "wcwidth",
    "jinja2",
    "filelock",
    "markdown_it",
    "docx",
}
_LIBRARIES |= {"openpyxl", "xlrd", "xlsxwriter", "defusedxml"}
_LIBRARIES |= {"tabulate", "yaml12", "email", "http", "xml", "multiprocessing"}
_OURS = {
    "zhenggai.api",
    "zhenggai.model.ledger_model",
    "zhenggai.rules",
    "zhenggai.ledger.standing",
    "zhenggai.storage.ledger_file",
    "zhenggai.storage.row_cache",
    "zhenggai.views.progress_tables",
}
_STATUS = ("status", "--today", "2021-05-18", "--ledger", str(SAMPLE))


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str | None]:
    """Give an environment whose cache folder knows the sample, wherever the system has it."""
    folder = tmp_path_factory.mktemp("cache")
    variables = ("XDG_CACHE_HOME", "LOCALAPPDATA", "WIN_PD_OVERRIDE_LOCAL_APPDATA")
    env = {"ZHENGGAI_NO_CACHE": None} | dict.fromkeys(variables, str(folder))
    # Rows are remembered where the sample was checked out more than two seconds ago.
    _loaded(_RUN, env, *_STATUS)
    assert [path for path in folder.rglob("*.rows") if path.stat().st_size]
    return env


def _loaded(script: str, env: dict[str, str | None], *command: str) -> set[str]:
    code, names = json.loads(python("-c", script, *command, env=env).out)
    assert code == 0
    assert "typer" in names
    return {name for name in names if name in _OURS or name.partition(".")[0] in _LIBRARIES}


_OF_A_REGISTER = {"zhenggai.ledger.standing", "zhenggai.storage.row_cache"}
_COMPLETING = ("complete-words", "2", "zhenggai", "show", "", "--ledger", str(SAMPLE))


@pytest.mark.parametrize(
    ("command", "used"),
    [
        (("--version",), set()),
        (("--help",), set()),
        (("complete-words", "1", "zhenggai", "sta"), set()),
        (_COMPLETING, _OF_A_REGISTER),
        (_STATUS, _OF_A_REGISTER | {"zhenggai.views.progress_tables"}),
        (("list", *_STATUS[1:]), _OF_A_REGISTER),
        (
            ("list", "--format", "json", "--sort", "紧急程度", *_STATUS[1:]),
            _OF_A_REGISTER | {"zhenggai.model.ledger_model"},
        ),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, tuple) else "",
)
def test_a_warm_run_loads_only_what_it_uses(
    places: dict[str, str | None], command: tuple[str, ...], used: set[str]
) -> None:
    assert _loaded(_RUN, places, *command) == used


_READS = {"yaml12", "pydantic_core"}
_CHANGES_SOMETHING = _READS | {"ruamel", "filelock"}
_CLOSE = ("close", "17", "--by", "局党组", "--on", "2021-05-18", "--dry-run", *_STATUS[1:])


@pytest.mark.parametrize(
    ("command", "libraries"),
    [
        (_STATUS, _READS),
        (("list", "--search", "会议", *_STATUS[1:]), _READS),
        (("show", "7", *_STATUS[1:]), _READS),
        (("check", *_STATUS[1:]), _READS),
        (("check", "--format", "sarif", *_STATUS[1:]), _READS),
        (_CLOSE, _CHANGES_SOMETHING),
        (("log", "7", "正在整改", "--dry-run", *_STATUS[1:]), _CHANGES_SOMETHING),
        (("announce", *_STATUS[1:]), _READS | {"jinja2", "markdown_it"}),
    ],
    ids=lambda value: " ".join(value[:3]) if isinstance(value, tuple) else "",
)
def test_a_cold_run_loads_no_library_it_can_do_without(
    command: tuple[str, ...], libraries: set[str]
) -> None:
    env: dict[str, str | None] = {"ZHENGGAI_NO_CACHE": "1"}
    assert _loaded(_RUN, env, *command) & _LIBRARIES == libraries


@pytest.mark.parametrize("command", [("--version",), _STATUS, _CLOSE], ids=lambda one: one[0])
def test_a_run_loads_the_command_it_carries_out_and_no_other(command: tuple[str, ...]) -> None:
    _, names = json.loads(python("-c", _RUN, *command).out)
    commands = {path.stem for path in (ROOT / "src" / "zhenggai" / "cli").glob("*.py")}
    shared = {
        "__init__",
        "app",
        "help_text",
        "commands",
        "console",
        "ledger_access",
        "progress",
        "editing",
    }
    shared |= {
        "candidates",
        "change",
        "finding_search",
        "typed_ids",
        "edit_options",
        "format_options",
        "options",
    }
    loaded = {name.removeprefix("zhenggai.cli.") for name in names if "zhenggai.cli." in name}
    own = {"--version": set(), "status": {"status_command"}, "close": {"close"}}
    assert loaded & (commands - shared) == own[command[0]]
    if command == _STATUS:  # it names no finding
        assert not loaded & {"editing", "edit_options", "change", "finding_search", "typed_ids"}


@pytest.mark.parametrize(
    ("command", "modules"),
    [
        (("list", "--help"), set()),
        (("list", *_STATUS[1:]), {"table"}),
        (("list", "--format", "csv", *_STATUS[1:]), {"csv"}),
        (("status", "--format", "plain", *_STATUS[1:]), {"plain", "table"}),
        (("show", "7", *_STATUS[1:]), {"text"}),
        (("check", "--format", "sarif", *_STATUS[1:]), {"sarif", "for_machines"}),
        (("announce", *_STATUS[1:]), {"md"}),
        (_CLOSE, {"text"}),
    ],
    ids=lambda value: " ".join(value[:3]) if isinstance(value, tuple) else "",
)
def test_a_run_loads_the_format_it_writes_and_no_other(
    command: tuple[str, ...], modules: set[str]
) -> None:
    _, names = json.loads(python("-c", _RUN, *command).out)
    loaded = {name.removeprefix("zhenggai.exporters.") for name in names if "exporters." in name}
    assert loaded - {"registry"} == modules
