"""DuckDB, where it is installed: it writes Parquet, and answers queries with no way out of it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from zhenggai.errors import RefusedError, WrongUsageError
from zhenggai.rollup.table_schema import SCHEMA_VERSION, Table
from zhenggai.storage.atomic import write_scratch
from zhenggai.storage.temporary import scratch_folder

if TYPE_CHECKING:
    import duckdb

MISSING = "没有安装DuckDB；执行 pip install duckdb，或用 --format csv、ndjson 写表"


def require() -> None:
    """Raise WrongUsageError where DuckDB is not installed."""
    if find_spec("duckdb") is None:
        raise WrongUsageError(MISSING)


class Answer(NamedTuple):
    """What a query gives: the names of its columns, and its rows."""

    names: tuple[str, ...]
    rows: list[tuple[Any, ...]]


class ParquetWriter:
    """Makes Parquet of tables, one after another: the same lines give the same bytes."""

    def __init__(self) -> None:
        require()
        self._folder = scratch_folder()
        self._of_nothing: dict[str, bytes] = {}

    @cached_property
    def _connection(self) -> "duckdb.DuckDBPyConnection":
        # Not before there is something to write: the processes that read are there by then, and
        # need not be copies of one that holds a database.
        # On one core: in which order rows come does not depend on how many there are.
        return _connection(threads=1)

    def whole(self, table: Table, lines: bytes) -> bytes:
        """Return the file of a table's lines, of ndjson."""
        if lines:
            with _reading(table, lines, Path(self._folder.name)) as source:
                return self._copied(f"(SELECT * FROM {source})")  # noqa: S608 - a file of ours
        # In most regions several tables have no rows.
        if table.name not in self._of_nothing:
            self._connection.execute(_create(table))
            self._of_nothing[table.name] = self._copied(_quoted(table.name))
            self._connection.execute(f"DROP TABLE {_quoted(table.name)}")
        return self._of_nothing[table.name]

    def _copied(self, source: str) -> bytes:
        target = Path(self._folder.name) / "table.parquet"
        self._connection.execute(
            f"COPY {source} TO {_text(str(target))} (FORMAT parquet, "
            f"COMPRESSION zstd, KV_METADATA {{zhenggai_schema: '{SCHEMA_VERSION}'}})"
        )
        return target.read_bytes()

    def close(self) -> None:
        """Give the memory back, and remove what lies aside."""
        self._connection.close()
        self._folder.cleanup()


class LoadedTables:
    """Tables in memory, and nothing else: files, network and settings are out of reach."""

    def __init__(self) -> None:
        require()
        self._connection = _connection()
        self._is_locked = False

    def load_lines(self, table: Table, lines: bytes) -> None:
        """Load a table from its lines, of ndjson."""
        with scratch_folder() as folder:
            _load_lines(self._connection, table, lines, Path(folder))

    def load_files(self, table: Table, form: str, paths: Sequence[Path]) -> None:
        """Load a table from the files that it was written to."""
        self._connection.execute(_create(table))
        if not paths:
            return
        listed = f"[{', '.join(_text(str(path)) for path in paths)}]"
        columns = ", ".join(f"{_text(one.name)}: {_text(one.type)}" for one in table.columns)
        options = f"columns={{{columns}}}"
        source = {
            "parquet": f"read_parquet({listed}, union_by_name=true)",
            "ndjson": f"read_json({listed}, format='newline_delimited', {options})",
            "csv": f"read_csv({listed}, header=true, delim=',', quote='\"', escape='\"', "
            f"nullstr='', allow_quoted_nulls=false, {options})",
        }[form]
        names = ", ".join(map(_quoted, table.names))
        statement = f"INSERT INTO {_quoted(table.name)} ({names}) SELECT {names} FROM {source}"  # noqa: S608 - names of ours
        self._connection.execute(statement)

    def define(self, statement: str) -> None:
        """Run a statement of our own before the tables are locked."""
        self._connection.execute(statement)

    def first(self, statement: str) -> Any:
        """Return the first value of the first row of a statement of our own."""
        row = self._connection.execute(statement).fetchone()
        return row[0] if row else None

    def lock(self) -> None:
        """Shut every way to files, the network and the settings, for good."""
        for statement in (
            "SET enable_external_access = false",
            "SET autoinstall_known_extensions = false",
            "SET autoload_known_extensions = false",
            "SET allow_community_extensions = false",
            "SET lock_configuration = true",
        ):
            self._connection.execute(statement)
        self._is_locked = True

    def ask(self, sql: str) -> Answer:
        """Answer one query that changes nothing; raise WrongUsageError where it is none."""
        import duckdb

        if not self._is_locked:
            self.lock()
        try:
            statements = self._connection.extract_statements(sql)
        except duckdb.Error as error:
            raise WrongUsageError(f"无法识别这条SQL：{_first_line(error)}") from None
        if len(statements) != 1:
            raise WrongUsageError(f"一次只查一条SQL；这里有{len(statements)}条")
        if statements[0].type not in (
            duckdb.StatementType.SELECT,
            duckdb.StatementType.EXPLAIN,
        ):
            raise WrongUsageError("只能查询（SELECT），不能改表、写文件或改设置")
        try:
            self._connection.execute(statements[0])
            described = self._connection.description or []
            return Answer(tuple(one[0] for one in described), self._connection.fetchall())
        except duckdb.PermissionException:
            raise WrongUsageError("只能查询已载入的表，不能读写文件、连网或改设置") from None
        except duckdb.Error as error:
            raise WrongUsageError(f"查询不能执行：{_first_line(error)}") from None

    def close(self) -> None:
        """Give the memory back."""
        self._connection.close()


def _connection(threads: int | None = None) -> "duckdb.DuckDBPyConnection":
    require()
    import duckdb

    # Nothing of the user's own settings, no extension that is fetched, no Python variable as table.
    settings: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "python_enable_replacements": "false",
        "preserve_insertion_order": "true",
    }
    if threads:
        settings["threads"] = str(threads)
    try:
        return duckdb.connect(":memory:", config=settings)
    except duckdb.Error as error:
        raise RefusedError(f"DuckDB不能启动：{_first_line(error)}") from None


def _create(table: Table) -> str:
    columns = ", ".join(
        f"{_quoted(one.name)} {one.type}{'' if one.nullable else ' NOT NULL'}"
        for one in table.columns
    )
    return f"CREATE TABLE {_quoted(table.name)} ({columns})"


_LONGEST_LINE = 1 << 24
"""In bytes: more than any row has, for no file of a ledger may be longer than 1 MiB."""


def _load_lines(
    connection: "duckdb.DuckDBPyConnection", table: Table, lines: bytes, folder: Path
) -> None:
    connection.execute(_create(table))
    if lines:
        with _reading(table, lines, folder) as source:
            connection.execute(f"INSERT INTO {_quoted(table.name)} SELECT * FROM {source}")  # noqa: S608


@contextmanager
def _reading(table: Table, lines: bytes, folder: Path) -> Iterator[str]:
    """Put lines of ndjson into a file as long as SQL reads them; yield the table that they are."""
    source = folder / "rows.ndjson"
    write_scratch(source, lines)
    columns = ", ".join(f"{_text(one.name)}: {_text(one.type)}" for one in table.columns)
    options = (
        f"format='newline_delimited', maximum_object_size={_LONGEST_LINE}, columns={{{columns}}}"
    )
    try:
        yield f"read_json({_text(str(source))}, {options})"
    finally:
        source.unlink()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
