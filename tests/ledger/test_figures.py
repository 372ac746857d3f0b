"""The figures that prose may name."""

from zhenggai.ledger.figures import FIGURES
from zhenggai.model.placeholders import IN_PROSE


def test_every_figure_that_prose_may_name_is_computed_and_no_other() -> None:
    assert tuple(FIGURES) == IN_PROSE
