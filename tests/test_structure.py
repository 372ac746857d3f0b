"""The house: which way imports point, what start-up loads, and READMEs that tell the truth."""

import ast
import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from commandline import ROOT, process, python

PACKAGE = ROOT / "src" / "zhenggai"
MODULES = sorted(PACKAGE.rglob("*.py"))

# What each room may know of; the rooms further up are no business of those below.
MAY_IMPORT = {
    "model": {"model"},
    "ledger": {"ledger", "model", "errors"},
    "rules": {"rules", "ledger", "model", "errors"},
    "storage": {"storage", "rules", "ledger", "model", "errors", "version"},
    "views": {"views", "ledger", "model", "errors"},
    "notice": {"notice", "views", "storage", "rules", "ledger", "model", "errors"},
    "importers": {"importers", "notice", "storage", "rules", "ledger", "model", "errors"},
    "exporters": {"exporters", "notice", "views", "storage", "ledger", "model", "errors"},
    "rollup": {"rollup", "exporters", "storage", "ledger", "model", "errors", "version"},
    "cli": {
        *(
            "cli",
            "api",
            "rollup",
            "exporters",
            "importers",
            "notice",
            "views",
            "storage",
            "rules",
            "ledger",
            "model",
            "errors",
        ),
        "version",
    },
    "errors": set(),
    "api": {"exporters", "notice", "views", "storage", "rules", "ledger", "model", "errors"},
    "__main__": {"cli"},
    "__init__": {"api", "version"},
    "version": set(),
}
_PURE = ("model", "ledger", "rules")
# Model, ledger and rules know no screen, no file, no process and no clock.
_FOREIGN_TO_PURE_ROOMS = re.compile(
    r"rich|typer|ruamel|tabulate|wcwidth|jinja2|docx|filelock"
    r"|os|io|sys|subprocess|shutil|tempfile|glob|socket|logging|time|threading|locale"
)
_TOUCHES_FILES = re.compile(
    r"open|(read|write)_(text|bytes)|mkdir|unlink|iterdir|scandir|exists|is_file|is_dir|stat"
)


def _name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _imports(path: Path) -> Iterator[tuple[str, str]]:
    """Give every import as (module, name), also those inside functions; name '' for the whole."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield from ((node.module or "", alias.name) for alias in node.names)


def _calls(path: Path) -> Iterator[tuple[str, str]]:
    """Give every call as (owner, function); owner '' for a bare name."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield "", node.func.id
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            yield owner.id if isinstance(owner, ast.Name) else "?", node.func.attr


def test_there_are_modules_in_every_room() -> None:
    assert {_room(path) for path in MODULES} == set(MAY_IMPORT)


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_imports_point_down(path: Path) -> None:
    taken = set()
    for module, name in _imports(path):
        if module == "zhenggai":
            taken.add(name)
        elif module.startswith("zhenggai."):
            taken.add(module.split(".")[1])
    assert taken - MAY_IMPORT[_room(path)] == set()


@pytest.mark.parametrize("path", [path for path in MODULES if _room(path) in _PURE], ids=_name)
def test_model_ledger_and_rules_know_no_screen_no_file_and_no_clock(path: Path) -> None:
    imported = set(_imports(path))
    foreign = [m for m, _ in imported if _FOREIGN_TO_PURE_ROOMS.fullmatch(m.partition(".")[0])]
    assert foreign == []
    paths = {name for module, name in imported if module == "pathlib"}
    assert paths <= {"PurePosixPath", "PureWindowsPath"}


@pytest.mark.parametrize(
    "path", [path for path in MODULES if _room(path) in (*_PURE, "views")], ids=_name
)
def test_the_pure_rooms_and_the_views_touch_no_file(path: Path) -> None:
    assert [name for _, name in _calls(path) if _TOUCHES_FILES.fullmatch(name)] == []


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_every_module_says_in_its_first_line_what_it_is_for(path: Path) -> None:
    words = ast.get_docstring(_tree(path))
    assert words, f"{path} has no docstring"
    assert len(words.splitlines()[0]) > 15


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_nothing_is_printed_past_the_command_line(path: Path) -> None:
    assert ("", "print") not in set(_calls(path))
    if _room(path) != "cli":
        written = {module for module, name in _imports(path) if (module, name) == ("sys", "stdout")}
        assert written == set()
        assert "sys.stdout" not in path.read_text(encoding="utf-8")


