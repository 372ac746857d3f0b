"""Count what can be counted in the program's source, and print it as a Markdown table.

    python benchmarks/figures.py [src/zhenggai]

The source is parsed and never imported, so any revision can be counted. What is meant by a figure:

- A function's length is from its `def` line to its last line, decorators not counted.
- An import is first-party when its first name is that of the counted package, and third-party when
  it is neither that nor a module of Python's own.
- A circle is a set of modules each of which imports, over whatever way, every other one. Imports in
  functions and under TYPE_CHECKING count too. `from package import module` counts as an import of
  the module; that Python runs the package's `__init__` on the way does not count.
- Which classes and functions stand for a concept is told by their names, or by a simple sign in
  their code (`_FUNCTION_CONCEPTS`). It finds what to look at, and proves nothing.
"""

import argparse
import ast
import re
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

_HERE = Path(__file__).parent

# Concept: what the names of the classes and type aliases that stand for it look like, whole.
_CLASS_CONCEPTS = {
    "a finding": r"_?(Any)?Finding(Outline|View|Text)?|_?Row|_?Found",
    "an inspection": r"_?(Any)?Inspection(Outline|View)?",
    "a ledger": r"_?(Any)?(Loaded)?Ledger(Outline|View|Reading)?|Loaded|Outlined|OutlineReading",
    "a measure": r"_?(Any)?Measure(Outline|View|Text)?s?",
    "a record": r"_?(Any)?Record(Outline|View)?|_?Moment",
    "a finding with its standing": r"_?(Any)?Item(Outline)?|_?Assessed\w*",
    "a fault in data": r"_?(Any)?(Fault|Problem|Flaw|Verdict|Remark|Diagnostic)s?",
    "a list of output formats": r"_?\w*Format",
}

_ORDERING = {"sorted", "enumerate", "filter", "iter", "max", "min", "pairwise", "reversed"}
_FOLDER_READING = {"glob", "iterdir", "listdir", "rglob", "scandir", "walk"}
_LONG = 40
_LONGEST = 5
_NINE_TENTHS = 0.9


class Module(NamedTuple):
    """One module: its dotted name, its file, its text and what that parses to."""

    name: str
    path: Path
    text: str
    tree: ast.Module


class Function(NamedTuple):
    """One function, and where it stands."""

    module: Module
    node: ast.FunctionDef | ast.AsyncFunctionDef

    @property
    def length(self) -> int:
        """Count its lines."""
        return (self.node.end_lineno or self.node.lineno) - self.node.lineno + 1


def _modules(root: Path) -> list[Module]:
    found = []
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        text = path.read_text(encoding="utf-8")
        found.append(Module(name, path.relative_to(root), text, ast.parse(text)))
    return found


