"""The kinds of values that a ledger holds: how each is read from text, and what an editor is told.

Every scalar of a file arrives as text, whatever it looks like (007, no, 2021-13-45). A value that
is not of its kind raises `ValueFaultError` with the catalogue code, the Chinese message and the
remedy; a blank one raises `EmptyValueError`.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from itertools import chain
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Any, Final, TypeVar

from zhenggai.model.amounts import AMOUNT_FORMS, AMOUNT_PATTERN, AmountTextError, parse_amount
from zhenggai.model.dates import (
    DAY_FORMS,
    DAY_PATTERN,
    DEADLINE_FORMS,
    DEADLINE_PATTERN,
    LEAD_FORMS,
    LEAD_PATTERN,
    PERIOD_FORMS,
    PERIOD_PATTERN,
    SPAN_FORMS,
    DateTextError,
    Lead,
    Period,
    is_canonical,
    parse_day,
    parse_days,
    parse_deadline,
    parse_lead,
    parse_period,
)
from zhenggai.model.declaration import (
    DEFINED_AS,
    JSON_FORM,
    ONE_OR_MORE,
    Model,
    Schema,
    ValueKind,
)
from zhenggai.model.names import split_names
from zhenggai.model.placeholders import placeholders
from zhenggai.model.problem import shorten
from zhenggai.model.references import (
    IDENTIFIER_FORMS,
    IDENTIFIER_PATTERN,
    REFERENCE_FORMS,
    REFERENCE_PATTERN,
    is_identifier,
    parse_reference,
)
from zhenggai.model.suggestion import nearest
from zhenggai.model.terms import InspectionKind, Kind, Severity, Step, is_procedure

if TYPE_CHECKING:
    from decimal import Decimal

    from pydantic_core.core_schema import ValidationInfo

_Item = TypeVar("_Item")
_Term = TypeVar("_Term", bound=Enum)
_Key = TypeVar("_Key")
_Model = TypeVar("_Model", bound=Model)

_NOT_TEXT: Final = "K303"
_NOT_A_DAY: Final = "K305"
_NOT_A_PERIOD: Final = "K308"
_LONG_TERM_AS_DAY: Final = "K310"
_BAD_AMOUNT: Final = "K309"
_BAD_CHOICE: Final = "K307"
_BAD_PATH: Final = "K311"
_UNKNOWN_FIGURE: Final = "K313"
_NEWER_FORMAT: Final = "K315"

_ONGOING = ("长期", "持续", "常态", "坚持")


class ValueFaultError(ValueError):
    """A value that is not of its kind: catalogue code, Chinese message, remedy."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


class EmptyValueError(ValueError):
    """Nothing but blanks where a value should stand."""


def _text(value: Any) -> str:
    """Return the text without blanks around it; raise for anything else."""
    if not isinstance(value, str):
        message, hint = "这里应是一行文字", "改成一行文字，不要写成列表或“键: 值”"
        raise ValueFaultError(_NOT_TEXT, message, hint)
    text = value.strip()
    if not text:
        raise EmptyValueError
    return text


def read_day(value: Any, info: "ValidationInfo | None" = None) -> date:
    """Return the day that a text names, in any of DAY_FORMS.

    Where the text is readable and not in the program's own form (2021-05-01), this is noted in
    the context that the decoder gives: a dict, under LOOSE_DAYS.
    """
    known = _KNOWN_DAYS.get(value) if type(value) is str else None
    return known or _dated(value, info, parse_day, _not_a_day)


def _read_deadline(value: Any, info: "ValidationInfo | None" = None) -> date:
    """Return the last day that a text leaves for something, in any of DEADLINE_FORMS."""
    known = _KNOWN_DAYS.get(value) if type(value) is str else None
    return known or _dated(value, info, parse_deadline, _not_a_deadline)


