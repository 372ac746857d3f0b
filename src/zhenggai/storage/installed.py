"""What of other programs there is on the machine: Git, LibreOffice, fonts, DuckDB, a pager."""

import os
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

FONTS = ("方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体")
"""The typefaces of official papers, which what the program writes names."""

_WINDOWS_FONTS = {
    "方正小标宋简体": ("fzxbsjw.ttf", "fzxbsk.ttf"),
    "仿宋_GB2312": ("simfang.ttf", "fangsong_gb2312.ttf", "simfang_gb2312.ttf"),
    "楷体_GB2312": ("simkai.ttf", "kaiti_gb2312.ttf", "simkai_gb2312.ttf"),
    "黑体": ("simhei.ttf",),
    "宋体": ("simsun.ttc",),
}
_PATIENCE = 20  # seconds


def first_line(*words: str) -> str | None:
    """Return the first line that a program prints; None where there is none or it fails."""
    found = shutil.which(words[0])
    if found is None:
        return None
    try:
        run = subprocess.run(  # noqa: S603 - fixed words
            [found, *words[1:]],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            timeout=_PATIENCE,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return run.stdout.decode("utf-8", "replace").partition("\n")[0].strip()


def library_version(name: str) -> str | None:
    """Return the version of a Python library; None where it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def fonts_missing() -> list[str] | None:
    """Return the typefaces of official papers that are not there; None where nothing tells."""
    if sys.platform == "win32":
        names = _windows_fonts()
        return [one for one in FONTS if not names & set(_WINDOWS_FONTS[one])]
    listed = shutil.which("fc-list")
    if listed is None:
        return None
    try:
        run = subprocess.run(  # noqa: S603 - fixed words
            [listed, ":", "family"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            timeout=_PATIENCE,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    families = set(run.stdout.decode("utf-8", "replace").replace("\n", ",").split(","))
    known = {one.strip() for one in families}
    return [one for one in FONTS if one not in known]


def has_chinese_font() -> bool | None:
    """Whether there is any font with Chinese in it; None where nothing tells."""
    if sys.platform == "win32":
        return bool(_windows_fonts() & {"simsun.ttc", "msyh.ttc"})
    if shutil.which("fc-list") is None:
        return None
    return bool(first_line("fc-list", ":lang=zh", "family"))


def _windows_fonts() -> set[str]:
    """Return the names of the font files, those that a user has put in for himself too."""
    places = (
        Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts",
        Path(os.environ.get("LOCALAPPDATA", "")) / "Microsoft" / "Windows" / "Fonts",
    )
    return {
        name.casefold()
        for place in places
        if place.is_dir()
        for name in os.listdir(place)  # noqa: PTH208
    }


def folder_size(folder: Path) -> int:
    """Return how many bytes the files of a folder take; 0 where there is no such folder."""
    try:
        with os.scandir(folder) as entries:
            return sum(entry.stat().st_size for entry in entries if entry.is_file())
    except OSError:
        return 0
