"""What the judge has to say of a file's data: the model, or every fault in Chinese."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from zhenggai.core import model, notice
from zhenggai.core.codes import READING
from zhenggai.core.dates import DateTextError, is_canonical, parse_day
from zhenggai.core.judge import judge
from zhenggai.core.keys import keys
from zhenggai.core.model import Finding, Inspection
from zhenggai.core.problem import At, Fault, named, shorten
from zhenggai.core.suggestion import meant, nearest
from zhenggai.core.terms import Action

_Model = TypeVar("_Model")

_MEASURES = "措施"
_RECORDS = "记录"
_ACTION = "事项"

# How like a known word one must be to be taken for it.
_ALIKE = 0.5

# More errors in one file than this are not worth anybody's reading, or the time to word them.
MAX_ERRORS = 200

# What people write for a key of ours; the English identifiers are added from the models.
_SYNONYMS = {
    "标题": "问题",
    "问题名称": "问题",
    "措施内容": "内容",
    "责任部门": "责任科室",
    "责任单位": "责任科室",
    "牵头科室": "责任科室",
    "负责人": "责任人",
    "分管领导": "责任领导",
    "牵头领导": "责任领导",
    "期限": "整改时限",
    "整改期限": "整改时限",
    "完成时限": "整改时限",
    "完成时间": "完成",
    "完成日期": "完成",
    "整改措施": "措施",
    "整改成效": "成效",
    "原因": "理由",
    "时间": "日期",
    "说明": "情况",
    "备注": "情况",
    "附件": "佐证",
    "佐证材料": "佐证",
    "单位": "被巡察单位",
    "反馈时间": "反馈日期",
}


def read_finding(data: dict[str, Any]) -> tuple[Finding | None, list[Fault]]:
    """Validate one finding; with errors there is no finding, warnings alone leave it."""
    return _validate(Finding, data)


def read_inspection(data: dict[str, Any]) -> tuple[Inspection, list[Fault]]:
    """Validate inspection.yaml; keys at fault are reported and count as not written.

    So one slip in this file never takes the findings away.
    """
    inspection, faults = _validate(Inspection, data)
    if inspection is None:
        sound = {key: value for key, value in data.items() if _is_sound(key, value)}
        inspection = judge(Inspection).model_validate(sound).made()
    faults += [
        Fault((key,), "K301", f"没有填写“{key}”", f"补上“{key}: ……”")
        for key in Inspection.REQUIRED
        if data.get(key) is None
    ]
    return inspection, faults


def _is_sound(key: str, value: Any) -> bool:
    """Tell whether a key of inspection.yaml can be taken at its word; no key needs another."""
    try:
        judge(Inspection).model_validate({key: value})
    except ValidationError:
        return False
    return True


def _validate(kind: type[_Model], data: dict[str, Any]) -> tuple[_Model | None, list[Fault]]:
    warnings = list(_loosely_written_days(data, ()))
    try:
        return judge(kind).model_validate(data).made(), warnings
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=True)
        return None, [_translate(detail, kind, data) for detail in details[:MAX_ERRORS]] + warnings


def _loosely_written_days(data: Any, at: At) -> Iterator[Fault]:
    items = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in items:
        if isinstance(value, (dict, list)):
            yield from _loosely_written_days(value, (*at, key))
        elif key in _DAY_KEYS and isinstance(value, str) and not is_canonical(value):
            try:
                day = parse_day(value)
            except DateTextError:
                continue  # an error of its own
            message = f"日期“{shorten(value)}”能看懂,但写法不统一"
            yield Fault((*at, key), "K306", message, f"写成 {day}")


# What pydantic puts behind a key to say that the key itself is at fault.
_KEY = "[key]"

# A day may stand under these keys and nowhere else.
_DAY_KEYS = frozenset(
    (
        *("整改时限", "时限", "完成", "日期", "新时限"),
        *("巡察开始", "巡察结束", "反馈日期", "落款日期"),
    )
)


def _translate(detail: ErrorDetails, kind: type[Any], data: dict[str, Any]) -> Fault:
    at = _inside_data(detail["loc"])
    if detail["type"] in READING:  # the model's own fault, already in words
        context = detail["ctx"]
        of_measure = detail["type"] == "K310" and at[0] == _MEASURES
        hint = "写具体的日期;没有就删去这一行" if of_measure else context["hint"]
        return Fault(at, detail["type"], context["message"], hint)
    if detail["type"] == "extra_forbidden":
        return _unknown_key(at, _kind_here(at, kind, data))
    return _SENTENCES.get(detail["type"], _wrong_form)(at, detail)


def _inside_data(loc: tuple[int | str, ...]) -> At:
    """Drop what pydantic adds: the mark of a key, the discriminator's tag behind an index."""
    depth_of_tag = 2
    if loc[-1:] == (_KEY,):
        loc = loc[:-1]
    if len(loc) > depth_of_tag and loc[0] == _RECORDS:
        return (*loc[:depth_of_tag], *loc[depth_of_tag + 1 :])
    return tuple(loc)


def _missing(at: At, _detail: ErrorDetails) -> Fault:
    key = str(at[-1])
    place = f"{named(at[:-1])}" if len(at) > 1 else ""
    return Fault(at, "K301", f"{place}没有填写“{key}”", f"补上“{key}: ……”")


def _no_action(at: At, _detail: ErrorDetails) -> Fault:
    actions = "、".join(Action)
    message = f"{named(at)}没有填写“{_ACTION}”"
    return Fault((*at, _ACTION), "K301", message, f"写 {actions} 之一")


def _bad_action(at: At, detail: ErrorDetails) -> Fault:
    value = detail["input"].get(_ACTION)
    if value is None:
        return _no_action(at, detail)
    if not isinstance(value, str):
        return _wrong_form((*at, _ACTION), {**detail, "type": "enum", "input": value})
    return _not_one_of((*at, _ACTION), value, list(Action))


