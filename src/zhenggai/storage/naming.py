"""Which names in a ledger folder are what: the inspection, and findings by number."""

import os
import re
from pathlib import Path

INSPECTION = "inspection.yaml"

_FINDING = re.compile(r"[0-9]{1,9}\.yaml")


def is_finding(name: str) -> bool:
    """Tell whether a file is named as a finding: a number and .yaml."""
    return _FINDING.fullmatch(name) is not None


def number(name: str) -> tuple[int, str]:
    """Order finding files by number; 7.yaml and 07.yaml stay apart."""
    return int(name.partition(".")[0]), name


def is_file(path: Path) -> bool:
    """Tell whether a regular file is there; what may not be looked at is none."""
    return os.path.isfile(path)  # noqa: PTH113 - Path's own raises on what may not be looked at


def is_ledger(folder: Path) -> bool:
    """Tell whether a folder holds an inspection or at least numbered findings."""
    if is_file(folder / INSPECTION):
        return True
    try:
        with os.scandir(folder) as entries:
            return any(is_finding(entry.name) for entry in entries)
    except OSError:
        return False


def finding_names(root: Path) -> list[str]:
    """Give the names of the numbered files in a folder, by number."""
    with os.scandir(root) as entries:
        names = [entry.name for entry in entries if is_finding(entry.name)]
    return sorted(names, key=number)