def test_the_clock_is_read_in_one_place() -> None:
    clocks = {("date", "today"), ("datetime", "today"), ("datetime", "now"), ("datetime", "utcnow")}
    readers = [_name(path) for path in MODULES if clocks & set(_calls(path))]
    assert readers == ["cli/ledger_access.py"]


# A copy for the user's editor, places for a revision of git and a PDF: outside every ledger.
_SCRATCH = ["cli/edit.py", "storage/git_revision.py", "storage/pdf_conversion.py"]
_WRITES = re.compile(r"write_(text|bytes)|mkstemp|rename|link|symlink_to|hardlink_to|copy|move")


def test_files_are_written_in_one_place() -> None:
    writers = {
        _name(path)
        for path in MODULES
        for owner, name in _calls(path)
        if _WRITES.fullmatch(name) or (owner, name) == ("os", "replace")
    }
    assert writers == {"storage/atomic.py", *_SCRATCH}


TESTS = ROOT / "tests"
_PATCHES = re.compile(r"(set|del)attr|patch|object")


def _scripts(tree: ast.Module) -> Iterator[ast.Module]:
    """Give a test's tree, and those of the scripts about us that it holds as texts."""
    yield tree
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and "import" in text and "zhenggai" in text:
            with suppress(SyntaxError):
                yield ast.parse(text)


def _owner(node: ast.expr) -> str:
    """Give the name that an attribute of an attribute begins with, or what a text names."""
    while isinstance(node, ast.Attribute):
        node = node.value
    if isinstance(node, ast.Constant):
        return str(node.value).partition(".")[0]
    return node.id if isinstance(node, ast.Name) else ""


def _patched(tree: ast.Module) -> Iterator[str]:
    """Give what a test puts in place of something of ours."""
    nodes = list(ast.walk(tree))
    ours = {"zhenggai"}
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in ours:
            ours |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            named = [alias for alias in node.names if alias.name.startswith("zhenggai.")]
            ours |= {alias.asname for alias in named if alias.asname}
    for node in nodes:
        if isinstance(node, ast.Call) and node.args:
            called = node.func.attr if isinstance(node.func, ast.Attribute) else _owner(node.func)
            changed = node.args[:1] if _PATCHES.fullmatch(called) else []
        elif isinstance(node, (ast.Assign, ast.Delete)):
            parts = [part for target in node.targets for part in ast.walk(target)]
            changed = [part for part in parts if isinstance(part, ast.Attribute)]
        else:
            continue
        yield from (ast.unparse(node) for one in changed if _owner(one) in ours)


@pytest.mark.parametrize(
    "path", sorted(TESTS.rglob("*.py")), ids=lambda path: path.relative_to(TESTS).as_posix()
)
def test_what_a_test_needs_otherwise_is_a_parameter_and_not_patched(path: Path) -> None:
    assert [one for tree in _scripts(_tree(path)) for one in _patched(tree)] == []


@pytest.mark.parametrize(
    ("imports", "patching"),
    [
        ("from zhenggai.storage import locking as x", "monkeypatch.setattr(x, '_LIMIT', 1)"),
        ("from zhenggai import storage", "monkeypatch.setattr(storage.locking, '_LIMIT', 1)"),
        ("import zhenggai.storage.locking as x", "x._LIMIT = 1"),
        ("import zhenggai.storage", "zhenggai.storage.locking._LIMIT, other = (1, 2)"),
        ("import pytest", "patch.delattr('zhenggai.storage.locking._LIMIT')"),
        ("from unittest import mock", "mock.patch('zhenggai.storage.locking._LIMIT', 1)"),
    ],
)
def test_patching_is_seen_however_it_is_written(imports: str, patching: str) -> None:
    # Python 3.10 writes a tuple with parentheses.
    as_written = ast.unparse(ast.parse(patching))
    assert set(_patched(ast.parse(f"{imports}\n{patching}"))) == {as_written}


