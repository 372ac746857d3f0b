"""What is wrong with a value, in Chinese: pydantic's error types become sentences with a remedy."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from zhenggai.model.codes import reading_problem
from zhenggai.model.problem import At, Problem, named, shorten
from zhenggai.model.suggestion import meant, nearest
from zhenggai.model.terms import Action
from zhenggai.model.values import ValueFaultError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from zhenggai.model.declaration import Declaration, Model, ValueKind

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


# What pydantic puts behind a key to say that the key itself is at fault.
_KEY = "[key]"


def word_fault(detail: "ErrorDetails", model: "type[Model]", data: dict[str, Any]) -> Problem:
    """Return the problem that an error of pydantic's engine means, for data read as a model."""
    at = _inside_data(detail["loc"])
    if detail["type"] == "value_error":
        return _value_fault(at, detail["ctx"]["error"])
    if detail["type"] == "unexpected_keyword_argument":
        return unknown_key(at, _model_at(at, model, data))
    return _SENTENCES.get(detail["type"], _wrong_form)(at, detail)


def _value_fault(at: At, error: Exception) -> Problem:
    """Word what a value's own reader raised."""
    if not isinstance(error, ValueFaultError):
        return _empty(at)
    of_measure = error.code == "K310" and at[0] == _MEASURES
    hint = "写具体的日期；没有就删去这一行" if of_measure else error.hint
    return reading_problem(error.code, error.message, hint, at)


def _inside_data(loc: tuple[int | str, ...]) -> At:
    """Drop what pydantic adds: the mark of a key, the discriminator's tag behind an index."""
    depth_of_tag = 2
    if loc[-1:] == (_KEY,):
        loc = loc[:-1]
    if len(loc) > depth_of_tag and loc[0] == _RECORDS:
        return (*loc[:depth_of_tag], *loc[depth_of_tag + 1 :])
    return tuple(loc)


def _missing(at: At, _detail: "ErrorDetails") -> Problem:
    key = str(at[-1])
    place = f"{named(at[:-1])}" if len(at) > 1 else ""
    return reading_problem("K301", f"{place}未填写“{key}”", f"补充“{key}: ……”", at)


def _no_action(at: At, _detail: "ErrorDetails") -> Problem:
    actions = "、".join(Action)
    message = f"{named(at)}未填写“{_ACTION}”"
    return reading_problem("K301", message, f"写 {actions} 之一", (*at, _ACTION))


def _bad_action(at: At, detail: "ErrorDetails") -> Problem:
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


def unknown_key(at: At, model: "type[Model]") -> Problem:
    """Word that the last key of a place is none of a model's."""
    key = str(at[-1])
    message = f"无法识别的键“{shorten(key)}”"
    if key in _DERIVED:
        return reading_problem("K302", message, f"{_DERIVED[key]}，不必写；请删去这一行", at)
    known = {name: one.key for name, one in model.DECLARED.items()}
    written = _by_key(model).get(key)
    if written is not None:  # the old name of a key that stands there by its new one
        message = f"“{written.formerly}”和“{written.key}”是同一项，两处都写了"
        return reading_problem("K317", message, f"删去“{key}”", at)
    meant = _did_you_mean(key, known)
    hint = f"是否想写“{meant}”" if meant else f"这里可写：{'、'.join(known.values())}"
    return reading_problem("K302", message, hint, at)


def _model_at(at: At, model: "type[Model]", data: Any) -> "type[Model]":
    """Return the model whose keys may stand beside the key at a place."""
    kind: ValueKind[Any] | None = None
    for part in at[:-1]:
        if isinstance(part, str):
            kind = _by_key(model)[part].kind
            data = data[part]
        elif isinstance(data, list):  # else one item, written without its list
            data = data[part]
        if kind is not None and isinstance(data, dict):
            word = data[kind.told_apart_by] if kind.told_apart_by else ""
            model = kind.holds[word]
    return model


def _by_key(model: "type[Model]") -> "dict[str, Declaration]":
    return {key: one for one in model.DECLARED.values() for key in one.keys}


def _did_you_mean(key: str, known: dict[str, str]) -> str | None:
    """Return the key meant by another word for it, by its English identifier or by a slip."""
    words = {word: meant for word, meant in _SYNONYMS.items() if meant in known.values()}
    words |= known | {word: word for word in known.values()}
    close = nearest(key, words, _ALIKE)
    return words[close] if close else None


