"""Names of departments: several in one text, and those that look alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.model.names import SEPARATORS, looks_like, split_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("办公室", ["办公室"]),
        ("办公室、人事科", ["办公室", "人事科"]),
        ("办公室，人事科,财务科", ["办公室", "人事科", "财务科"]),
        ("办公室；人事科;财务科", ["办公室", "人事科", "财务科"]),
        ("办公室／人事科/财务科", ["办公室", "人事科", "财务科"]),
        ("办公室\n人事科\r\n财务科", ["办公室", "人事科", "财务科"]),
        (" 办公室 、 、人事科、", ["办公室", "人事科"]),
        ("办公室、人事科、办公室", ["办公室", "人事科"]),
        ("办公室（党建、人事）、财务科", ["办公室（党建、人事）", "财务科"]),
        ("办公室(党建/人事", ["办公室(党建/人事"]),
        ("办公室）、财务科", ["办公室）", "财务科"]),
        ("、", []),
        ("  ", []),
        ("", []),
    ],
)
def test_several_departments_stand_in_one_text_as_people_write_them(
    text: str, names: list[str]
) -> None:
    assert split_names(text) == names


_NAME = st.text(st.characters(exclude_characters=SEPARATORS + "\r\n（(〔[【）)〕]】"), min_size=1)


@given(st.lists(_NAME.filter(str.strip), min_size=1), st.sampled_from([*SEPARATORS, "\n", "、 "]))
def test_no_name_is_lost_whatever_parts_them(names: list[str], separator: str) -> None:
    assert split_names(separator.join(names)) == list(dict.fromkeys(map(str.strip, names)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("人事科", "人事股"),
        ("人事科", "人事 科"),
        ("党政办", "党政办公室"),
        ("机关党委", "机关党萎"),
        ("机关党委", "县机关党委"),
        ("ＸＸ科", "XX科"),
        ("行政审批科", "行政审批批科"),
    ],
)
def test_names_of_one_body_look_alike(one: str, other: str) -> None:
    assert looks_like(one, other)
    assert looks_like(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("人事科", "人事科"),
        ("人事科", "财务科"),
        ("财务科", "政务科"),
        ("一科", "一处"),
        ("办公室", "办"),
        ("业务一科", "业务二科"),
        ("执法1大队", "执法2大队"),
        ("执法大队", "执法一大队"),
        ("城东街道办", "城西街道办"),
        ("办公室", "党政办公室"),
        ("信息中心", "信息科"),
    ],
)
def test_names_of_two_bodies_do_not(one: str, other: str) -> None:
    assert not looks_like(one, other)
    assert not looks_like(other, one)
