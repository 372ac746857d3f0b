"""Shared parts of the machine-readable check reports."""

import json
from collections import Counter
from collections.abc import Sequence

from zhenggai.model.problem import Problem
from zhenggai.views.screen_text import inert, spelled_out


def inert_json(text: str) -> str:
    """Escape what JSON lets stand, and a terminal or a CI system's runner would act on."""
    lines = (
        line if line.isprintable() else "".join(map(_escaped, line)) for line in text.split("\n")
    )
    return inert("\n".join(lines), "\\u{:04x}".format)


def _escaped(character: str) -> str:
    return character if spelled_out(character) == character else json.dumps(character)[1:-1]


def fingerprints(problems: Sequence[Problem]) -> list[str]:
    """Return a name for each problem that stays when lines move and days pass."""
    from hashlib import sha256  # of OpenSSL, which takes long to load: only these forms pay for it

    seen: Counter[tuple[str, str, str]] = Counter()
    names = []
    for problem in problems:
        key = (problem.path, problem.code, "/".join(map(str, problem.at)))
        seen[key] += 1
        # A file's name need not be text: what is not stays as Python keeps it.
        words = "\0".join((*key, str(seen[key]))).encode("utf-8", "surrogatepass")
        names.append(sha256(words).hexdigest())
    return names
