"""The sample of closed findings: the same for everybody, and every finding may be drawn."""

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from examples import closing, finding, ledger, measure, withdrawal
from zhenggai.ledger.register import register
from zhenggai.ledger.sampling import closed, sample
from zhenggai.ledger.standing import Line, lines
from zhenggai.model.dates import parse_day

TODAY = parse_day("2021-05-18")
_DONE = [measure(done="2021-03-01")]


def _lines(*numbers: int) -> list[Line]:
    findings = [finding(f"{n:02d}", 措施=_DONE, 记录=[closing("2021-03-31")]) for n in numbers]
    return lines(register(ledger(*findings)), TODAY)


def _ids(drawn: list[Line]) -> list[int]:
    return [line.row.number for line in drawn]


def test_only_what_is_closed_on_the_day_and_counts_may_be_drawn() -> None:
    there = ledger(
        finding("01", 措施=_DONE, 记录=[closing("2021-03-31")]),
        finding("02", 措施=_DONE, 记录=[closing("2021-05-19")]),
        finding("03", 措施=_DONE, 记录=[closing("2021-03-31"), withdrawal("2021-04-01")]),
        finding("04", 措施=_DONE),
    )
    assert _ids(closed(lines(register(there), TODAY))) == [1]


def test_the_lot_of_a_finding_is_the_digest_of_seed_and_number() -> None:
    lots = {number: sha256(f"2026/{number}".encode()).hexdigest() for number in range(1, 31)}
    lowest = sorted(lots, key=lambda number: lots[number])[:5]
    assert _ids(sample(_lines(*range(1, 31)), 5, "2026")) == sorted(lowest)


_NUMBERS = st.lists(st.integers(1, 99), min_size=1, max_size=25, unique=True)


@given(_NUMBERS, st.integers(1, 30), st.text(max_size=8))
def test_the_order_of_reading_does_not_matter_and_more_are_the_same_and_others(
    numbers: list[int], size: int, seed: str
) -> None:
    found = _lines(*numbers)
    drawn = _ids(sample(found, size, seed))
    assert len(drawn) == min(size, len(numbers))
    assert drawn == sorted(drawn)
    assert drawn == _ids(sample(found[::-1], size, seed))
    assert set(drawn) <= set(_ids(sample(found, size + 1, seed)))


def test_every_finding_is_drawn_by_some_seed() -> None:
    found = _lines(*range(1, 11))
    drawn = {number for seed in range(60) for number in _ids(sample(found, 1, str(seed)))}
    assert drawn == set(range(1, 11))
