"""The kinds of values a ledger holds, each read from text with a Chinese fault of its own."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath, PureWindowsPath
from typing import Annotated, Any, Final, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PositiveInt,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError, PydanticKnownError, core_schema

from zhenggai.core.amounts import AMOUNT_FORMS, AMOUNT_PATTERN, AmountTextError, parse_amount
from zhenggai.core.dates import (
    DAY_FORMS,
    DAY_PATTERN,
    PERIOD_FORMS,
    PERIOD_PATTERN,
    DateTextError,
    Period,
    parse_day,
    parse_period,
)
from zhenggai.core.figures import (
    IN_ASPECT_HEADINGS,
    IN_FINDING_HEADINGS,
    IN_LABELS,
    IN_PROSE,
    placeholders,
)
from zhenggai.core.problem import shorten
from zhenggai.core.suggestion import nearest
from zhenggai.core.terms import Severity, Step, is_procedure

# Faults that only a value's own text can show carry their catalogue code as pydantic's error
# type, and their remedy in the error's context.
_NOT_TEXT: Final = "K303"
_NOT_A_DAY: Final = "K305"
_NOT_A_PERIOD: Final = "K308"
_LONG_TERM_AS_DAY: Final = "K310"
_BAD_AMOUNT: Final = "K309"
_BAD_CHOICE: Final = "K307"
_BAD_PATH: Final = "K311"
_UNKNOWN_FIGURE: Final = "K313"

_ONGOING = ("长期", "持续", "常态", "坚持")


def fault(code: str, message: str, hint: str) -> PydanticCustomError:
    """Make a fault of a catalogued code, in words."""
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint})


def _text(value: Any) -> str:
    """Let only text through: a list, a mapping or nothing in place of a word is its own fault."""
    if not isinstance(value, str):
        raise fault(_NOT_TEXT, "这里应是一行文字", "改成一行文字,不要写成列表或“键: 值”")
    if not value.strip():
        raise PydanticKnownError("string_too_short", {"min_length": 1})
    return value.strip()


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    text = _text(value)
    if any(word in text for word in _ONGOING):
        raise fault(
            _LONG_TERM_AS_DAY,
            f"“{shorten(text)}”不是日期",
            "长期坚持的问题写“类型: 长期坚持”和“复核周期: 每季度”,不写整改时限",
        )
    try:
        return parse_day(text)
    except DateTextError as error:
        raise fault(_NOT_A_DAY, str(error), f"写成 {DAY_FORMS}") from None


def _period(value: Any) -> Period:
    if isinstance(value, Period):
        return value
    try:
        return parse_period(_text(value))
    except DateTextError as error:
        raise fault(_NOT_A_PERIOD, str(error), f"写成 {PERIOD_FORMS}") from None


_YES_NO = {"是": True, "否": False, "true": True, "false": False}


def _yes_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = _text(value)
    if text not in _YES_NO:
        raise fault(_BAD_CHOICE, f"“{shorten(text)}”既不是“是”也不是“否”", "写成 是 或 否")
    return _YES_NO[text]


def one_or_more(value: Any) -> Any:
    """Take one thing where a list may stand as a list of it."""
    return [value] if isinstance(value, (str, Mapping)) else value


def _departments(value: Any) -> Any:
    if isinstance(value, str):
        return [part for part in value.split("、") if part.strip()]
    return value


def _amount(value: Any) -> Decimal:
    if isinstance(value, Decimal):
        return value
    try:
        return parse_amount(_text(value))
    except AmountTextError as error:
        raise fault(_BAD_AMOUNT, str(error), f"写数字和单位,例如 {AMOUNT_FORMS}") from None


# Typed as a matter of course in Chinese file names, yet not printable by Python's reckoning.
_WIDE_SPACE = "\u3000"


def _inside(value: Any) -> str:
    """Refuse a path that leaves the ledger, by Windows' rules and by POSIX's."""
    path = _text(value)
    ways = (PurePosixPath(path.replace("\\", "/")), PureWindowsPath(path))
    if any(way.is_absolute() or way.drive or way.root or ".." in way.parts for way in ways):
        message = f"路径“{shorten(path)}”不在台账里"
        raise fault(_BAD_PATH, message, "把文件放进台账,写它在台账里的相对路径")
    if not path.replace(_WIDE_SPACE, " ").isprintable():
        message = f"路径“{shorten(path)}”里有换行或看不见的字符"
        raise fault(_BAD_PATH, message, "文件名只用看得见的字符,改名后再写在这里")
    return path


def _time_zone(value: Any) -> str:
    text = _text(value)
    try:
        return ZoneInfo(text).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise fault(_BAD_CHOICE, f"没有“{shorten(text)}”这个时区", "例如 Asia/Shanghai") from None


def _ends_in_approval(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    if not is_procedure(steps):
        raise fault(
            _BAD_CHOICE,
            f"“{'、'.join(steps)}”的次序不对",
            "按 申请、审核、批准 的次序写,每步一次,最后一步是批准",
        )
    return steps


class OneOrMore:
    """Marks a list that may be written as its only item, for validation and for JSON Schema."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """Read what stands alone as a list of one."""
        return core_schema.no_info_before_validator_function(one_or_more, handler(source))

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        """Allow one item or a list of them."""
        found = handler(schema)
        return {"anyOf": [found.get("items", {}), found]}


# A scalar is text whatever it looks like, so an editor must not insist on quotes around 007.
_SCALAR = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
_LEAVES = r"[/\\]|[A-Za-z]:|(?:[^\0]*[/\\])?\.\.\s*(?:[/\\]|$)"
_INSIDE_PATTERN = rf"^(?!\s*(?:{_LEAVES}))[^\0-\x1F\x7F]*\S[^\0-\x1F\x7F]*$"


def _scalar_schema(pattern: str, message: str) -> WithJsonSchema:
    """Describe text of a form to an editor; the message is what it says of any other."""
    return WithJsonSchema(_SCALAR | {"pattern": pattern, "patternErrorMessage": message})


def _text_schema(form: str, message: str, *examples: str) -> WithJsonSchema:
    """Describe text that no number could be taken for."""
    told = {"patternErrorMessage": message, "examples": list(examples)}
    return WithJsonSchema({"type": "string", "pattern": rf"^\s*(?:{form})\s*$"} | told)


Text: TypeAlias = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1),
    WithJsonSchema(_SCALAR),
]
Texts: TypeAlias = Annotated[tuple[Text, ...], OneOrMore()]
Departments: TypeAlias = Annotated[tuple[Text, ...], OneOrMore(), BeforeValidator(_departments)]
InsidePath: TypeAlias = Annotated[
    Text, BeforeValidator(_inside), _scalar_schema(_INSIDE_PATTERN, "写台账文件夹里的相对路径")
]
Sha256: TypeAlias = Annotated[str, StringConstraints(to_lower=True, pattern=r"^[0-9a-fA-F]{64}$")]

Day: TypeAlias = Annotated[
    date,
    BeforeValidator(_day),
    _text_schema(DAY_PATTERN, f"写成 {DAY_FORMS}", "2021-05-01"),
]
Every: TypeAlias = Annotated[
    Period,
    BeforeValidator(_period),
    _text_schema(PERIOD_PATTERN, f"写成 {PERIOD_FORMS}", "每周", "每月", "每季度", "10天", "3个月"),
]
Days: TypeAlias = Annotated[tuple[Annotated[int, Field(ge=0, le=3660)], ...], OneOrMore()]
Zone: TypeAlias = Annotated[
    str,
    BeforeValidator(_time_zone),
    _text_schema(r"\S+", "写时区的名称,如 Asia/Shanghai", "Asia/Shanghai"),
]

YesNo: TypeAlias = Annotated[
    bool,
    BeforeValidator(_yes_no),
    WithJsonSchema({"enum": ["是", "否", True, False]}),
]
Count: TypeAlias = PositiveInt
Counts: TypeAlias = dict[Text, PositiveInt]
Yuan: TypeAlias = Annotated[
    Decimal,
    BeforeValidator(_amount),
    _text_schema(AMOUNT_PATTERN, "写数字和单位,如 1864元、884.72万元", "1864元", "884.72万元"),
]

Steps: TypeAlias = Annotated[tuple[Step, ...], OneOrMore(), AfterValidator(_ends_in_approval)]
Severities: TypeAlias = dict[Text, Severity]


def _known(names: tuple[str, ...]) -> AfterValidator:
    """Let a text name these in braces and nothing else."""

    def judge(text: str) -> str:
        for name in placeholders(text):
            if name not in names:
                close = nearest(name, names, 0.4)
                meant = f"是否想写“{{{close}}}”;" if close else ""
                hint = f"{meant}可写:{'、'.join(f'{{{one}}}' for one in names)}"
                raise fault(_UNKNOWN_FIGURE, f"不认识的占位符“{{{name}}}”", hint)
        return text

    return AfterValidator(judge)


def _naming(names: tuple[str, ...]) -> WithJsonSchema:
    """Tell an editor what a text may name in braces."""
    known = rf"(?:{'|'.join(names)})[}}｝]"
    pattern = rf"^(?![\s\S]*[{{｛](?!{known})[^{{}}｛｝]*[}}｝])[\s\S]*\S"
    return _scalar_schema(pattern, f"占位符可写:{'、'.join(f'{{{name}}}' for name in names)}")


Prose: TypeAlias = Annotated[Text, _known(IN_PROSE), _naming(IN_PROSE)]
Paragraphs: TypeAlias = Annotated[tuple[Prose, ...], OneOrMore()]
Label: TypeAlias = Annotated[Text, _known(IN_LABELS), _naming(IN_LABELS)]
AspectHeading: TypeAlias = Annotated[Text, _known(IN_ASPECT_HEADINGS), _naming(IN_ASPECT_HEADINGS)]
FindingHeading: TypeAlias = Annotated[
    Text, _known(IN_FINDING_HEADINGS), _naming(IN_FINDING_HEADINGS)
]
