"""Where two texts differ: no figure that changed is passed over, and no blank counts."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.notice.text_differences import Figure, differences

_WORDS = st.text("会议制度学习党组整改问题措施", min_size=2, max_size=6)
_NUMBERS = st.integers(1, 999)
# Each says something else, so that it is plain which stands for which.
_SENTENCES = st.lists(
    st.tuples(_WORDS, _NUMBERS, st.integers(0, 2)),
    min_size=1,
    max_size=8,
    unique_by=lambda one: one[0],
)


@given(_SENTENCES)
def test_every_figure_that_changed_is_named(sentences: list[tuple[str, int, int]]) -> None:
    theirs = "".join(f"{words}{number}个。" for words, number, _ in sentences)
    ours = "".join(f"{words}{number + more}个。" for words, number, more in sentences)
    named = [figure for one in differences(theirs, ours) for figure in one.figures]
    told = [tuple(re.sub("[^0-9]", "", side) for side in one) for one in named]
    assert told == [(str(n), str(n + more)) for _, n, more in sentences if more]


@given(_SENTENCES, st.data())
def test_blanks_breaks_and_widths_are_no_difference(
    sentences: list[tuple[str, int, int]], data: st.DataObject
) -> None:
    texts = [f"{words}，{number}个；" for words, number, _ in sentences]
    between = st.sampled_from(["", " ", "\n", "\u3000\n"])
    broken = "".join(one + data.draw(between) for one in texts)
    narrow = broken.replace("，", ",").replace("；", ";")
    assert differences("".join(texts), broken) == differences(broken, narrow) == []


@pytest.mark.parametrize(
    ("theirs", "ours", "figures"),
    [
        ("已销号11个，完成率57.9%。", "已销号12个，完成率63.2%。", ["11个→已销号12个", "57.9%→"]),
        ("截至2021年5月18日。", "截至2021年5月20日。", ["截至2021年5月18日→截至2021年5月20日"]),
        ("三个方面问题。", "四个方面问题。", ["三个→四个"]),
        ("追回3.5万元。", "追回4万元。", ["追回3.5万元→追回4万元"]),
        ("共3项。", "共3项。另有2项。", ["→另有2项"]),
        ("第一回学习。", "第一轮学习。", []),
    ],
)
def test_a_figure_is_named_with_what_it_counts(theirs: str, ours: str, figures: list[str]) -> None:
    [one] = differences(theirs, ours)
    told = [f"{figure.theirs}→{figure.ours}" for figure in one.figures]
    assert len(told) == len(figures)
    assert all(wanted in said for wanted, said in zip(figures, told, strict=True))


def test_a_text_far_from_the_other_is_compared_within_bounds() -> None:
    theirs = "".join(f"第{number}条规定。" for number in range(2000))
    [one] = differences(theirs, "别的文字。")
    assert len(one.figures) == 2000
    assert one.figures[0] == Figure("第0条", "")
