"""Which finding an id on the command line means, in one ledger or in several."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from zhenggai.cli.typed_ids import typed_id
from zhenggai.errors import WrongUsageError
from zhenggai.model.suggestion import meant, nearest
from zhenggai.storage.ledger_folder import read_registers

if TYPE_CHECKING:
    from zhenggai.ledger.register import Row
    from zhenggai.storage.ledger_folder import LedgerFolder


def find(folders: "Sequence[LedgerFolder]", asked: str) -> "tuple[LedgerFolder, str]":
    """Return the ledger and the id that are meant: 7 and 07 alike, in several ledgers keji/07.

    The file may have errors. Raise WrongUsageError where there is none or more than one.
    """
    name, _, number = typed_id(asked).rpartition("/")
    meant_folders = [one for one in folders if name in ("", one.name)]
    # A path that was pasted ends with the ledger's name.
    meant_folders = meant_folders or [one for one in folders if name.endswith(f"/{one.name}")]
    if not meant_folders:
        raise WrongUsageError(f"没有名为“{name}”的台账；{_nearest(name, folders)}")
    if not (number.isascii() and number.isdigit()):
        raise WrongUsageError(f"“{asked}”不是编号；{_titled(meant_folders, number)}")
    found = [
        (one, finding_id)
        for one in meant_folders
        for finding_id in map(_id, one.names)
        if _same(finding_id, number)
    ]
    if len(found) > 1:
        found = _readable(found) or found[:1]
    # 7.yaml and 07.yaml side by side are told apart as written, two ledgers only by their names.
    among = {one.name for one, _ in found}
    exact = [pair for pair in found if pair[1] == number and len(among) == 1]
    if len(found) > 1 and not exact:
        ids = "、".join(f"{one.name}/{finding_id}" for one, finding_id in found)
        raise WrongUsageError(f"编号{asked}不止一个；请写明是哪一个：{ids}")
    if not found:
        ids_there = [row.id for row in _rows(meant_folders)]
        close = meant(number, ids_there) if int(number) else ""
        raise WrongUsageError(f"没有问题{asked}；{close}{_there_are(ids_there)}")
    return (exact or found)[0]


def _id(name: str) -> str:
    return name.partition(".")[0]


def _same(finding_id: str, number: str) -> bool:
    return finding_id.lstrip("0") == number.lstrip("0")


def _rows(folders: "Sequence[LedgerFolder]") -> "list[Row]":
    return [row for register in read_registers(folders) for row in register.rows]


def _readable(found: "list[tuple[LedgerFolder, str]]") -> "list[tuple[LedgerFolder, str]]":
    """Keep to the files without errors, where one number stands for several files."""
    return [(one, there) for one, there in found if there in {row.id for row in _rows([one])}]


def _titled(folders: "Sequence[LedgerFolder]", words: str) -> str:
    """Name the findings whose titles hold what was written in place of an id."""
    titles = {row.id: row.title for row in _rows(folders)}
    holding = [f"{found}“{title}”" for found, title in titles.items() if words and words in title]
    if holding:
        return f"是否想写{'、'.join(holding[:3])}"
    return "编号是数字，如 7 或 07"


def _there_are(ids: Sequence[str]) -> str:
    match len(ids):
        case 0:
            return "台账里尚无问题"
        case 1:
            return f"台账里只有问题{ids[0]}"
    return f"台账里的编号是{ids[0]}到{ids[-1]}"


def _nearest(name: str, folders: "Sequence[LedgerFolder]") -> str:
    names = [one.name for one in folders]
    close = nearest(name, names)
    return f"是否想写“{close}”" if close else f"现有：{'、'.join(names)}"