def _dated(
    value: Any,
    info: "ValidationInfo | None",
    parse: Callable[[str], date],
    fault: Callable[[str, DateTextError], tuple[str, str]],
) -> date:
    if isinstance(value, date):
        return value
    text = _text(value)
    if any(word in text for word in _ONGOING):
        message = f"“{shorten(text)}”不是日期"
        hint = "长期坚持的问题写“类型: 长期坚持”和“检视周期: 每季度”；整改时限写日期，或不写"
        raise ValueFaultError(_LONG_TERM_AS_DAY, message, hint)
    try:
        day = parse(text)
    except DateTextError as error:
        raise ValueFaultError(_NOT_A_DAY, *fault(text, error)) from None
    if is_canonical(value):
        _KNOWN_DAYS[value] = day
    elif info is not None and info.context is not None:
        info.context[LOOSE_DAYS] = True
    return day


def _not_a_day(text: str, error: DateTextError) -> tuple[str, str]:
    """Say what is wrong with a day and how to write it: what happened has a day, not a month."""
    try:
        last = parse_deadline(text)
    except DateTextError:
        return str(error), f"写成 {DAY_FORMS}"
    return f"日期“{shorten(text)}”没有写明哪一天", f"这里写具体的日期，例如 {last}"


def _not_a_deadline(_text: str, error: DateTextError) -> tuple[str, str]:
    return str(error), f"写成 {DEADLINE_FORMS}"


# The same few hundred days stand again and again in a ledger; there are 92 000 that it can name.
_KNOWN_DAYS: dict[str, date] = {}

LOOSE_DAYS: Final = "loose_days"
"""Under this key of the context: whether a day was read that is not written as 2021-05-01."""


def _read_days(value: Any) -> tuple[date, ...]:
    try:
        return parse_days(_text(value))
    except DateTextError as error:
        raise ValueFaultError(_NOT_A_DAY, str(error), f"写成 {SPAN_FORMS}") from None


def _read_period(value: Any) -> Period:
    if isinstance(value, Period):
        return value
    try:
        return parse_period(_text(value))
    except DateTextError as error:
        raise ValueFaultError(_NOT_A_PERIOD, str(error), f"写成 {PERIOD_FORMS}") from None


def _read_lead(value: Any) -> Lead:
    text = str(value) if type(value) is int else _text(value)
    try:
        return parse_lead(text)
    except DateTextError as error:
        raise ValueFaultError(_NOT_A_PERIOD, str(error), f"写成 {LEAD_FORMS}") from None


_YES_NO = {"是": True, "否": False, "true": True, "false": False}


def _read_yes_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = _text(value)
    if text not in _YES_NO:
        message = f"“{shorten(text)}”既不是“是”也不是“否”"
        raise ValueFaultError(_BAD_CHOICE, message, "写成 是 或 否")
    return _YES_NO[text]


def _unquoted(value: Any) -> Any:
    """Return a word without the quotes that it is mostly printed in: “回头看”."""
    return value.strip().strip('“”"') if isinstance(value, str) else value


def _listed(value: Any) -> Any:
    """Return one thing where a list may stand as a list of it."""
    return [value] if isinstance(value, (str, Mapping)) else value


def _named_in_item(item: Any) -> list[Any]:
    """Return the names in an item of a list; an empty one stays, to be refused as such."""
    return (split_names(item) or [item]) if isinstance(item, str) else [item]


def _listed_names(value: Any) -> Any:
    if isinstance(value, str):
        return split_names(value)
    if isinstance(value, list):
        return list(chain.from_iterable(map(_named_in_item, value)))
    return _listed(value)


def _read_amount(value: Any) -> "Decimal":
    from decimal import Decimal

    if isinstance(value, Decimal):
        return value
    try:
        return parse_amount(_text(value))
    except AmountTextError as error:
        hint = f"写数字和单位，例如 {AMOUNT_FORMS}"
        raise ValueFaultError(_BAD_AMOUNT, str(error), hint) from None


_TOTAL_PATTERN = "[0-9]{1,6} ?[人件名个起次条项]?"


