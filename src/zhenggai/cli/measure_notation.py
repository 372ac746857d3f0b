"""A measure on one line: 内容@时限#责任科室, of which only the first must be there."""

import re
from collections.abc import Callable
from datetime import date

from zhenggai.errors import WrongUsageError
from zhenggai.ledger.progress_steps import NewMeasure
from zhenggai.model.dates import DateTextError
from zhenggai.model.names import split_names
from zhenggai.model.problem import shorten

MEASURE_FORM = "内容@时限#责任科室"
_LAST = re.compile(r"\s*([@＠#＃])([^@＠#＃]*)$")
_AT, _OF = "@＠", "#＃"
_AS_TEXT = "内容里本来有@、#的，登记以后用 zhenggai set 改"


def measure_noted(text: str, deadline: Callable[[str], date]) -> NewMeasure:
    """Return what a line says of a measure; `deadline` reads the day behind the @.

    A # right behind a letter or digit of the words themselves is one of them (1#楼, C#). Raise
    WrongUsageError where there are no words, or a sign stands twice or before nothing.
    """
    words, due, departments = text.strip(), None, None
    while (found := _LAST.search(words)) and not _is_of_words(words, found):
        sign, said = found[1], found[2].strip()
        if not said or (due if sign in _AT else departments) is not None:
            raise WrongUsageError(
                f"“{shorten(text)}”的“{sign}”后面不清楚；写成 {MEASURE_FORM}，{_AS_TEXT}"
            )
        words = words[: found.start()]
        if sign in _AT:
            due = said
        else:
            departments = tuple(split_names(said))
    if not words.strip():
        raise WrongUsageError(f"“{shorten(text)}”没有内容；写成 {MEASURE_FORM}")
    try:
        day = None if due is None else deadline(due)
    except (DateTextError, WrongUsageError) as error:
        if due is None or not re.search("[A-Za-z]", due):
            raise
        raise type(error)(f"{error}；{_AS_TEXT}") from None
    return NewMeasure(words.strip(), day, departments or ())


def _is_of_words(words: str, found: re.Match[str]) -> bool:
    before = words[: found.start()]
    return (
        found[1] in _OF
        and re.search("[A-Za-z0-9]$", before) is not None
        and not any(sign in before for sign in _AT)
    )
