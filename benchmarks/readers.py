"""Time YAML readers on a ledger's files, and count where they read otherwise than ruamel.

    python benchmarks/readers.py LEDGER [--cores yaml_rs]

With `--cores` the named reader parses all files on all cores and nothing is printed: the time of
that is the least a cold reading of the ledger could take.
"""

import argparse
import importlib.util
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from time import perf_counter
from typing import Any

from zhenggai.storage.yaml.fast import plain_data
from zhenggai.storage.yaml.nodes import parse, to_data

_Reader = Callable[[str], Any]

STYLES = Path(__file__).parents[1] / "tests" / "storage" / "styles"


def _with_the_parser(text: str) -> Any:
    node, problems = parse(text, "")
    return to_data(node) if node and not problems else None


# Each reader by its module and what reads one text.
_READERS: dict[str, tuple[str, Callable[[Any], _Reader]]] = {
    "ruamel.yaml": ("ruamel.yaml", lambda _: _with_the_parser),
    "zhenggai, plain": ("zhenggai", lambda _: plain_data),
    "py-yaml12": ("yaml12", lambda yaml12: yaml12.parse_yaml),
    "ryaml": ("ryaml", lambda ryaml: ryaml.loads),
    "yaml_rs": ("yaml_rs", lambda yaml_rs: yaml_rs.loads),
    "PyYAML, C": ("yaml", lambda yaml: lambda text: yaml.load(text, yaml.CSafeLoader)),
}


def _known() -> Iterator[tuple[str, _Reader]]:
    for name, (module, reader) in _READERS.items():
        if importlib.util.find_spec(module):
            yield name, reader(importlib.import_module(module))
        else:
            sys.stderr.write(f"{name} is not installed\n")


def _texts(paths: Iterable[Path]) -> list[str]:
    return [path.read_bytes().decode("utf-8-sig") for path in paths]


def _time(read: _Reader, texts: list[str]) -> float:
    """Give the seconds one text takes: the best of three times through them all."""
    took = []
    for _ in range(3):
        begun = perf_counter()
        for text in texts:
            read(text)
        took.append(perf_counter() - begun)
    return min(took) / len(texts)


def _outcome(read: _Reader, text: str) -> Any:
    try:
        return read(text)
    except Exception:  # noqa: BLE001 - each refuses in its own way
        return None


def _compare(ledger: Path) -> None:
    texts = _texts(sorted(ledger.glob("*.yaml"))[:1000])
    styles = _texts(sorted(STYLES.glob("*.yaml")))
    print(f"{len(texts)} findings; {len(styles)} styles of the tests' corpus\n")
    print("| reader | files a second | styles read as ruamel does | otherwise | refused |")
    print("|---|--:|--:|--:|--:|")
    truth = [_with_the_parser(text) for text in styles]
    for name, read in _known():
        found = [_outcome(read, text) for text in styles]
        same = sum(one == other for one, other in zip(found, truth, strict=True))
        refused = sum(one is None for one in found)
        speed = 1 / _time(read, texts[:200] if name == "ruamel.yaml" else texts)
        print(f"| {name} | {speed:,.0f} | {same} | {len(styles) - same - refused} | {refused} |")


def _parse(name: str, paths: list[Path]) -> int:
    read = dict(_known())[name]
    return sum(read(text) is not None for text in _texts(paths))


def _on_all_cores(name: str, ledger: Path) -> None:
    paths = sorted(ledger.glob("*.yaml"))
    cores = os.cpu_count() or 1
    parts = [paths[core::cores] for core in range(cores)]
    with ProcessPoolExecutor() as pool:
        list(pool.map(_parse, [name] * cores, parts))


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--cores", metavar="READER")
    asked = parser.parse_args()
    if asked.cores:
        _on_all_cores(asked.cores, asked.ledger)
    else:
        _compare(asked.ledger)


if __name__ == "__main__":
    _main()