def _read_total(value: Any) -> str:
    """Return a number with the unit that may stand behind it, as it is to be printed."""
    text = str(value) if type(value) is int else _text(value)
    if not re.fullmatch(_TOTAL_PATTERN, text):
        message = f"“{shorten(text)}”不是一个数"
        raise ValueFaultError(_BAD_AMOUNT, message, "写数字，可加单位，如 3、3人")
    return text.replace(" ", "")


INDENT_FORM: Final = "[0-9]{1,2}个(?:空格|全角空格|不换行空格|制表符)"
_INDENT_EXAMPLES: Final = "4个空格、2个全角空格、4个不换行空格、1个制表符"


def _require_indent(text: str) -> str:
    if not re.fullmatch(INDENT_FORM, text):
        message = f"“{shorten(text)}”不是缩进"
        raise ValueFaultError(_BAD_CHOICE, message, f"写成 {_INDENT_EXAMPLES}")
    return text


# Typed as a matter of course in Chinese file names, yet not printable by Python's reckoning.
_WIDE_SPACE = "\u3000"


def _read_inside_path(value: Any) -> str:
    """Refuse a path that leaves the ledger, by Windows' rules and by POSIX's."""
    path = _text(value)
    ways = (PurePosixPath(path.replace("\\", "/")), PureWindowsPath(path))
    if any(way.is_absolute() or way.drive or way.root or ".." in way.parts for way in ways):
        message = f"路径“{shorten(path)}”不在台账里"
        raise ValueFaultError(_BAD_PATH, message, "把文件放进台账，写它在台账里的相对路径")
    if not path.replace(_WIDE_SPACE, " ").isprintable():
        message = f"路径“{shorten(path)}”里有换行或不可见字符"
        raise ValueFaultError(_BAD_PATH, message, "文件名只用可见字符，改名后再写在这里")
    return path


# The zones of places. The others (Etc/GMT+8 is eight hours *behind* UTC, right/…, Factory, UTC)
# are offsets, other reckonings or old names, and would move the day on which a finding is overdue.
_AREAS = "Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific"
_ZONE_PATTERN = rf"(?:{_AREAS})/[A-Z][A-Za-z]*(?:[_/-][A-Za-z]+)*"


def _read_time_zone(value: Any) -> str:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    text = _text(value)
    try:
        zone = ZoneInfo(text).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        message = f"没有“{shorten(text)}”这个时区"
        raise ValueFaultError(_BAD_CHOICE, message, "例如 Asia/Shanghai") from None
    if not re.fullmatch(_ZONE_PATTERN, zone):
        message = f"“{shorten(text)}”不是一个地方的时区"
        raise ValueFaultError(_BAD_CHOICE, message, "写成 洲/城市，例如 Asia/Shanghai")
    return zone


def _read_identifier(value: Any) -> str:
    text = _text(value)
    if not is_identifier(text):
        message = f"“{shorten(text)}”不能用作台账的标识"
        raise ValueFaultError(_BAD_CHOICE, message, f"写成 {IDENTIFIER_FORMS}")
    return text


def _read_reference(value: Any) -> str:
    text = _text(value)
    if parse_reference(text) is None:
        message = f"“{shorten(text)}”没有写明是哪本台账的哪个问题"
        raise ValueFaultError(_BAD_CHOICE, message, f"写成 {REFERENCE_FORMS}")
    return text


_ID_PATTERN = "[0-9]{1,9}"


def _read_finding_id(value: Any) -> str:
    text = str(value) if type(value) is int else _text(value)
    if not re.fullmatch(_ID_PATTERN, text):
        message = f"“{shorten(text)}”不是问题的编号"
        raise ValueFaultError(_BAD_CHOICE, message, "写编号，如 07；几个编号用列表或顿号")
    return text


_SCORE_PATTERN = r"[0-9]{1,3}(?:\.[0-9]{1,2})?"


def _read_score(value: Any) -> str:
    """Return a score as it is to be printed: 92.5 for 92.5分."""
    text = _text(value).removesuffix("分").strip()
    if not re.fullmatch(_SCORE_PATTERN, text):
        message = f"“{shorten(text)}”不是得分"
        raise ValueFaultError(_BAD_AMOUNT, message, "写数字，如 92.5")
    return text


