"""Who leads and who assists, in whatever words a text of departments says it."""

import pytest

from zhenggai.ledger.department_roles import department_roles

_A, _B, _C = "办公室", "财务股", "人事股"


@pytest.mark.parametrize(
    ("text", "leading", "assisting"),
    [
        ("办公室牵头、财务股配合", (_A,), (_B,)),
        ("由办公室牵头，财务股、人事股配合", (_A,), (_B, _C)),
        ("办公室、人事股牵头，财务股配合", (_A, _C), (_B,)),
        ("办公室（牵头）、财务股", (_A,), (_B,)),
        ("办公室(牵头),财务股(配合)", (_A,), (_B,)),
        ("办公室（财务股、人事股配合）", (_A,), (_B, _C)),
        ("牵头单位：办公室；配合单位：财务股、人事股", (_A,), (_B, _C)),
        ("办公室 配合科室:财务股", (_A,), (_B,)),
        ("办公室为牵头、财务股协助落实", (_A,), (_B,)),
        ("办公室牵头、办公室配合", (_A,), ()),
    ],
)
def test_who_leads_is_told_from_who_assists(
    text: str, leading: tuple[str, ...], assisting: tuple[str, ...]
) -> None:
    found = department_roles(text)
    assert (found.leading, found.assisting) == (leading, assisting)
    assert found.is_said
    assert not found.is_open


def test_where_it_is_left_open_the_last_alone_assists() -> None:
    found = department_roles("办公室、人事股、财务股配合")
    assert (found.leading, found.assisting, found.is_open) == ((_A, _C), (_B,), True)
    assert found.remarks == ("“财务股配合”按“财务股”配合读入",)


def test_who_stands_beside_one_that_leads_assists_and_is_pointed_at() -> None:
    remarks = department_roles("办公室（牵头）、财务股").remarks
    assert remarks == ("“财务股”没有写明牵头还是配合，按配合读入",)


def test_a_list_of_departments_alone_says_nothing_of_it() -> None:
    assert department_roles("办公室、财务股")[:2] == ((_A, _B), ())
    assert not department_roles("办公室、财务股").is_said
    assert department_roles("办公室、财务股", assists=True)[:2] == ((), (_A, _B))
    assert department_roles("/")[:2] == ((), ())
    assert department_roles("各科室").remarks == ("“各科室”不是一个科室",)
