"""The ledgers at hand in which a finding of an earlier round may be: those asked for and beside."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from zhenggai.ledger.register import Register
from zhenggai.ledger.rounds import Rounds
from zhenggai.storage.discovery import current_folder, ledgers_beside, shown_folder
from zhenggai.storage.ledger_folder import LedgerFolder, read_registers


def rounds(roots: Sequence[Path], given: Callable[[], Sequence[Register]]) -> Rounds:
    """Return the rounds that can be seen from ledgers: `roots` are their folders, `given` they.

    Those beside them, in the same folder, are read when one is named that is not among them.
    """
    return Rounds(given, lambda: _registers_beside(roots))


def _registers_beside(roots: Sequence[Path]) -> list[Register]:
    """Return the ledgers that lie beside others, each once; one that may not be read is left out.

    What is wrong with their files is not told: nobody asked for them.
    """
    here = current_folder()
    known: set[str] = set()
    folders: list[LedgerFolder] = []
    for beside in ledgers_beside(*roots):
        if beside.is_symlink() or os.path.realpath(beside) in known:
            continue
        known.add(os.path.realpath(beside))
        try:
            folders.append(LedgerFolder(beside, shown_folder(beside, here)))
        except OSError:
            continue
    return list(read_registers(folders))
