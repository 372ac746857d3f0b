"""What this run has written so far, so that no failure afterwards says that nothing was."""

from pathlib import Path

written: list[Path] = []
"""The files put in place, in order; emptied where a run begins."""
