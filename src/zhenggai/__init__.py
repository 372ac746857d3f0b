"""zhenggai (整改): a ledger for putting right what a party inspection (巡察) found.

`load`, `standing`, `summarise`, `check` and `render` are the Python API; see `zhenggai.api`.
"""

from typing import TYPE_CHECKING, Any

from zhenggai.version import __version__

if TYPE_CHECKING:
    from zhenggai.api import LoadedLedger, check, load, render, standing, summarise


__all__ = ["LoadedLedger", "__version__", "check", "load", "render", "standing", "summarise"]


def __getattr__(name: str) -> Any:
    """Import the API when it is first asked for: the command line does not pay for it."""
    if name in __all__:
        from zhenggai import api

        return getattr(api, name)
    raise AttributeError(name)
