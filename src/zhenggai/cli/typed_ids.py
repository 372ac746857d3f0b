"""Ids of findings as people type them: 7, 07, ７, 7号, #7, 07.yaml, 1-5, 1~5, 1、3、5, 台账/7,8."""

import re
from typing import NamedTuple
from unicodedata import normalize

from zhenggai.errors import WrongUsageError
from zhenggai.model.problem import shorten

_FORMS = "7、07、1-5 或 台账/07"
_LONGEST_RANGE = 10_000

_PART = r"[、，,；;\s]+"
_FINDING = r"(?:问题|第)?\s*#?\s*([0-9]{1,9})\s*(?:号|\.ya?ml)?"
_RANGE = re.compile(rf"{_FINDING}\s*(?:-+|~|至|到|—+|–|－)\s*{_FINDING}", re.IGNORECASE)
_SINGLE = re.compile(_FINDING, re.IGNORECASE)
_MEASURE = re.compile(r"#?([0-9]{1,9})\s*\.\s*([0-9]{1,4})")
_MEASURES = re.compile(r"#?([0-9]{1,9})\.([0-9]{1,4})\s*(?:-|~|至|到)\s*(?:\1\.)?([0-9]{1,4})")


class TypedId(NamedTuple):
    """One finding as it was typed, plainly written, and whether only a range means it."""

    id: str
    is_ranged: bool = False


def typed_ids(asked: str) -> list[TypedId]:
    """Return the findings that one word of a command line means.

    A ledger's name before the first of several holds for those behind it. What is no id is
    returned as it is: whoever looks for it says so. Raise WrongUsageError for a range from a
    greater number to a smaller one.
    """
    found: list[TypedId] = []
    ledger = ""
    for part in re.split(_PART, asked.strip()):
        prefix, number = _split(part)
        ledger = prefix or ledger
        if single := _SINGLE.fullmatch(number):
            found.append(TypedId(f"{ledger}{single[1]}"))
        elif ranged := _RANGE.fullmatch(number):
            found += _ranged(ledger, int(ranged[1]), int(ranged[2]), asked)
        elif re.fullmatch("[0-9~-]+", number):
            raise WrongUsageError(f"编号“{shorten(asked)}”的格式无法识别；写成 {_FORMS}")
        elif part:
            return [TypedId(asked.strip())]
    return found or [TypedId(asked)]


def _ranged(ledger: str, first: int, last: int, asked: str) -> list[TypedId]:
    if not first <= last < first + _LONGEST_RANGE:
        raise WrongUsageError(f"编号“{shorten(asked)}”的起止不对；小的写在前面，如 1-5")
    return [TypedId(f"{ledger}{number}", is_ranged=True) for number in range(first, last + 1)]


def typed_id(asked: str) -> str:
    """Return the one finding that a word means, plainly written; what is none as it is."""
    prefix, number = _split(asked.strip())
    single = _SINGLE.fullmatch(number)
    return f"{prefix}{single[1]}" if single else asked


class TypedMeasure(NamedTuple):
    """A measure as it was typed: its finding, plainly written, and its number."""

    id: str
    number: int


def typed_measures(asked: str) -> list[TypedMeasure]:
    """Return the measures that one word means: 7.2, 7.1、7.2, 7.1-3; none where it means none."""
    found: list[TypedMeasure] = []
    ledger = ""
    for part in re.split(_PART, asked.strip()):
        prefix, number = _split(part)
        ledger = prefix or ledger
        if single := _MEASURE.fullmatch(number):
            found.append(TypedMeasure(f"{ledger}{single[1]}", int(single[2])))
        elif ranged := _MEASURES.fullmatch(number):
            numbers = range(int(ranged[2]), int(ranged[3]) + 1)
            found += [TypedMeasure(f"{ledger}{ranged[1]}", one) for one in numbers]
        else:
            return []
    return found


def is_typed_id(text: str) -> bool:
    """Whether a text reads as the ids of findings or of measures, and as nothing else."""
    parts = [_split(part)[1] for part in re.split(_PART, text.strip())]
    forms = (_SINGLE, _RANGE, _MEASURE, _MEASURES)
    return all(any(form.fullmatch(part) for form in forms) for part in parts)


def _split(asked: str) -> tuple[str, str]:
    """Part a ledger's name, its slash included, from what stands for the finding."""
    at = max(asked.rfind("/"), asked.rfind("\\"))
    name = asked[: max(at, 0)].replace("\\", "/").removeprefix("./")
    number = normalize("NFKC", asked[at + 1 :]).strip()
    return (f"{name}/" if name not in ("", ".") else ""), number
