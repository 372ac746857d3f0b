"""How hard to try: a little at every run of the tests, thoroughly when asked to.

`ZHENGGAI_THOROUGH=1 pytest -s tests/faults` kills at every system call, starts hundreds of
processes, and prints its figures; it takes some minutes.
"""

import os

THOROUGH = bool(os.environ.get("ZHENGGAI_THOROUGH"))


def effort(usual: int, thorough: int) -> int:
    """Give the number of repetitions this run is to make."""
    return thorough if THOROUGH else usual


def report(**figures: object) -> None:
    """Print figures, for whoever runs the tests by hand."""
    if THOROUGH:
        print(*(f"{name}={value}" for name, value in figures.items()))  # noqa: T201 - shown by -s