def _not_one_of(at: At, value: str, words: Sequence[str]) -> Problem:
    if not value.strip():
        return _empty(at)
    alike = [word for word in words if word[0] == value[0]]
    close = meant(value, alike, _ALIKE) or meant(value, words, _ALIKE)
    hint = f"{close}可写：{'、'.join(words)}"
    return reading_problem("K307", f"{named(at)}不能是“{shorten(value)}”", hint, at)


def _bad_choice(at: At, detail: "ErrorDetails") -> Problem:
    value = detail["input"]
    if not isinstance(value, str):
        return _wrong_form(at, detail)
    words = [word for word in detail["ctx"]["expected"].split("'") if word.strip(" ,or")]
    return _not_one_of(at, value, words)


def _empty(at: At, _detail: "ErrorDetails | None" = None) -> Problem:
    return reading_problem("K304", f"{named(at)}是空的", "填写内容，或删去这一行", at)


def _too_long(at: At, detail: "ErrorDetails") -> Problem:
    most, length = detail["ctx"]["max_length"], len(detail["input"].strip())
    message = f"{named(at)}有{length}字，超过{most}字"
    return reading_problem("K314", message, "写成一句话，其余的写进“具体表现”", at)


def _bad_number(at: At, detail: "ErrorDetails") -> Problem:
    value = detail["input"]
    if not isinstance(value, str):
        return _wrong_form(at, detail)
    if not value.strip():
        return _empty(at)
    message = f"{named(at)}应是正整数，不是“{shorten(value)}”"
    return reading_problem("K309", message, "只写阿拉伯数字，如 3", at)


def _number_too_large(at: At, detail: "ErrorDetails") -> Problem:
    message = f"{named(at)}不能大于{detail['ctx']['le']}"
    return reading_problem("K309", message, "核对这个数字", at)


def _bad_digest(at: At, _detail: "ErrorDetails") -> Problem:
    hint = "校验值由程序写入，是64位十六进制数"
    return reading_problem("K307", f"{named(at)}不是sha256校验值", hint, at)


def _wrong_form(at: At, detail: "ErrorDetails") -> Problem:
    value, kind = detail["input"], detail["type"]
    if value is None:
        return _empty(at, detail)
    if isinstance(value, str) and "：" in value:
        key = value.split("：", 1)[0]
        message = f"“{shorten(key)}”后面用了全角冒号“：”"
        return reading_problem("Y202", message, "改成半角冒号加空格", at)
    wanted, hint = _FORMS.get(kind, ("另一种形式", "对照示例台账改写"))
    if kind in _NO_MAPPING and isinstance(at[-1], int):
        hint = _ITEMS.get(at[-2], hint)
    return reading_problem("K303", f"{named(at)}应是{wanted}", hint, at)


_MAPPING = ("“键: 值”的形式", "在下一行缩进后写“键: 值”")
# A mapping was wanted; a record that is none has no 事项 to be told by.
_NO_MAPPING = ("dataclass_type", "model_attributes_type")
_ITEMS: dict[str | int, str] = {
    "措施": "这一项写成“- 内容: ……”",
    "记录": "这一项写成“- 日期: ……”，下一行与“日期”对齐写“事项: ……”",
    "佐证": "这一项写成“- 文件路径”",
}
_FORMS = {
    "string_type": ("一段文字", "改成一行文字；内容里有“: ”或以特殊符号开头时加引号"),
    "enum": ("一个词", "改成一个词，不要写成列表或“键: 值”"),
    "int_type": ("一个数字", "只写阿拉伯数字，如 3"),
    "tuple_type": ("列表", "每项一行，以“- ”开头"),
    "dataclass_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "dict_type": _MAPPING,
}

_SENTENCES: dict[str, Callable[[At, "ErrorDetails"], Problem]] = {
    "missing": _missing,
    "union_tag_not_found": _no_action,
    "union_tag_invalid": _bad_action,
    "enum": _bad_choice,
    "string_too_short": _empty,
    "string_too_long": _too_long,
    "string_pattern_mismatch": _bad_digest,
    "int_parsing": _bad_number,
    "int_parsing_size": _bad_number,
    "int_type": _bad_number,
    "int_from_float": _bad_number,
    "greater_than": _bad_number,
    "greater_than_equal": _bad_number,
    "less_than_equal": _number_too_large,
}
