"""The rounds of a finding, over any ledgers: nothing is read that nobody names, nothing runs on."""

from hypothesis import given
from hypothesis import strategies as st

from decoded import decoded
from examples import finding
from zhenggai.ledger.register import Register, register
from zhenggai.ledger.rounds import End, Lost, Rounds
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Ledger
from zhenggai.model.terms import Relation


def _register(year: int, links: dict[int, str | None]) -> Register:
    about = decoded(Inspection, {"格式": 2, "标识": f"{year}-县委", "反馈日期": f"{year}-02-01"})
    findings = tuple(
        finding(f"{number:02d}", 上次=named, 关系="屡改屡犯" if named else None)
        for number, named in links.items()
    )
    return register(Ledger(str(year), str(year), about, findings))


def _end(one: Register, number: int) -> End:
    return End(one, next(row for row in one.rows if row.number == number))


def _names(found: list[End | Lost]) -> list[str]:
    return [one.named if isinstance(one, Lost) else "/".join(one.key) for one in found]


OLDEST = _register(2015, {2: None})
OLDER = _register(2018, {4: "2015-县委/2", 5: "2015-县委/99"})
NEWEST = _register(2021, {7: "2018-县委/04", 8: "2018-县委/05", 9: "2010-县委/01"})


def test_rounds_are_followed_back_and_forth() -> None:
    rounds = Rounds(lambda: [NEWEST], lambda: [OLDER, OLDEST])
    end = _end(NEWEST, 7)
    assert _names(rounds.before(end)) == ["2015/02", "2018/04"]
    assert rounds.after(end) == []
    assert end.relation is Relation.REPEATED
    assert _names([*rounds.after(_end(OLDEST, 2))]) == ["2018/04", "2021/07"]


def test_what_cannot_be_seen_ends_the_chain_with_the_reason() -> None:
    rounds = Rounds(lambda: [NEWEST], lambda: [OLDER, OLDEST])
    missing, *rest = rounds.before(_end(NEWEST, 8))
    assert missing == Lost("2015-县委/99", "台账“2015”里没有问题99", is_at_hand=True)
    assert _names(rest) == ["2018/05"]
    [gone] = rounds.before(_end(NEWEST, 9))
    assert gone == Lost("2010-县委/01", "没有找到标识为“2010-县委”的台账", is_at_hand=False)


def test_a_finding_whose_file_cannot_be_read_is_not_called_missing() -> None:
    broken = OLDER._replace(rows=(), unreadable=("04.yaml",))
    [lost] = Rounds(lambda: [NEWEST, broken]).before(_end(NEWEST, 7))
    assert isinstance(lost, Lost)
    assert (lost.is_at_hand, lost.why) == (False, "台账“2018”的问题4有错误，无法读取")


def test_two_ledgers_with_one_identifier_are_neither() -> None:
    copy = OLDER._replace(name="副本", folder="副本")
    [lost] = Rounds(lambda: [NEWEST, OLDER, copy]).before(_end(NEWEST, 7))
    assert isinstance(lost, Lost)
    assert lost.why == "标识为“2018-县委”的台账不止一本（2018、副本）"


def test_nothing_is_read_where_no_finding_names_another() -> None:
    def read() -> list[Register]:
        raise AssertionError("nobody asked")

    rounds = Rounds(read, read)
    assert rounds.before(_end(OLDEST, 2)) == []
    assert not rounds.is_circle(_end(OLDEST, 2))


_YEARS = (2015, 2018, 2021)
_LINKS = st.dictionaries(
    st.integers(1, 3),
    st.none() | st.builds("{}-县委/{}".format, st.sampled_from(_YEARS), st.integers(1, 4)),
    min_size=1,
)


@given(st.tuples(*[_LINKS] * 3))
def test_whatever_names_what_the_rounds_come_to_an_end(
    links: tuple[dict[int, str | None], ...],
) -> None:
    there = [_register(year, one) for year, one in zip(_YEARS, links, strict=True)]
    rounds = Rounds(lambda: there)
    ends = [End(one, row) for one in there for row in one.rows]
    for end in ends:
        before, after = rounds.before(end), rounds.after(end)
        seen = [one.key for one in (*before, end, *after) if isinstance(one, End)]
        assert len(seen) == len(set(seen))
        assert all(isinstance(one, End) for one in before[1:])
        in_circle = any(rounds.is_circle(one) for one in (end, *before) if isinstance(one, End))
        # Where there is no circle, who goes on from whom is the same seen from either end.
        if not in_circle:
            for one in before:
                assert isinstance(one, Lost) or end.key in {x.key for x in rounds.after(one)}
