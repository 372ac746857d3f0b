"""What tells one state of a ledger from another: checksums of the names and contents of its files.

They are the same on every machine, so that what is written with them is, too.
"""

import os
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from zhenggai.storage.file_names import INSPECTION, OWN_DAYS_OFF, is_finding
from zhenggai.storage.ledger_texts import FileRead, read_file


def file_digest(read: FileRead) -> bytes:
    """Return the digest of a file's content; of one that cannot be read, of why."""
    content, problems = read
    if content is None:
        content = "\0".join(f"{one.code}{one.message}" for one in problems).encode()
    return sha256(content).digest()


def ledger_digest(root: Path, known: Mapping[str, bytes]) -> bytes:
    """Return the digest of a ledger's folder; `known` are those of files read already, by name.

    One that cannot be listed (any more) has the digest of an empty one, as no ledger has.
    """
    told = sha256()
    try:
        names = sorted(os.listdir(root))  # noqa: PTH208 - a path for each would take long
    except OSError:
        return told.digest()
    for name in names:
        told.update(f"\0{name}\0".encode("utf-8", "surrogateescape"))
        if is_finding(name) or name in (INSPECTION, OWN_DAYS_OFF):
            told.update(known.get(name) or file_digest(read_file(root, name)))
    return told.digest()


def together(ledgers: Iterable[tuple[str, bytes]], *settings: str) -> str:
    """Return the digest of several ledgers, each with its id, as read with these settings."""
    told = sha256("\0".join(settings).encode())
    for ledger_id, digest in ledgers:
        told.update(f"\0\0{ledger_id}\0".encode("utf-8", "surrogateescape") + digest)
    return told.hexdigest()
