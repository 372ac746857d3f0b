"""A sign of life while many files are read: only after a while, only at a terminal."""

import io
import sys

import pytest

from zhenggai.cli.progress import reading


class _Screen(io.StringIO):
    """A terminal that only remembers."""

    def isatty(self) -> bool:
        return True


def _shown(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, patience: float) -> str:
    monkeypatch.setattr(sys, "stderr", stream)
    with reading(patience) as tell:
        for done in range(3):
            tell(done, 3)
    return stream.getvalue()


def test_a_long_reading_shows_how_many_files_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = _shown(monkeypatch, _Screen(), -1.0)
    assert "正在读取台账" in shown
    assert "2/3" in shown


def test_a_short_reading_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _shown(monkeypatch, _Screen(), 60.0) == ""


def test_nothing_is_shown_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _shown(monkeypatch, io.StringIO(), -1.0) == ""