_LOADED = """
import contextlib, io, json, sys
from zhenggai.cli.app import main
for words in sys.argv[1:]:
    with contextlib.redirect_stdout(io.StringIO()):
        code = main(words.split())
    print(json.dumps([int(code), sorted({name.partition(".")[0] for name in sys.modules})]))
"""
_HEAVY = {"pydantic", "rich", "ruamel", "tabulate", "wcwidth", "jinja2", "docx", "filelock"}
_HEAVY |= {"markdown_it", "openpyxl", "xlrd", "xlsxwriter", "defusedxml", "duckdb"}
_STATUS = "status --ledger ledgers/keji-2021 --today 2021-05-18 --format"


def _loaded_after(*commands: str) -> list[set[str]]:
    """Run commands one after another in one process; give the heavy libraries loaded by then."""
    lines = python("-c", _LOADED, *commands, cwd=ROOT).out.splitlines()
    loaded = []
    for line in lines:
        code, names = json.loads(line)
        assert code == 0
        assert "typer" in names
        loaded.append(_HEAVY & set(names))
    return loaded


def test_no_command_loads_a_library_it_can_do_without() -> None:
    commands: dict[str, set[str]] = {
        "--version": set(),
        "--help": set(),
        "status --help": set(),
        "new --help": set(),
        f"{_STATUS} json": set(),
        f"{_STATUS} csv": set(),
        f"{_STATUS} table": set(),
    }
    assert dict(zip(commands, _loaded_after(*commands), strict=True)) == commands


def _readme(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _blocks(name: str, language: str) -> list[str]:
    found: list[str] = re.findall(
        rf"^```{language}\n(.*?)^```$", _readme(name), re.MULTILINE | re.DOTALL
    )
    return found


READMES = ("README.md", "README.zh-CN.md")


def test_both_readmes_give_the_same_commands_for_the_shell() -> None:
    english, chinese = (_blocks(name, "sh") for name in READMES)
    assert english
    assert english == chinese


def test_both_readmes_name_the_same_commands_of_the_program() -> None:
    english, chinese = (
        sorted(set(re.findall(r"`zhenggai ([a-z]+)", _readme(name)))) for name in READMES
    )
    assert english == chinese


def test_the_pictures_in_both_readmes_are_what_the_program_shows() -> None:
    english, chinese = (_blocks(name, "console") for name in READMES)
    assert english
    assert english == chinese
    for picture in english:
        prompt, _, shown = picture.partition("\n")
        words = prompt.removeprefix("$ zhenggai ").split()
        outcome = process(*words, cwd=ROOT)
        assert (outcome.code, outcome.out) == (0, shown)


def test_the_readme_marks_the_blocks_that_ci_runs() -> None:
    marked = re.findall(
        r"^<!-- ci: (\w+) -->\n```sh\n((?:.+\n)+?)```$", _readme("README.md"), re.MULTILINE
    )
    assert [name for name, _ in marked] == ["setup", "install", "main", "test"]
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert [name for name, _ in marked if f"readme {name}" not in script] == []


def _modules_imported(path: Path) -> Iterator[str]:
    """Yield the modules of this package that a module imports, lazily or for types alone too."""
    names = {_dotted(module) for module in MODULES}
    for module, name in _imports(path):
        for candidate in (f"{module}.{name}", module):
            if candidate in names:
                yield candidate
                break


def _dotted(path: Path) -> str:
    return ".".join(("zhenggai", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(
        ".__init__"
    )


def test_no_two_modules_have_the_same_name() -> None:
    named = Counter(path.stem for path in MODULES if path.stem != "__init__")
    assert [name for name, times in named.items() if times > 1] == []


def test_modules_do_not_import_one_another_in_a_circle() -> None:
    graph = {_dotted(path): set(_modules_imported(path)) for path in MODULES}
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle
