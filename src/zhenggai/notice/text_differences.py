"""Where two texts differ: the passages, and of these the figures.

Blanks, line ends, how paragraphs are broken and how wide punctuation is do not count: a text that
went through Word and back is the same text.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from zhenggai.notice.numerals import full_width

_AROUND = 6
# Figures in digits, and those in Chinese that count something: 三个方面, 五项措施.
_TOKEN = re.compile(
    r"([0-9]{4}年[0-9]{1,2}月(?:[0-9]{1,2}日)?|[0-9０-９]+(?:[.,．][0-9０-９]+)*[%％]?"
    "|[〇零一二两三四五六七八九十百千万]+(?=[个项条名人次件份类]|方面))|."
)
_UNIT = re.compile("(?:万元|亿元|人次|[个项条名人次件份类天年月日元])?")
_SENTENCE = re.compile("[^。！？；;\n]+[。！？；;]?|[。！？；;]")
_MOST_COMPARED = 4_000_000  # characters of the one times those of the other
_WORDS_BEFORE = 6


class Figure(NamedTuple):
    """A figure that differs, there and ours: with the words before it and its unit, '' for none."""

    theirs: str
    ours: str


class Difference(NamedTuple):
    """A passage that differs: the words there, ours instead, and the figures among them."""

    theirs: str
    ours: str
    figures: tuple[Figure, ...]


def differences(theirs: str, ours: str) -> list[Difference]:
    """Return the passages in which two texts differ, in order."""
    left, right = _sentences(theirs), _sentences(ours)
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    found: list[Difference] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal" and "".join(left[a:b]) != "".join(right[c:d]):
            found += _of_passage(left[a:b], right[c:d])
    return found


def narrowed(theirs: str, ours: str) -> tuple[str, str]:
    """Leave out of two texts what they have in common at both ends, but for a few characters."""
    start = 0
    while start < min(len(theirs), len(ours)) and theirs[start] == ours[start]:
        start += 1
    end = 0
    while end < min(len(theirs), len(ours)) - start and theirs[-1 - end] == ours[-1 - end]:
        end += 1
    start, end = max(start - _AROUND, 0), max(end - _AROUND, 0)
    return theirs[start : len(theirs) - end], ours[start : len(ours) - end]


def _sentences(text: str) -> list[str]:
    return [
        sentence
        for line in text.split("\n")
        for sentence in _SENTENCE.findall(full_width("".join(line.split())))
    ]


def _of_passage(theirs: Sequence[str], ours: Sequence[str]) -> Iterator[Difference]:
    """Yield what differs in a run of sentences: sentence by sentence where they are as many."""
    if len(theirs) == len(ours):
        for one, other in zip(theirs, ours, strict=True):
            if one != other:
                yield _difference(one, other)
    else:
        yield _difference("".join(theirs), "".join(ours))


def _difference(theirs: str, ours: str) -> Difference:
    return Difference(*narrowed(theirs, ours), tuple(_figures(theirs, ours)))


def _figures(theirs: str, ours: str) -> Iterator[Figure]:
    """Yield the figures that are not the same on both sides."""
    left, right = _tokens(theirs), _tokens(ours)
    if len(left) * len(right) > _MOST_COMPARED:
        yield from _paired(left, right, (0, len(left)), (0, len(right)))
        return
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from _paired(left, right, (a, b), (c, d))


class _Token(NamedTuple):
    """A character, or a figure as a whole."""

    text: str
    is_figure: bool


def _tokens(text: str) -> list[_Token]:
    return [_Token(one[0], one[1] is not None) for one in _TOKEN.finditer(text)]


def _paired(
    left: Sequence[_Token], right: Sequence[_Token], here: tuple[int, int], there: tuple[int, int]
) -> Iterator[Figure]:
    one, other = (
        [place for place in range(*span) if side[place].is_figure]
        for side, span in ((left, here), (right, there))
    )
    for place in range(max(len(one), len(other))):
        yield Figure(
            _named(left, one[place]) if place < len(one) else "",
            _named(right, other[place]) if place < len(other) else "",
        )


def _named(tokens: Sequence[_Token], place: int) -> str:
    before = "".join(one.text for one in tokens[max(place - _WORDS_BEFORE, 0) : place])
    words = re.split("[。，；：、,;:（）()“”]", before)[-1]
    unit = _UNIT.match("".join(one.text for one in tokens[place + 1 : place + 3]))
    return words + tokens[place].text + (unit[0] if unit else "")
