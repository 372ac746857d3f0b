"""From a file's plain data to the model: validated by pydantic's engine, each fault with its place.

One path for all data: the core schema of a model's declarations makes the model itself, or says
what is wrong where; the faults come out in Chinese, in the order of the declarations.
"""

from datetime import date
from typing import Any, TypeVar

from pydantic_core import SchemaValidator, ValidationError

from zhenggai.model.codes import reading_problem
from zhenggai.model.dates import DateTextError, is_canonical, parse_day, parse_deadline
from zhenggai.model.days_off import DaysOff, days_off
from zhenggai.model.declaration import Model, ValueKind
from zhenggai.model.fault_wording import MAX_ERRORS, word_fault
from zhenggai.model.inspection_model import Inspection, OwnDaysOff
from zhenggai.model.ledger_model import Finding
from zhenggai.model.problem import At, Problem, shorten
from zhenggai.model.values import DAY, DEADLINE

_Model = TypeVar("_Model", bound=Model)


_VALIDATORS: dict[type[Model], SchemaValidator] = {}


def _validator(model: type[Model]) -> SchemaValidator:
    """Return the validator of a model, built when first asked for (in milliseconds)."""
    if model not in _VALIDATORS:
        schema: Any = model.core_schema()
        _VALIDATORS[model] = SchemaValidator(schema)
    return _VALIDATORS[model]


def decode(model: type[_Model], data: dict[str, Any]) -> tuple[_Model | None, list[Problem]]:
    """Return the model that the data say, and what is wrong with them.

    With an error there is no model; warnings alone leave it. A problem knows its place in the
    data (`at`), not its file.
    """
    notes: dict[str, bool] = {}
    try:
        made: _Model = _validator(model).validate_python(data, context=notes)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=True)[:MAX_ERRORS]
        return None, [
            *(word_fault(detail, model, data) for detail in details),
            *_loosely_written_days(data),
        ]
    return made, _loosely_written_days(data) if notes else []


def decode_finding(data: dict[str, Any], stem: str) -> tuple[Finding | None, list[Problem]]:
    """Return the finding that a file named `stem`.yaml says; None where there is an error."""
    finding, problems = decode(Finding, data)
    if finding is not None:
        vars(finding)["id"] = stem
    return finding, problems


def decode_inspection(data: dict[str, Any]) -> tuple[Inspection, list[Problem]]:
    """Return the inspection; keys at fault are reported and count as not written.

    So one slip in this file never takes the findings away.
    """
    inspection, problems = decode(Inspection, data)
    if inspection is None:
        sound = {key: value for key, value in data.items() if _is_sound(key, value)}
        inspection = _validator(Inspection).validate_python(sound)
    problems += [
        reading_problem("K301", f"未填写“{key}”", f"补充“{key}: ……”", (key,))
        for key in inspection.required
        if data.get(key) is None
    ]
    if None not in (data.get("预警天数"), data.get("预警等级")):
        message = "“预警天数”和“预警等级”是同一项，两处都写了"
        problems.append(reading_problem("K318", message, "删去“预警天数”", ("预警天数",)))
    return inspection, problems


def decode_own_days_off(data: dict[str, Any]) -> tuple[DaysOff, list[Problem]]:
    """Return the days off that a ledger's own file says; what is at fault counts as not written."""
    own, problems = decode(OwnDaysOff, data)
    if own is None:
        sound = {key: value for key, value in data.items() if _is_sound(key, value, OwnDaysOff)}
        own = _validator(OwnDaysOff).validate_python(sound)
    free = {day for some in own.off for day in some}
    problems += [
        reading_problem("K316", f"{day}又写放假又写补班", "删去其中一处", ("补班", place))
        for place, some in enumerate(own.worked)
        for day in some
        if day in free
    ]
    return days_off(own.off, own.worked), problems


def _is_sound(key: str, value: Any, model: type[Model] = Inspection) -> bool:
    """Whether a key of a file is valid by itself; no key there needs another."""
    try:
        _validator(model).validate_python({key: value})
    except ValidationError:
        return False
    return True


def _loosely_written_days(data: dict[str, Any]) -> list[Problem]:
    """Return a warning for every readable day that is not written as 2021-05-01."""
    readers = {
        key: parse
        for kind, parse in ((DAY, parse_day), (DEADLINE, parse_deadline))
        for model in (Finding, Inspection)
        for key in _day_keys(model, (kind,))
    }
    problems: list[Problem] = []

    def walk(inner: Any, at: At) -> None:
        items = inner.items() if isinstance(inner, dict) else enumerate(inner)
        for key, value in items:
            if isinstance(value, (dict, list)):
                walk(value, (*at, key))
            elif key in readers and isinstance(value, str) and not is_canonical(value):
                try:
                    problems.append(_loosely_written(value, readers[key](value), (*at, key)))
                except DateTextError:
                    continue  # an error of its own

    walk(data, ())
    return problems


def _loosely_written(text: str, day: date, at: At) -> Problem:
    """Tell of a day that is written in another way, and which day was understood."""
    try:
        parse_day(text)
        understood = ""
    except DateTextError:
        understood = f"按{day}计算；"
    message = f"日期“{shorten(text)}”可以识别，但格式不统一"
    return reading_problem("K306", message, f"{understood}写成 {day}", at)


def _day_keys(model: type[Model], kinds: tuple[ValueKind[date], ...] = (DAY, DEADLINE)) -> set[str]:
    """Return the keys, at any depth of a model, under which a day stands."""
    keys: set[str] = set()
    for one in model.DECLARED.values():
        if one.kind in kinds:
            keys.add(one.key)
        for inner in one.kind.holds.values():
            keys |= _day_keys(inner, kinds)
    return keys
