"""Which numbers findings have had: none of them is given to another one."""

from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai.cli.console import tell
from zhenggai.errors import InvalidInputError, WrongUsageError
from zhenggai.ledger.splitting import numbers_mentioned
from zhenggai.storage.discovery import current_folder, repository

if TYPE_CHECKING:
    from zhenggai.model.ledger_model import Ledger


def once_used(root: Path, ledger: "Ledger") -> list[str]:
    """Return the names that files have had as far as Git knows, and those that records speak of."""
    mentioned = [f"{number:02d}.yaml" for number in sorted(numbers_mentioned(ledger))]
    return [*mentioned, *_once_there(root)]


def _once_there(root: Path) -> list[str]:
    """Return the names that the ledger's files have had, as far as Git knows."""
    from zhenggai.storage.git_revision import names_ever

    root, here = root.resolve(), current_folder()
    if repository(root) is None:
        return []
    try:
        return names_ever(root, here)
    except (InvalidInputError, WrongUsageError):
        tell("未从Git的历史里查到用过的编号，按现有的文件编号；请核对编号是否用过")
        return []
