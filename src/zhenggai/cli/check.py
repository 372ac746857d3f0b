"""`zhenggai check`: everything wrong with the ledger; fails on what is overdue."""

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhenggai.cli import candidates
from zhenggai.cli.console import say, say_exactly, screen, tell
from zhenggai.cli.format_options import ProblemsFormatOption
from zhenggai.cli.ledger_access import (
    asked_folder,
    clock,
    load,
    refuse_links_out,
    tell_of_unknown_days_off,
)
from zhenggai.cli.options import Where, command
from zhenggai.cli.progress import digesting
from zhenggai.errors import ExitCode, RefusedError, WrongUsageError, cause
from zhenggai.exporters import registry
from zhenggai.model.problem import in_order
from zhenggai.model.suggestion import meant
from zhenggai.model.terms import Severity
from zhenggai.rules import CODES, is_overdue
from zhenggai.rules.history_guard import HISTORY
from zhenggai.storage.checking import examine_ledger
from zhenggai.storage.discovery import current_folder, repository
from zhenggai.storage.evidence import Digests
from zhenggai.storage.ledger_texts import LedgerTexts
from zhenggai.storage.outputs import Output, Source
from zhenggai.version import __version__
from zhenggai.views.check_report import CheckReport
from zhenggai.views.problem_lines import catalogue, explanation

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhenggai.cli.ledger_access import ReadLedger
    from zhenggai.model.problem import Problem

_ALL = "all"


@command(
    """检查台账：找出填写有误的、矛盾的、逾期的。

        退出码：0 正常；1 有逾期；3 台账有错误（同时有逾期也是3）。""",
    examples="""
zhenggai check -v
zhenggai check --warn-days 3
zhenggai check --explain R427""",
    completes={"explain": candidates.codes},
)
def check(
    warn_days: Annotated[
        int | None,
        typer.Option("--warn-days", metavar="天数", min=0, help="指定天数之内到期的也算不通过。"),
    ] = None,
    explain: Annotated[
        str | None,
        typer.Option("--explain", metavar="代码", help="说明一个代码的意思；all 列出全部代码。"),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="版本",
            help="与Git的这个版本比较：历史被改写（记录、时限、销号）就不通过。",
        ),
    ] = None,
    style: ProblemsFormatOption = "text",
    output: Annotated[
        list[str] | None,
        typer.Option(
            "--output",
            metavar="形式=文件",
            help="另写到文件，如 sarif=check.sarif；可多次指定。",
        ),
    ] = None,
    verbose: Annotated[
        bool, typer.Option("-v", "--verbose", help="未发现错误时也输出汇总。")
    ] = False,
    *,
    where: Where,
) -> ExitCode:
    """Name everything wrong with the ledger; overdue is 1, invalid 3, both 3."""
    if explain is not None:
        say(_explanation(explain))
        return ExitCode.OK
    files = _asked_files(output or [])
    page = _page()
    refuse_links_out(where.ledger)
    loaded = load(where.ledger, where.today)
    _spare_ledgers([*(target for _, target in files), *filter(None, [page])], loaded)
    problems = _examined(loaded, warn_days)
    if since is not None:
        problems += _rewritten(loaded, since, where.ledger)
    verdict = _verdict(problems)
    found = _report(loaded, problems, verdict)
    _print(found, style, verbose=verbose)
    tell_of_unknown_days_off(
        (line.standing for one in loaded for line in one.day.lines),
        [(one.day.terms, one.day.today) for one in loaded],
    )
    for form, target in files:
        content = registry.writer("problems", form)(replace(found, source=None))
        _write(target, target.write, content + "\n")
    if page:
        _add_to_the_page(page, found)
    return verdict


def _examined(loaded: "list[ReadLedger]", warn_days: int | None) -> "list[Problem]":
    with digesting() as progress:
        return [
            problem
            for one in loaded
            for problem in examine_ledger(
                one.day,
                one.folder.root,
                fail_within=warn_days,
                digests=Digests(one.folder.root, progress),
                present=clock(one.ledger.inspection.time_zone),
            )
        ]


def _page() -> "Output | None":
    """Return the page of a GitHub job that a summary is to be added to."""
    name = os.environ.get("GITHUB_STEP_SUMMARY")
    return Output(name) if name else None


def _spare_ledgers(targets: "list[Output]", loaded: "list[ReadLedger]") -> None:
    for target in targets:
        for one in loaded:
            target.spare(Source(one.folder.root, one.ledger))