def _functions(modules: Iterable[Module]) -> list[Function]:
    return [
        Function(module, node)
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def _imported(module: Module, node: ast.AST) -> Iterator[tuple[str, str]]:
    """Give what an import statement names: a module, and a name out of it or nothing."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield alias.name, ""
    elif isinstance(node, ast.ImportFrom):
        base = node.module or ""
        if node.level:
            packages = module.name.split(".")
            up = node.level - (module.path.name == "__init__.py")
            base = ".".join([*packages[: len(packages) - up], *filter(None, [base])])
        for alias in node.names:
            yield base, alias.name


def _imports_in_functions(functions: Iterable[Function], package: str) -> tuple[int, Counter[str]]:
    """Count import statements inside functions: first-party ones, and third-party ones by name."""
    first, third = 0, Counter[str]()
    seen: set[tuple[Path, int]] = set()  # a function in a function shows its statements twice
    for function in functions:
        for node in ast.walk(function.node):
            tops = {base.split(".")[0] for base, _ in _imported(function.module, node)}
            place = function.module.path, getattr(node, "lineno", 0)
            if not tops or place in seen:
                continue
            seen.add(place)
            first += package in tops
            third.update(tops - {package} - sys.stdlib_module_names)
    return first, third


def _circles(modules: Sequence[Module]) -> list[list[str]]:
    """Find the sets of modules that import each other."""
    names = {module.name for module in modules}
    graph: dict[str, set[str]] = {name: set() for name in names}
    for module in modules:
        for node in ast.walk(module.tree):
            for base, name in _imported(module, node):
                inner = f"{base}.{name}"
                target = inner if inner in names else base
                if target in names and target != module.name:
                    graph[module.name].add(target)
    reached = {name: _reached(graph, name) for name in names}
    circles = {
        tuple(sorted(other for other in reached[name] if name in reached[other]))
        for name in names
        if name in reached[name]
    }
    return sorted(map(list, circles))


def _reached(graph: dict[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    ahead = list(graph[start])
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead += graph[name]
    return found


def _classes(modules: Iterable[Module]) -> Iterator[tuple[str, str]]:
    """Give every class and type alias, and where it stands."""
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef):
                yield node.name, f"{module.path}:{node.lineno}"
        for node in module.tree.body:
            name = _alias(node)
            if name:
                yield name, f"{module.path}:{node.lineno}"


def _alias(node: ast.stmt) -> str | None:
    """Give the name of a type alias at the top of a module: `Any… = A | B`, or said to be one."""
    match node:
        case ast.AnnAssign(target=ast.Name(id=name), annotation=ast.Name(id="TypeAlias")):
            return name
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.BinOp(op=ast.BitOr())):
            return name
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Subscript()):
            return name if name.lstrip("_")[:1].isupper() and not name.isupper() else None
    return None


def _called(node: ast.AST) -> str:
    """Give the last name of what is called: `scandir` of `os.scandir(folder)`."""
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute):
            return node.func.attr
        if isinstance(node.func, ast.Name):
            return node.func.id
    return ""


def _writes_atomically(node: ast.AST) -> bool:
    """Tell a call that puts a file in another's place; a text's `replace` takes two arguments."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    of_os = isinstance(node.func.value, ast.Name) and node.func.value.id == "os"
    if of_os:
        return node.func.attr in ("replace", "rename")
    return node.func.attr in ("replace", "rename") and len(node.args) == 1


def _reads_folder(node: ast.AST) -> bool:
    return _called(node) in _FOLDER_READING


def _goes_through_records(node: ast.AST) -> bool:
    """Tell a loop over `.records`, or a call that orders, numbers or filters them."""
    if isinstance(node, ast.For | ast.comprehension):
        return _is_records(node.iter)
    if isinstance(node, ast.Call) and _called(node) in _ORDERING:
        return any(map(_is_records, node.args))
    return False


def _is_records(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "records"


# Concept: the sign in a function's code that it may be one.
_FUNCTION_CONCEPTS: dict[str, Callable[[ast.AST], bool]] = {
    "atomic writers (call `.replace(` or `.rename(` of a path)": _writes_atomically,
    "folder readers (call scandir, listdir, walk, iterdir, glob or rglob)": _reads_folder,
    "journal folds (loop over, sort or filter `.records`)": _goes_through_records,
}


def _print_sizes(modules: Sequence[Module], functions: Sequence[Function]) -> None:
    lengths = sorted(function.length for function in functions)
    long = sum(length > _LONG for length in lengths)
    ninety = lengths[min(len(lengths) - 1, int(len(lengths) * _NINE_TENTHS))]
    longest = sorted(functions, key=lambda function: -function.length)[:_LONGEST]
    named = [f"`{one.node.name}` {one.length} ({_place(one)})" for one in longest]
    stems = Counter(module.path.name for module in modules if "__" not in module.path.name)
    twice = [f"`{name}` {count}" for name, count in sorted(stems.items()) if count > 1]
    print(f"| modules | {len(modules)} |")
    print(f"| lines | {sum(len(module.text.splitlines()) for module in modules)} |")
    print(f"| functions | {len(functions)} |")
    print(f"| lines of a function: median | {statistics.median(lengths):g} |")
    print(f"| lines of a function: 90th percentile | {ninety} |")
    print(f"| functions of more than {_LONG} lines | {long} |")
    print(f"| longest functions | {', '.join(named)} |")
    print(f"| file names that stand more than once | {', '.join(twice) or 'none'} |")


def _place(function: Function) -> str:
    return f"{function.module.path}:{function.node.lineno}"


def _print_signs(modules: Sequence[Module], functions: Sequence[Function], package: str) -> None:
    nodes = [node for module in modules for node in ast.walk(module.tree)]
    anys = sum(
        (isinstance(node, ast.Name) and node.id == "Any")
        or (isinstance(node, ast.Attribute) and node.attr == "Any")
        for node in nodes
    )
    texts = [module.text for module in modules]
    noqa, ignored = (
        sum(len(re.findall(sign, text)) for text in texts)
        for sign in (r"#\s*noqa", r"#\s*type:\s*ignore")
    )
    first, third = _imports_in_functions(functions, package)
    names = ", ".join(f"`{name}` {count}" for name, count in sorted(third.items()))
    print(f"| imports inside functions, first-party | {first} |")
    print(f"| imports inside functions, third-party | {third.total()}: {names} |")
    print(f"| uses of the name `Any` | {anys} |")
    print(f"| `# noqa` | {noqa} |")
    print(f"| `# type: ignore` | {ignored} |")
    circles = _circles(modules)
    shown = "; ".join(", ".join(f"`{name}`" for name in circle) for circle in circles)
    print(f"| import circles | {len(circles)}{': ' if shown else ''}{shown} |")


def _print_concepts(modules: Sequence[Module], functions: Sequence[Function]) -> None:
    print("\n| concept | how many | what stands for it |")
    print("|---|--:|---|")
    classes = list(_classes(modules))
    for concept, pattern in _CLASS_CONCEPTS.items():
        found = [(name, place) for name, place in classes if re.fullmatch(pattern, name)]
        _print_concept(concept, found)
    standing_for = defaultdict[str, list[tuple[str, str]]](list)
    for function in functions:
        for concept, is_sign in _FUNCTION_CONCEPTS.items():
            if any(map(is_sign, _own(function.node))):
                standing_for[concept].append((function.node.name, _place(function)))
    for concept in _FUNCTION_CONCEPTS:
        _print_concept(concept, standing_for[concept])


def _own(function: ast.AST) -> Iterator[ast.AST]:
    """Walk a function, but not the functions in it."""
    for child in ast.iter_child_nodes(function):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield child
            yield from _own(child)


def _print_concept(concept: str, found: Sequence[tuple[str, str]]) -> None:
    shown = ", ".join(f"`{name}` ({place})" for name, place in found)
    print(f"| {concept} | {len(found)} | {shown} |")


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path, nargs="?", default=_HERE.parent / "src" / "zhenggai")
    root = parser.parse_args().source.resolve()
    modules = _modules(root)
    if not modules:
        parser.error(f"no Python files below {root}")
    functions = _functions(modules)
    print("| figure | |")
    print("|---|---|")
    _print_sizes(modules, functions)
    _print_signs(modules, functions, root.name)
    _print_concepts(modules, functions)


if __name__ == "__main__":
    _main()