_DERIVED = {
    "id": "编号就是文件名",
    "编号": "编号就是文件名",
    "序号": "编号就是文件名",
    "状态": "状态由措施和记录得出",
    "阶段": "阶段由措施和记录得出",
}


def _unknown_key(at: At, kind: type[Any]) -> Fault:
    key = str(at[-1])
    message = f"不认识的键“{shorten(key)}”"
    if key in _DERIVED:
        return Fault(at, "K302", message, f"{_DERIVED[key]},不必写;请删去这一行")
    known = {name: one.alias for name, one in keys(kind).items()}
    meant = _did_you_mean(key, known)
    hint = f"是否想写“{meant}”" if meant else f"这里可写:{'、'.join(known.values())}"
    return Fault(at, "K302", message, hint)


def _kind_here(at: At, kind: type[Any], data: Any) -> type[Any]:
    """Give the model whose keys may stand beside the unknown one."""
    match at:
        case ("措施", int(), str()):
            kind = model.Measure
        case (*_, "佐证", int(), str()):
            kind = model.Evidence
        case ("记录", int(index), str()):
            kind = model.RECORDS[Action(data[_RECORDS][index][_ACTION])]
        case ("通报", str()):
            kind = notice.Notice
        case ("通报", "保密审查", str()):
            kind = notice.SecrecyReview
        case ("通报", _, int(), str()):
            kind = notice.Section
    return kind


def _did_you_mean(key: str, known: dict[str, str]) -> str | None:
    """Give the key meant by another word for it, by its English identifier or by a slip."""
    words = {word: meant for word, meant in _SYNONYMS.items() if meant in known.values()}
    words |= known | {word: word for word in known.values()}
    close = nearest(key, words, _ALIKE)
    return words[close] if close else None


def _not_one_of(at: At, value: str, words: Sequence[str]) -> Fault:
    if not value.strip():
        return _empty(at)
    alike = [word for word in words if word[0] == value[0]]
    close = meant(value, alike, _ALIKE) or meant(value, words, _ALIKE)
    hint = f"{close}可取:{'、'.join(words)}"
    return Fault(at, "K307", f"{named(at)}不能是“{shorten(value)}”", hint)


def _bad_choice(at: At, detail: ErrorDetails) -> Fault:
    value = detail["input"]
    if not isinstance(value, str):
        return _wrong_form(at, detail)
    words = [word for word in detail["ctx"]["expected"].split("'") if word.strip(" ,or")]
    return _not_one_of(at, value, words)


def _empty(at: At, _detail: ErrorDetails | None = None) -> Fault:
    return Fault(at, "K304", f"{named(at)}是空的", "填写内容,或删去这一行")


def _bad_number(at: At, detail: ErrorDetails) -> Fault:
    value = detail["input"]
    if not isinstance(value, str):
        return _wrong_form(at, detail)
    if not value.strip():
        return _empty(at)
    message = f"{named(at)}应是正整数,不是“{shorten(value)}”"
    return Fault(at, "K309", message, "只写阿拉伯数字,如 3")


def _number_too_large(at: At, detail: ErrorDetails) -> Fault:
    message = f"{named(at)}不能大于{detail['ctx']['le']}"
    return Fault(at, "K309", message, "核对这个数字")


def _bad_digest(at: At, _detail: ErrorDetails) -> Fault:
    return Fault(at, "K307", f"{named(at)}不是sha256校验值", "校验值由程序写入,是64位十六进制数")


def _wrong_form(at: At, detail: ErrorDetails) -> Fault:
    value, kind = detail["input"], detail["type"]
    if value is None:
        return _empty(at, detail)
    if isinstance(value, str) and "：" in value:
        key = value.split("：", 1)[0]
        return Fault(at, "Y202", f"“{shorten(key)}”后面用了全角冒号“：”", "改成半角冒号加空格")
    wanted, hint = _FORMS.get(kind, ("另一种形式", "对照示例台账改写"))
    if kind in _NO_MAPPING and isinstance(at[-1], int):
        hint = _ITEMS.get(at[-2], hint)
    return Fault(at, "K303", f"{named(at)}应是{wanted}", hint)


_MAPPING = ("“键: 值”的形式", "在下一行缩进后写“键: 值”")
_NO_MAPPING = ("model_type", "model_attributes_type")
_ITEMS: dict[str | int, str] = {
    "措施": "这一项写成“- 内容: ……”",
    "记录": "这一项写成“- 日期: ……”,下一行与“日期”对齐写“事项: ……”",
    "佐证": "这一项写成“- 文件路径”",
}
_FORMS = {
    "string_type": ("一段文字", "改成一行文字;内容里有“: ”或以特殊符号开头时加引号"),
    "enum": ("一个词", "改成一个词,不要写成列表或“键: 值”"),
    "int_type": ("一个数字", "只写阿拉伯数字,如 3"),
    "tuple_type": ("列表", "每项一行,以“- ”开头"),
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "dict_type": _MAPPING,
}

_SENTENCES: dict[str, Callable[[At, ErrorDetails], Fault]] = {
    "missing": _missing,
    "union_tag_not_found": _no_action,
    "union_tag_invalid": _bad_action,
    "enum": _bad_choice,
    "string_too_short": _empty,
    "string_pattern_mismatch": _bad_digest,
    "int_parsing": _bad_number,
    "int_parsing_size": _bad_number,
    "int_type": _bad_number,
    "int_from_float": _bad_number,
    "greater_than": _bad_number,
    "greater_than_equal": _bad_number,
    "less_than_equal": _number_too_large,
}
