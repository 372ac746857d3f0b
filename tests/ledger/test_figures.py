"""The figures that prose may name."""

import pytest

from zhenggai.ledger.figures import FIGURES, percentage
from zhenggai.ledger.summary import Rate
from zhenggai.model.placeholders import IN_PROSE
from zhenggai.views.phrases import percent


def test_every_figure_that_prose_may_name_is_computed_and_no_other() -> None:
    assert tuple(FIGURES) == IN_PROSE


@pytest.mark.parametrize(
    ("rate", "in_prose", "in_tables"),
    [
        (Rate(1, 16), "6.3%", "6.3%"),
        (Rate(9, 16), "56.3%", "56.3%"),
        (Rate(3, 28), "10.7%", "10.7%"),
        (Rate(1, 2), "50%", "50.0%"),
        (Rate(12, 12), "100%", "100.0%"),
        (Rate(0, 7), "0%", "0.0%"),
        (Rate(0, 0), "0%", "—"),
    ],
)
def test_prose_and_tables_round_a_rate_alike_halves_up(
    rate: Rate, in_prose: str, in_tables: str
) -> None:
    assert (percentage(rate), percent(rate)) == (in_prose, in_tables)
