"""`zhenggai doctor`: where the ledger is and what is installed, and what to do about each."""

import locale
import os
import platform
import sys
from collections.abc import Iterable, Iterator
from shutil import get_terminal_size, which
from typing import NamedTuple

from zhenggai.cli.console import say, screen
from zhenggai.cli.ledger_access import asked_day, asked_folder, clock, open_folders
from zhenggai.cli.options import Where, command
from zhenggai.errors import ExitCode, ZhenggaiError
from zhenggai.model.problem import has_errors
from zhenggai.storage.discovery import repository
from zhenggai.storage.installed import (
    first_line,
    folder_size,
    fonts_missing,
    has_chinese_font,
    library_version,
)
from zhenggai.storage.ledger_folder import LedgerFolder, read_registers
from zhenggai.storage.pdf_conversion import office_program
from zhenggai.storage.row_cache import cache_folder
from zhenggai.version import __version__
from zhenggai.views.phrases import some
from zhenggai.views.screen_text import hanging, pad, visible

_LABEL = 13
_NARROW = 80
_NAMED = 5


class LookedAt(NamedTuple):
    """What was looked at, how it is, and what to do about it; '' where there is nothing to do."""

    what: str
    how: str
    remedy: str = ""


@command(
    """诊断：台账在哪里，装了什么（Git、LibreOffice、字体、DuckDB），缓存、编码、版本，各该怎么办。

        只查看，不改动任何东西；求助时把输出的内容一并发出。""",
    examples="""
zhenggai doctor
zhenggai doctor --ledger 台账""",
)
def doctor(*, where: Where) -> ExitCode:
    """Show where the ledger is and what is installed; name a remedy for what is missing."""
    width = screen().width
    looked_at = list(_looked_at(where))
    lines = []
    for one in looked_at:
        lines.append(hanging(f"{pad(one.what, _LABEL)}{visible(one.how)}", width, _LABEL))
        if one.remedy:
            lines.append(hanging(f"{' ' * _LABEL}→ {visible(one.remedy)}", width, _LABEL + 2))
    to_do = sum(bool(one.remedy) for one in looked_at)
    lines.append(f"{to_do}处可以改进，见“→”" if to_do else "没有要处理的")
    say("\n".join(lines))
    return ExitCode.OK


def _looked_at(where: Where) -> Iterator[LookedAt]:
    running = f"Python {platform.python_version()}（{sys.executable}），{platform.platform()}"
    yield LookedAt("程序", f"zhenggai {__version__}，{running}")
    folders: list[LedgerFolder] = []
    try:
        folders = open_folders(where.ledger)
        yield from _ledgers(where, folders)
    except ZhenggaiError as error:
        sentence, _, remedy = str(error).partition("；")
        yield LookedAt("台账", sentence, remedy or "用 --ledger 指明文件夹")
    yield _git(folders)
    yield _office()
    yield _fonts()
    yield _duckdb()
    yield _cache()
    yield _encoding()
    yield _terminal()
    yield _editor()


def _ledgers(where: Where, folders: list[LedgerFolder]) -> Iterator[LookedAt]:
    by = "由 --ledger 指明" if where.ledger else "从当前文件夹往上找到"
    if not where.ledger and asked_folder(None):
        by = "由环境变量 ZHENGGAI_LEDGER 指明"
    for folder, register in zip(folders[:_NAMED], read_registers(folders[:_NAMED]), strict=True):
        count = f"{len(folder.names)}个问题"
        problems = [one for one in register.problems if has_errors([one])]
        remedy = ""
        if problems or register.unreadable:
            files = some(_once(one.path.rpartition("/")[2] for one in problems), _NAMED)
            remedy = f"{files}有错误，用 zhenggai check 查看"
        day = asked_day(where.today) or clock(register.head.time_zone)
        yield LookedAt(
            "台账",
            f"{folder.root.resolve()}（{by}），{count}，时区{register.head.time_zone}，今天按{day}",
            remedy,
        )
    if len(folders) > _NAMED:
        yield LookedAt("", f"共{len(folders)}本台账，以上是前{_NAMED}本")