NEWEST_FORMAT: Final = 2
"""The newest ledger format (格式) known here; a ledger of a higher one is refused."""


def _read_format(value: Any) -> int:
    text = str(value) if isinstance(value, int) else _text(value)
    if text in ("1", str(NEWEST_FORMAT)):
        return int(text)
    if text.isascii() and text.isdigit() and int(text) > NEWEST_FORMAT:
        message = f"台账的格式是{shorten(text)}，这个版本的程序只能读到{NEWEST_FORMAT}"
        raise ValueFaultError(_NEWER_FORMAT, message, "请安装新版本的程序")
    message = f"“{shorten(text)}”不是台账的格式"
    raise ValueFaultError(_BAD_CHOICE, message, f"写 {NEWEST_FORMAT}；没有写的是1")


def _require_approval_last(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    if not is_procedure(steps):
        message = f"“{'、'.join(steps)}”的次序不对"
        hint = "按 申请、审核（或 初审、复核）、批准 的次序写，每步一次，最后一步是批准"
        raise ValueFaultError(_BAD_CHOICE, message, hint)
    return steps


# -- what an editor is told -------------------------------------------------------------------

# A scalar is text whatever it looks like, so an editor must not insist on quotes around 007.
_SCALAR: Schema = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
_LEAVES = r"[/\\]|[A-Za-z]:|(?:[^\0]*[/\\])?\.\.\s*(?:[/\\]|$)"
_INSIDE_PATTERN = rf"^(?!\s*(?:{_LEAVES}))[^\0-\x1F\x7F]*\S[^\0-\x1F\x7F]*$"


def _scalar_form(pattern: str, message: str) -> Schema:
    """Describe text of a form to an editor; the message is what it says of any other."""
    return _SCALAR | {"pattern": pattern, "patternErrorMessage": message}


def _text_form(form: str, message: str, *examples: str) -> Schema:
    """Describe text that no number could be taken for."""
    pattern = rf"^\s*(?:{form})\s*$"
    told = {"patternErrorMessage": message, "examples": list(examples)}
    return {"type": "string", "pattern": pattern} | told


# -- how kinds are put together ---------------------------------------------------------------


def _read_by(function: Callable[[Any], _Item], form: Schema) -> ValueKind[_Item]:
    """Return the kind of value that a function reads; `form` is its JSON Schema."""
    read = {"type": "no-info", "function": function}
    return ValueKind({"type": "function-plain", "function": read, "metadata": {JSON_FORM: form}})


def checked(
    kind: ValueKind[_Item], check: Callable[[_Item], _Item], form: Schema | None = None
) -> ValueKind[_Item]:
    """Return a kind whose values go through one more function."""
    checked = {"type": "no-info", "function": check}
    metadata = {JSON_FORM: form} if form else {}
    return ValueKind(
        {
            "type": "function-after",
            "function": checked,
            "schema": kind.schema,
            "metadata": metadata,
        },
        kind.holds,
        kind.told_apart_by,
    )


def one_of(terms: type[_Term]) -> ValueKind[_Term]:
    """Return the kind of value that is one word of a closed set."""
    members = list(terms.__members__.values())
    schema = {"type": "enum", "cls": terms, "members": members, "sub_type": "str"}
    return ValueKind(schema | {"metadata": {DEFINED_AS: terms.__name__}})


def the_word(term: _Term) -> ValueKind[_Term]:
    """Return the kind of value that is one word and no other."""
    return ValueKind({"type": "literal", "expected": [term]})


def list_of(kind: ValueKind[_Item]) -> ValueKind[tuple[_Item, ...]]:
    """Return the kind of value that is a list."""
    schema = {"type": "tuple", "items_schema": [kind.schema], "variadic_item_index": 0}
    return ValueKind(schema, kind.holds, kind.told_apart_by)


def one_or_more(
    kind: ValueKind[_Item], split: Callable[[Any], Any] = _listed
) -> ValueKind[tuple[_Item, ...]]:
    """Return the kind of a list that may be written as its only item."""
    return ValueKind(
        {
            "type": "function-before",
            "function": {"type": "no-info", "function": split},
            "schema": list_of(kind).schema,
            "metadata": {ONE_OR_MORE: True},
        },
        kind.holds,
        kind.told_apart_by,
    )


def table_of(kind: ValueKind[_Item]) -> ValueKind[dict[str, _Item]]:
    """Return the kind of value that is a mapping with keys of the user's own."""
    return table_by(TEXT, kind)


def table_by(key: ValueKind[_Key], kind: ValueKind[_Item]) -> ValueKind[dict[_Key, _Item]]:
    """Return the kind of value that is a mapping with keys of one kind and values of another."""
    return ValueKind({"type": "dict", "keys_schema": key.schema, "values_schema": kind.schema})


def one(model: type[_Model]) -> ValueKind[_Model]:
    """Return the kind of value that is a model itself."""
    return ValueKind(model.core_schema(), {"": model})


def told_apart(models: "Mapping[Any, type[_Model]]", key: str) -> ValueKind[_Model]:
    """Return the kind of value that is one of several models, told apart by the word at a key."""
    by_word = {str(word.value): model for word, model in models.items()}
    choices = {word: model.core_schema() for word, model in by_word.items()}
    schema = {"type": "tagged-union", "choices": choices, "discriminator": key}
    return ValueKind(schema, dict(by_word), told_apart_by=key)


# -- the kinds --------------------------------------------------------------------------------

TEXT: ValueKind[str] = ValueKind(
    {
        "type": "str",
        "strip_whitespace": True,
        "min_length": 1,
        "metadata": {JSON_FORM: _SCALAR},
    }
)
MOST_IN_TITLE: Final = 200
"""A title is a line to be told a finding by, in tables, letters and the comparison of versions."""
IDENTIFIER = _read_by(
    _read_identifier,
    _text_form(IDENTIFIER_PATTERN, f"写成 {IDENTIFIER_FORMS}", "2021-县委-县科技局"),
)
REFERENCE = _read_by(
    _read_reference,
    _text_form(REFERENCE_PATTERN, f"写成 {REFERENCE_FORMS}", "2021-县委-县科技局/07"),
)
TITLE: ValueKind[str] = ValueKind(
    TEXT.schema
    | {"max_length": MOST_IN_TITLE, "metadata": {JSON_FORM: _SCALAR | {"maxLength": MOST_IN_TITLE}}}
)
TEXTS = one_or_more(TEXT)
DEPARTMENTS = one_or_more(TEXT, _listed_names)
FINDING_IDS = one_or_more(
    _read_by(_read_finding_id, _scalar_form(rf"^\s*{_ID_PATTERN}\s*$", "写问题的编号，如 07")),
    _listed_names,
)
SCORE = _read_by(_read_score, _scalar_form(rf"^\s*{_SCORE_PATTERN} ?分?\s*$", "写数字，如 92.5"))
INSIDE_PATH = _read_by(_read_inside_path, _scalar_form(_INSIDE_PATTERN, "写台账文件夹里的相对路径"))
SHA256: ValueKind[str] = ValueKind(
    {"type": "str", "to_lower": True, "pattern": r"^[0-9a-fA-F]{64}$"}
)
DAY: ValueKind[date] = ValueKind(
    {
        "type": "function-plain",
        "function": {"type": "with-info", "function": read_day},
        "metadata": {JSON_FORM: _text_form(DAY_PATTERN, f"写成 {DAY_FORMS}", "2021-05-01")},
    }
)
DEADLINE: ValueKind[date] = ValueKind(
    {
        "type": "function-plain",
        "function": {"type": "with-info", "function": _read_deadline},
        "metadata": {
            JSON_FORM: _text_form(
                DEADLINE_PATTERN, f"写成 {DEADLINE_FORMS}", "2021-05-01", "2021年5月底前"
            )
        },
    }
)
SPANS = one_or_more(
    _read_by(
        _read_days,
        _text_form(rf".*{DAY_PATTERN}.*", f"写成 {SPAN_FORMS}", "2021-05-01", "2021年10月1日至7日"),
    )
)
PERIOD = _read_by(
    _read_period,
    _text_form(
        PERIOD_PATTERN,
        f"写成 {PERIOD_FORMS}",
        "每周",
        "每月",
        "每季度",
        "10天",
        "3个月",
        "10个工作日",
    ),
)
LEAD = _read_by(_read_lead, _scalar_form(rf"^\s*(?:{LEAD_PATTERN})\s*$", f"写成 {LEAD_FORMS}"))
_MOST_DAYS = 3660
DAYS = one_or_more(ValueKind[int]({"type": "int", "ge": 0, "le": _MOST_DAYS}))
TIME_ZONE = _read_by(
    _read_time_zone,
    _text_form(_ZONE_PATTERN, "写一个地方的时区，如 Asia/Shanghai", "Asia/Shanghai"),
)
NUMBER: ValueKind[int] = ValueKind({"type": "int"})
YES_NO = _read_by(_read_yes_no, {"enum": ["是", "否", True, False]})
COUNT: ValueKind[int] = ValueKind({"type": "int", "gt": 0})
COUNTS = table_of(COUNT)
COUNT_OR_NONE: ValueKind[int] = ValueKind({"type": "int", "ge": 0})
VOTES = table_of(COUNT_OR_NONE)
TOTALS = table_of(
    _read_by(_read_total, _scalar_form(rf"^\s*{_TOTAL_PATTERN}\s*$", "写数字，可加单位，如 3、3人"))
)
YUAN: "ValueKind[Decimal]" = _read_by(
    _read_amount,
    _text_form(AMOUNT_PATTERN, "写数字和单位，如 1864元、884.72万元", "1864元", "884.72万元"),
)
INDENT: ValueKind[str] = checked(
    TEXT, _require_indent, _scalar_form(rf"^\s*{INDENT_FORM}\s*$", f"写成 {_INDENT_EXAMPLES}")
)
FINDING_KIND = one_of(Kind)
INSPECTION_KIND: ValueKind[InspectionKind] = ValueKind(
    {
        "type": "function-before",
        "function": {"type": "no-info", "function": _unquoted},
        "schema": one_of(InspectionKind).schema,
    }
)
LEDGER_FORMAT = _read_by(_read_format, {"enum": [1, NEWEST_FORMAT]})
SIGNATORIES = table_by(one_of(Step), one_or_more(TEXT))
SUBSTITUTES = table_of(TEXT)
STEPS = checked(one_or_more(one_of(Step)), _require_approval_last)
SEVERITIES = table_of(one_of(Severity))


def prose(names: tuple[str, ...]) -> ValueKind[str]:
    """Return the kind of text that may name these figures in braces, and nothing else."""

    def check(text: str) -> str:
        if "{" in text or "｛" in text:
            _refuse_unknown_figures(text, names)
        return text

    known = rf"(?:{'|'.join(names)})[}}｝]"
    pattern = rf"^(?![\s\S]*[{{｛](?!{known})[^{{}}｛｝]*[}}｝])[\s\S]*\S"
    told = f"占位符可写：{'、'.join(f'{{{name}}}' for name in names)}"
    return checked(TEXT, check, _scalar_form(pattern, told))


def _refuse_unknown_figures(text: str, names: tuple[str, ...]) -> None:
    for name in placeholders(text):
        if name not in names:
            close = nearest(name, names, 0.4)
            meant = f"是否想写“{{{close}}}”；" if close else ""
            hint = f"{meant}可写：{'、'.join(f'{{{one}}}' for one in names)}"
            raise ValueFaultError(_UNKNOWN_FIGURE, f"无法识别的占位符“{{{name}}}”", hint)
