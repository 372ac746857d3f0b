"""Files of the kinds that offices have, and what a careful clerk would want of each."""

import pytest
from expectations import FIXTURES, answers_of, differences, expectation, proposed

from zhenggai.errors import ExitCode, InvalidInputError

_NAMES = sorted(
    path.name for path in FIXTURES.iterdir() if path.is_file() and not path.name.endswith(".json")
)
_REFUSED = [name for name in _NAMES if "exit" in expectation(name)]


@pytest.mark.parametrize("name", [name for name in _NAMES if name not in _REFUSED])
def test_a_file_is_read_as_a_clerk_would_want_it(name: str) -> None:
    expected = expectation(name)
    assert differences(proposed(name, answers_of(expected)), expected) == []


@pytest.mark.parametrize("name", _REFUSED)
def test_a_file_that_is_no_workbook_is_refused_with_the_way_out(name: str) -> None:
    expected = expectation(name)
    with pytest.raises(InvalidInputError, match=r"网页.*另存为xlsx") as refusal:
        proposed(name)
    assert refusal.value.exit_code == ExitCode(expected["exit"])


def test_columns_that_no_name_tells_must_be_pointed_at() -> None:
    proposal = proposed("f17_表头认不出.xlsx")
    assert proposal.findings == ()
    assert [column.heading for column in proposal.undecided] == [
        *("毛病", "咋改", "谁管", "哪个股室办", "经手", "啥时候改完", "责任", "时间"),
    ]
    assert proposal.undecided[0].values == ("台账登记随意",)
    assert proposal.undecided[0].option("问题") == "--map 毛病=问题"


def test_a_day_or_a_deadline_must_be_said_before_anything_is_read_of_the_column() -> None:
    proposal = proposed("f06_时限各种写法.xlsx")
    (column,) = proposal.undecided
    assert (column.heading, column.letter, column.choices) == (
        *("完成时间", "G"),
        ("整改时限", "完成日期"),
    )