def _git(folders: list[LedgerFolder]) -> LookedAt:
    found = first_line("git", "--version")
    if found is None:
        return LookedAt(
            "Git",
            "没有安装",
            "要用 check --since、history 和退回旧版本，安装 https://git-scm.com",
        )
    outside = [one.name for one in folders if repository(one.root.resolve()) is None]
    if outside:
        how = f"{found}；不在仓库里的台账：{some(outside, _NAMED)}"
        return LookedAt("Git", how, "在台账的文件夹里执行 git init，谁改过什么就查得到")
    tops = _once(str(repository(one.root.resolve())) for one in folders)
    return LookedAt("Git", f"{found}{f'；仓库在{some(tops, _NAMED)}' if tops else ''}")


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _office() -> LookedAt:
    found = office_program()
    if found is None:
        return LookedAt(
            "LibreOffice",
            "没有安装",
            "要直接输出pdf，安装 https://www.libreoffice.org；不装的，输出docx再另存",
        )
    return LookedAt("LibreOffice", found)


def _fonts() -> LookedAt:
    missing = fonts_missing()
    if missing is None:
        return LookedAt("字体", "无从查看（没有fc-list）")
    if not missing:
        return LookedAt("字体", "公文用的字体齐全")
    how = f"没有{some(missing, len(missing))}"
    if has_chinese_font() is False:
        return LookedAt("字体", f"{how}，也没有其他中文字体", "安装一种中文字体，否则pdf里是方框")
    return LookedAt(
        "字体", how, "docx、xlsx照样写这些字体，在装有它们的电脑上打印；本机输出的pdf用代替的字体"
    )


def _duckdb() -> LookedAt:
    found = library_version("duckdb")
    if found is None:
        return LookedAt("DuckDB", "没有安装", "要用 query 或输出Parquet，执行 pip install duckdb")
    return LookedAt("DuckDB", found)


def _cache() -> LookedAt:
    place = cache_folder()
    if place is None:
        if os.environ.get("ZHENGGAI_NO_CACHE"):
            return LookedAt("缓存", "没有使用", "不是有意的，删去环境变量 ZHENGGAI_NO_CACHE")
        return LookedAt("缓存", "没有可用的文件夹", "设置环境变量HOME")
    return LookedAt("缓存", f"{place}（{folder_size(place) >> 10}KiB，随时可以删除）")


def _encoding() -> LookedAt:
    said = sys.stdout.encoding.upper()
    language = locale.setlocale(locale.LC_CTYPE, None)
    how = f"输出{said}，语言环境{language}，文件名{sys.getfilesystemencoding().upper()}"
    if said.replace("-", "") not in ("UTF8", "GB18030"):
        return LookedAt(
            "编码", how, "有些符号显示不出来的，把终端改为UTF-8（Windows执行 chcp 65001）"
        )
    return LookedAt("编码", how)


def _terminal() -> LookedAt:
    if not sys.stdout.isatty():
        return LookedAt("终端", "输出不在终端上")
    columns, lines = get_terminal_size()
    how = f"{columns}列{lines}行"
    pager = os.environ.get("ZHENGGAI_PAGER")
    if pager is not None:
        how += (
            f"，分页用{pager}（环境变量ZHENGGAI_PAGER）"
            if pager
            else "，不分页（ZHENGGAI_PAGER为空）"
        )
    return LookedAt("终端", how, "放宽到80列以上，表格不用折行" if columns < _NARROW else "")


def _editor() -> LookedAt:
    for name in ("VISUAL", "EDITOR"):
        if chosen := os.environ.get(name):
            there = which(chosen.split()[0]) if chosen.split() else None
            remedy = "" if there else f"没有这个程序；改环境变量{name}"
            return LookedAt("编辑器", f"{chosen}（环境变量{name}）", remedy)
    default = "notepad" if sys.platform == "win32" else "vi"
    if which(default) is None:
        return LookedAt(
            "编辑器", f"没有{default}", "要用 edit，把环境变量EDITOR设为编辑器，如 nano"
        )
    return LookedAt("编辑器", f"{default}（环境变量EDITOR可以另选）")
