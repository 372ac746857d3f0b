"""All tables of some ledgers: which region has changed, what is read for it, what is written."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from zhenggai.ledger.register import Register
from zhenggai.model.problem import Problem, has_errors, in_order
from zhenggai.rollup.ledger_lines import Placed, TableLines, Telling, joined, read_lines
from zhenggai.rollup.table_forms import Form, opened
from zhenggai.rollup.table_rows import Rows, common_rows, days_of, standing_rows
from zhenggai.rollup.table_schema import (
    COMMON,
    REGIONAL,
    SCHEMA_VERSION,
    STANDING,
    TABLES,
    Table,
)
from zhenggai.storage.file_names import Progress, is_read, silent
from zhenggai.storage.ledger_digest import ledger_digest, together
from zhenggai.storage.ledger_folder import LedgerFolder, read_registers
from zhenggai.storage.table_folder import TableFolder, content_digest
from zhenggai.version import __version__


class Wanted(NamedTuple):
    """What is asked for: the form of the files, the day, whether weekly, and non-public words."""

    form: str
    today: date
    weekly: bool = False
    internal: bool = False

    def told(self) -> dict[str, Any]:
        """Return what the manifest says of it."""
        return {
            "format": self.form,
            "today": self.today.isoformat(),
            "snapshots": "week" if self.weekly else None,
            "internal": self.internal,
        }


class Written(NamedTuple):
    """What came of it: counts, which regions were written anew, and what could not be read."""

    ledgers: int
    findings: int
    renewed: tuple[str, ...]
    problems: tuple[Problem, ...]


def placed(folders: Sequence[LedgerFolder], root: Path) -> list[Placed]:
    """Return ledgers with their ids; the one that is the root itself goes by its own name."""
    found = []
    for one in folders:
        try:
            below = one.root.relative_to(root).as_posix()
        except ValueError:
            below = one.root.as_posix().lstrip("/")
        found.append(Placed(one.name if below == "." else below, one))
    return sorted(found, key=lambda one: (one.region, one.ledger_id))


def _standing_rows(ledger_id: str, register: Register, wanted: Wanted) -> Rows:
    """Return the rows of the standing of a ledger's findings on the days wanted.

    Of a ledger that no figure counts there are none.
    """
    if not is_read(register.problems):
        return []
    told = register.head.terms
    days = days_of(wanted.today, told.feedback_on, weekly=wanted.weekly)
    return [
        cells
        for row in register.rows
        for cells in standing_rows(ledger_id, row.id, row.timeline, told, days)
    ]


def write_tables(
    ledgers: Sequence[Placed],
    target: TableFolder,
    wanted: Wanted,
    progress: Progress = silent,
) -> Written:
    """Write what has changed of the tables, the manifest last."""
    with opened(wanted.form) as form:
        return _write(ledgers, _Run(target, wanted, form), wanted, progress)


def _write(ledgers: Sequence[Placed], run: "_Run", wanted: Wanted, progress: Progress) -> Written:
    regions: dict[str, list[Placed]] = {}
    for one in ledgers:
        regions.setdefault(one.region, []).append(one)
    changed = [name for name, some in regions.items() if not run.has_tables(name, some)]
    stale = [name for name in regions if name in changed or not run.has_standing(name)]
    told: dict[str, dict[str, Any]] = {
        name: dict(run.before(name)) for name in regions if name not in changed
    }
    problems: list[Problem] = []
    fresh = [one for name in changed for one in regions[name]]
    telling = Telling(run.form.lines, wanted.today, wanted.weekly, wanted.internal)
    reading = read_lines(fresh, telling, progress)
    for name in changed:
        read = list(islice(reading, len(regions[name])))
        faults = in_order(problem for one in read for problem in one.problems)
        problems += faults
        run.write_region(name, joined([one.tables for one in read]))
        told[name] = {
            "digest": run.digest((one.digest for one in read), regions[name]),
            "ledgers": len(read),
            "findings": sum(one.findings for one in read),
            "has_errors": has_errors(faults),
        }
    # The others as they are remembered: their standing where the day is another, and their faults.
    kept = [name for name in regions if name not in changed]
    again = [name for name in kept if name in stale or told[name]["has_errors"]]
    rows_of = read_registers([one.folder for name in again for one in regions[name]], progress)
    for name in again:
        known = [(one.ledger_id, next(rows_of)) for one in regions[name]]
        problems += in_order(problem for _, one in known for problem in one.problems)
        if name in stale:
            run.write_rows(
                STANDING, name, [row for one in known for row in _standing_rows(*one, wanted)]
            )
    for name in kept:
        run.keep(name, [*(one.name for one in REGIONAL), *([] if name in stale else ["standing"])])
    run.write_common()
    run.finish({name: told[name] for name in sorted(regions)})
    return Written(
        len(ledgers),
        sum(one["findings"] for one in told.values()),
        tuple(changed),
        tuple(problems),
    )


class _Run:
    """One run of writing: the files put so far, and what the run before left to be kept."""

    def __init__(self, target: TableFolder, wanted: Wanted, form: Form) -> None:
        self.form = form
        self._target, self._wanted = target, wanted
        self._files: dict[tuple[str, str], dict[str, Any]] = {}
        old = target.manifest
        told = wanted.told()
        same = ("format", "internal")
        fits = old.get("schema") == SCHEMA_VERSION and old.get("columns") == _columns()
        fits = fits and all(old.get(name) == told[name] for name in same)
        self._old: Mapping[str, Any] = old if fits else {}
        self._same_days = all(self._old.get(name) == told[name] for name in ("today", "snapshots"))
        self._kept = {(one["table"], one["region"]): one for one in self._old.get("files", [])}

    def before(self, region: str) -> Mapping[str, Any]:
        """Return what the manifest before said of a region."""
        found: Mapping[str, Any] = self._old.get("regions", {}).get(region, {})
        return found

    def has_tables(self, region: str, ledgers: Sequence[Placed]) -> bool:
        """Whether a region's tables are there, of the same texts of its ledgers."""
        if not self._has(region, [one.name for one in REGIONAL]):
            return False
        digests = (ledger_digest(one.folder.root, {}) for one in ledgers)
        return bool(self.before(region).get("digest") == self.digest(digests, ledgers))

    def digest(self, digests: Iterable[bytes], ledgers: Sequence[Placed]) -> str:
        """Return what the manifest says of the texts of a region's ledgers."""
        named = zip((one.ledger_id for one in ledgers), digests, strict=True)
        return together(named, __version__, str(self._wanted.internal))

    def has_standing(self, region: str) -> bool:
        """Whether the standing of a region is there, of the same days."""
        return self._same_days and self._has(region, [STANDING.name])

    def _has(self, region: str, names: Iterable[str]) -> bool:
        files = [self._kept.get((name, region)) for name in names]
        return all(one and self._target.has(one["path"], one["bytes"]) for one in files)

    def write_region(self, region: str, told: TableLines) -> None:
        """Write the tables of a region, and its standing on the days wanted."""
        for table in (*REGIONAL, STANDING):
            lines, count = told.lines.get(table.name, b""), told.counts.get(table.name, 0)
            self._write(table, region, lines, count)

    def write_rows(self, table: Table, region: str | None, rows: Rows) -> None:
        """Write one table anew."""
        self._write(table, region, self.form.lines(rows), len(rows))

    def _write(self, table: Table, region: str | None, lines: bytes, count: int) -> None:
        content = self.form.whole(table, lines)
        path = f"{table.name}/{file_stem(region)}.{self._wanted.form}"
        known = {"path": path, "sha256": content_digest(content), "bytes": len(content)}
        self._target.put(path, content)
        self._note({"table": table.name, "region": region, "rows": count, **known})

    def _note(self, file: dict[str, Any]) -> None:
        self._files[file["table"], file["region"]] = file

    def keep(self, region: str, names: Iterable[str]) -> None:
        for name in names:
            self._note(self._kept[name, region])

    def write_common(self) -> None:
        told = None
        for table in COMMON:
            old = self._kept.get((table.name, None))
            is_same = self._old.get("program") == __version__
            if old and is_same and self._target.has(old["path"], old["bytes"]):
                self._note(old)
                continue
            told = told or common_rows()
            self.write_rows(table, None, told[table.name])

    def finish(self, regions: Mapping[str, Any]) -> None:
        order = list(TABLES)
        files = sorted(
            self._files.values(), key=lambda one: (order.index(one["table"]), one["path"])
        )
        self._target.finish(
            {
                "schema": SCHEMA_VERSION,
                "program": __version__,
                **self._wanted.told(),
                "columns": _columns(),
                "regions": regions,
                "files": files,
            }
        )


def _columns() -> dict[str, Any]:
    """Return what the manifest says of every table and its columns."""
    return {
        table.name: {
            "says": table.says,
            "columns": [
                {"name": one.name, "type": one.type, "nullable": one.nullable, "says": one.says}
                for one in table.columns
            ],
        }
        for table in TABLES.values()
    }


_LONGEST = 120


def file_stem(region: str | None) -> str:
    """Return the name of a region's files: no two regions have the same, nor is one hidden.

    Engines pass over files that begin with a dot or an underscore.
    """
    if region is None:
        return "all"
    if region == "":
        return "~"
    stem = region.replace("~", "~0").replace("/", "~1").replace("\\", "~2")
    if stem[0] in "._":
        stem = f"~3{stem}"
    # A file system counts bytes, and a Chinese character has three.
    if len(stem.encode("utf-8", "surrogateescape")) > _LONGEST or not stem.isprintable():
        told = sha256(region.encode("utf-8", "surrogateescape")).hexdigest()[:16]
        stem = f"{''.join(filter(str.isalnum, stem))[:30]}~4{told}"
    return stem if stem != "all" else "~5all"
