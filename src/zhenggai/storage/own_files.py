"""Files of the program's own about a ledger's folder: how they are named, and read with care."""

import os
import stat
from pathlib import Path

_LONGEST_NAME = 200


def named_after(folder: str) -> str:
    """Return the path of a folder written as one file name, so that no two folders clash."""
    name = folder
    for sign in ("%", "/", "\\", ":"):
        name = name.replace(sign, f"%{ord(sign):02X}")
    if len(os.fsencode(name)) > _LONGEST_NAME:
        from hashlib import sha256

        name = sha256(os.fsencode(folder)).hexdigest()
    return name


def state_folder() -> Path | None:
    """Return the user's folder for what the program keeps; None where there is none to be had."""
    from platformdirs import user_state_path

    try:
        state = user_state_path("zhenggai", appauthor=False)
    except RuntimeError:  # no home is known
        return None
    # A home that is not known, or is a relative path, leads to wherever the user is just now.
    return state if state.is_absolute() else None


def own_content(path: Path) -> bytes:
    """Return a file's content; raise OSError unless it is a regular file of this user's own."""
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):  # each where the system has it
        flags |= getattr(os, name, 0)
    with open(path, "rb", opener=lambda name, _: os.open(name, flags)) as file:
        status = os.fstat(file.fileno())
        # Windows has no user numbers; there the folder itself is the user's own.
        owner = getattr(os, "getuid", lambda: status.st_uid)()
        if not stat.S_ISREG(status.st_mode) or status.st_uid != owner:
            raise PermissionError(path)
        return file.read()