def _asked_files(output: list[str]) -> "list[tuple[str, Output]]":
    files = [_asked_file(one) for one in output]
    paths = [target.path for _, target in files]
    for path in paths:
        if paths.count(path) > 1:
            raise WrongUsageError(f"--output里“{path}”写了不止一次；每种形式用一个文件")
    return files


def _asked_file(asked: str) -> "tuple[str, Output]":
    form, _, path = asked.partition("=")
    if not path:
        raise WrongUsageError(
            f"--output“{asked}”的格式无法识别；写成 形式=文件，如 sarif=check.sarif"
        )
    try:
        registry.find("problems", form)
    except registry.UnknownFormatError as error:
        raise WrongUsageError(f"--output{error}") from None
    return form, Output(path)


def _report(
    loaded: "list[ReadLedger]", problems: "list[Problem]", verdict: ExitCode
) -> "CheckReport":
    return CheckReport(
        ledgers=[one.ledger for one in loaded],
        problems=in_order(problems),
        codes=CODES | HISTORY,
        verdict=verdict.name.lower(),
        version=__version__,
        source=_source_lines(loaded),
        path_from_top=_paths_from_top(),
    )


def _source_lines(loaded: "list[ReadLedger]") -> "Callable[[str, int], str | None]":
    """Return the function from a problem's path and line to that line's text, None without one."""
    texts = {one.folder.shown: LedgerTexts(one.folder.root) for one in loaded}

    def line(path: str, number: int) -> str | None:
        folder, _, name = path.rpartition("/")
        return texts[folder].line(name, number) if folder in texts else None

    return line


def _print(found: "CheckReport", style: str, *, verbose: bool) -> None:
    columns = screen().width
    found = replace(found, source=None) if columns is None else replace(found, columns=columns)
    if written := registry.writer("problems", style)(found):
        (say if style == "text" else say_exactly)(written)
    if found.problems or verbose:
        tell(found.summary)


def _paths_from_top() -> "Callable[[str], str]":
    """Return what names a file from the top of the repository, where there is one."""
    here = current_folder()
    top = repository(here)

    def path(shown: str) -> str:
        full = here / shown
        return full.relative_to(top).as_posix() if top and full.is_relative_to(top) else shown

    return path


def _add_to_the_page(page: "Output", found: "CheckReport") -> None:
    """Write the summary on the page of the CI job; where that fails, the verdict stays."""
    from zhenggai.exporters.github import PAGE_BYTES, job_summary

    content = job_summary(found, PAGE_BYTES - _size(page.path))
    if not content:
        tell(f"“{page.path}”快要写满（GitHub一步最多1 MiB），未继续写入；检查的结论不受影响")
        return
    try:
        _write(page, page.append, content)
    except RefusedError as error:
        tell(f"{error}；检查的结论不受影响")


def _size(path: Path) -> int:
    """Return how many bytes a file has so far; where it cannot be told, writing will."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def _write(target: "Output", how: "Callable[[bytes], None]", content: str) -> None:
    try:
        how(content.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise RefusedError(f"不能写入“{target.path}”（{cause(error)}）；换一个位置") from None


def _rewritten(loaded: "list[ReadLedger]", since: str, ledger: str | None) -> "list[Problem]":
    """Compare every ledger with how it stood in a revision."""
    from zhenggai.storage.comparison import Comparison, Search, pushed_otherwise

    here = current_folder()
    roots = [one.folder.root for one in loaded]
    if pushed := pushed_otherwise(since, roots, here, os.environ):
        raise WrongUsageError(
            f"要推送的是{pushed[:10]}，文件夹里的台账与它不同；先签出它，或提交、收起未提交的改动"
        )
    comparison = Comparison(since, Search(asked_folder(ledger), here), clock)
    comparison.compare([(one.folder.root, one.day) for one in loaded])
    for note in comparison.notes:
        tell(note)
    return comparison.problems


def _verdict(problems: "list[Problem]") -> ExitCode:
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if not errors:
        return ExitCode.OK
    return ExitCode.OVERDUE if all(is_overdue(error) for error in errors) else ExitCode.INVALID


def _explanation(asked: str) -> str:
    codes = CODES | HISTORY
    if asked == _ALL:
        return catalogue(list(codes.values()))
    code = asked.upper()
    if code not in codes:
        close = meant(code, codes)
        raise WrongUsageError(f"没有“{asked}”这个代码；{close}用 --explain all 查看全部")
    return explanation(codes[code])
