"""Fields set by their keys: what is to be written where, and what only a record may change.

A key of something inside is written with points: 整改方案.会议, 预警等级.1.颜色, 销号权限.审核.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from zhenggai.errors import RefusedError, WrongUsageError
from zhenggai.ledger.lifecycle import Case, PlainValue, Plan, Put, refuse_closed
from zhenggai.ledger.progress_steps import numbered_measure
from zhenggai.model.declaration import ONE_OR_MORE, Declaration, Model
from zhenggai.model.fault_wording import unknown_key
from zhenggai.model.inspection_model import Inspection
from zhenggai.model.ledger_model import Finding, Measure
from zhenggai.model.names import split_names
from zhenggai.model.problem import shorten
from zhenggai.model.values import DAY, DEADLINE

ReadDay = Callable[[str, str, bool], date]
"""Reads a day typed for a key; the last parameter tells whether it is a deadline."""

_MEASURES = "措施"


class Assignment(NamedTuple):
    """A key as it was typed, and what it is to say; '' empties it."""

    key: str
    value: str


class _Place(NamedTuple):
    """Where a key leads: the path in the data, the declaration it ends with, the kind there.

    `schema` is that of the value. `alone` is the key that a text is under which stands for the
    table around the place.
    """

    path: tuple[str | int, ...]
    declared: Declaration
    schema: dict[str, Any]
    alone: str = ""


def plan_set_finding(case: Case, said: Sequence[Assignment], read_day: ReadDay) -> Plan:
    """Set keys of a finding; refuse those that a record or another command is for."""
    for one in said:
        _refuse_of_finding(case, _first(one.key), one.value)
    edits, keys, warnings = _edits(Finding, case.finding, (), said, read_day)
    return _plan(f"问题{case.id}", edits, keys, warnings)


def plan_set_measure(
    case: Case, number: int, said: Sequence[Assignment], read_day: ReadDay
) -> Plan:
    """Set keys of measure `number` (counted from 1); refuse those that a command is for."""
    measure = numbered_measure(case.finding, number)
    name = f"{case.finding.number}.{number}"
    refuse_closed(case, f"措施{name}不能再改")
    for one in said:
        _refuse_of_measure(case, measure, name, _first(one.key), one.value)
    around = (_MEASURES, number - 1)
    edits, keys, warnings = _edits(Measure, measure, around, said, read_day)
    return _plan(f"措施{name}", edits, keys, warnings)


def plan_set_inspection(
    inspection: Inspection, said: Sequence[Assignment], read_day: ReadDay
) -> Plan:
    """Set keys of inspection.yaml; refuse those that a command is for."""
    for one in said:
        _refuse_of_inspection(inspection, _first(one.key), one.value)
    edits, keys, warnings = _edits(Inspection, inspection, (), said, read_day)
    return _plan("台账", edits, keys, warnings)


def _plan(name: str, edits: list[Put], keys: list[str], warnings: list[str]) -> Plan:
    if not edits:
        return Plan((), f"{name}与原来相同，未作改动")
    return Plan(tuple(edits), f"{name}已改：{'、'.join(keys)}", tuple(warnings))


# -- what a record is for ---------------------------------------------------------------------

_OF_ENDED = ("问题", "类型", "整改时限", "检视周期")


def _refuse_of_finding(case: Case, key: str, value: str) -> None:
    finding, number = case.finding, case.finding.number
    commands = {
        "措施": f"逐项改用 zhenggai set {number}.1 内容=…，增加用 zhenggai measure add {number}",
        "记录": f"只往后追加，用 report、log 等命令登记；登错的用 zhenggai correct {number} 更正",
        "拆分自": "由 zhenggai split 写入",
    }
    if key in commands:
        raise RefusedError(f"“{key}”不能这样改；{commands[key]}")
    if key == "整改时限" and finding.due is not None and value != str(finding.due):
        raise RefusedError(
            f"问题{case.id}的整改时限已经是{finding.due}，不能直接改；"
            f"延期的用 zhenggai extend {number} 新时限，刚登错的用 zhenggai undo 撤回"
        )
    if key in ("责任领导", "责任人"):
        held = finding.leader if key == "责任领导" else finding.owner
        if held and finding.records and value.strip() != held:
            option = "--leader" if key == "责任领导" else "--owner"
            raise RefusedError(
                f"问题{case.id}已有记录，{key}不能直接改；换了人的用 "
                f"zhenggai handover {number} {option} {shorten(held)} 接任，"
                f"名称写错的用 zhenggai rename {option} 旧 新"
            )
    if key in _OF_ENDED:
        refuse_closed(case, f"“{key}”不能再改")


def _refuse_of_measure(case: Case, measure: Measure, name: str, key: str, value: str) -> None:
    number = case.finding.number
    commands = {
        "完成": f"用 zhenggai done {name} 登记",
        "佐证": f"用 zhenggai done {name} --evidence 文件 登记，校验值由程序写",
        "增加日期": f"由 zhenggai measure add {number} 写入",
    }
    if key in commands:
        raise RefusedError(f"措施{name}的“{key}”不能这样改；{commands[key]}")
    if key == "时限" and measure.due is not None and value != str(measure.due):
        raise RefusedError(
            f"措施{name}的时限已经是{measure.due}，不能直接改；"
            f"延期的用 zhenggai extend {name} 新时限，刚登错的用 zhenggai undo 撤回"
        )
    if key == "内容" and case.journal().signed:
        raise RefusedError(f"问题{case.id}已申请销号，措施{name}的内容不能改；退回以后才能改")


def _refuse_of_inspection(inspection: Inspection, key: str, value: str) -> None:
    commands = {
        "格式": "用 zhenggai upgrade 升级",
        "评估": "用 zhenggai assess 登记",
        "签批": "用 zhenggai sign 登记",
        "更名": "由 zhenggai rename 写入",
        "审定稿": "只往后追加，用 zhenggai freeze 登记",
    }
    if key in commands:
        raise RefusedError(f"“{key}”不能这样改；{commands[key]}")
    if key == "标识" and inspection.identifier and value.strip() != inspection.identifier:
        raise RefusedError(f"台账的标识是“{inspection.identifier}”，定了就不再改")


# -- where a key leads, and what is written there ---------------------------------------------


def _first(key: str) -> str:
    return _parts(key)[0]


def _parts(key: str) -> list[str]:
    return [part.strip() for part in re.split(r"[.．]", key)]


def _edits(
    model: type[Model],
    now: Model,
    around: tuple[str | int, ...],
    said: Sequence[Assignment],
    read_day: ReadDay,
) -> tuple[list[Put], list[str], list[str]]:
    """Return what to write, the keys of that, and what to beware of."""
    given: dict[str, list[str]] = {}
    for one in said:
        given.setdefault(one.key.strip(), []).append(one.value.strip())
    edits: list[Put] = []
    keys: list[str] = []
    warnings: list[str] = []
    for key, values in given.items():
        place = _place(model, key)
        written = _written(place, key, values, read_day)
        before = _now(now, place.path)
        if _says(before, written):
            continue
        order = tuple(one.key for one in model.DECLARED.values())
        edits.append(Put((*around, *place.path), written, place.alone, order))
        keys.append(key)
        if place.declared.history == "guarded" and before not in (_ABSENT, place.declared.default):
            warnings.append(f"“{key}”原来写有内容，这样改在 zhenggai check --since 里会列出")
    return edits, keys, warnings


_ABSENT = None


def _now(model: Any, path: tuple[str | int, ...]) -> Any:
    """Return what stands at a place now, None where it says nothing."""
    said: Any = model
    for step in path:
        if isinstance(said, Model):
            said = next(getattr(said, n) for n, one in said.DECLARED.items() if one.key == step)
        elif isinstance(said, tuple):
            said = said[step] if isinstance(step, int) and step < len(said) else None
        elif isinstance(said, dict):
            said = said.get(step)
    return said


def _says(before: Any, written: PlainValue) -> bool:
    """Whether a field says already what is to be written."""
    if written is None:
        return before in (None, (), {})
    if isinstance(before, tuple) and all(isinstance(one, str) for one in before):
        return list(before) == ([written] if isinstance(written, str) else written)
    return isinstance(written, str) and isinstance(before, (str, date)) and str(before) == written


def _declared(model: type[Model], word: str, key: str) -> Declaration:
    for one in model.DECLARED.values():
        if word in one.keys:
            return one
    problem = unknown_key((word,), model)
    whole = f"（{key}）" if word != key else ""
    raise WrongUsageError(f"{problem.message}{whole}；{problem.hint}")


def _has(model: type[Model], word: str) -> bool:
    return any(word in one.keys for one in model.DECLARED.values())


def _place(model: type[Model], key: str) -> _Place:
    """Return where a key leads; raise WrongUsageError where it leads nowhere, or not far enough."""
    words = _parts(key)
    if model in (Finding, Measure) and not _has(model, words[0]) and _has(Inspection, words[0]):
        raise WrongUsageError(f"“{words[0]}”是台账的项目；写成 zhenggai set 台账 {key}=…")
    declared = _declared(model, words.pop(0), key)
    path: tuple[str | int, ...] = (declared.key,)
    schema, alone = declared.kind.schema, ""
    while words:
        inner = _bare(schema)
        if inner["type"] == "dict":
            return _Place((*path, ".".join(words)), declared, inner["values_schema"])
        holds = declared.kind.holds
        if len(holds) != 1:
            raise WrongUsageError(f"“{declared.key}”下面没有“{'.'.join(words)}”；请核对“{key}”")
        [inside] = holds.values()
        if inner["type"] == "tuple":
            path = (*path, _item(declared, words.pop(0), key))
            if not words:
                raise WrongUsageError(f"“{key}”没有写明是哪一键；可写：{_keys(inside)}")
        alone = inside.ALONE or ""
        declared = _declared(inside, words.pop(0), key)
        path, schema = (*path, declared.key), declared.kind.schema
    return _Place(path, declared, schema, alone)


def _item(declared: Declaration, word: str, key: str) -> int:
    if not re.fullmatch("[1-9][0-9]{0,3}", word):
        raise WrongUsageError(
            f"“{declared.key}”是列表，要写明第几项；写成 {declared.key}.1.……，不是“{key}”"
        )
    return int(word) - 1


def _keys(model: type[Model]) -> str:
    return "、".join(one.key for one in model.DECLARED.values())


def _bare(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema without the functions around it that read or check."""
    while schema["type"] in ("function-before", "function-after") and "schema" in schema:
        schema = schema["schema"]
    return schema


def _written(place: _Place, key: str, values: list[str], read_day: ReadDay) -> PlainValue:
    """Return what stands in the file for the values typed for one key."""
    schema = place.schema
    is_list = bool(schema.get("metadata", {}).get(ONE_OR_MORE)) or _bare(schema)["type"] == "tuple"
    if len(values) > 1 and not is_list:
        raise WrongUsageError(f"“{key}”写了{len(values)}次；只写一次")
    if not any(values):
        return None
    _refuse_whole(place, key, values[0], schema)
    if schema in (DAY.schema, DEADLINE.schema):
        return str(read_day(values[0], key, schema == DEADLINE.schema))
    if not is_list:
        return values[0]
    items = (
        values
        if _is_prose(place, schema)
        else [part for value in values for part in split_names(value)]
    )
    return items[0] if len(items) == 1 else list(items)


def _refuse_whole(place: _Place, key: str, value: str, schema: dict[str, Any]) -> None:
    """Refuse one text for what is a table, or a list of tables."""
    holds = place.declared.kind.holds
    bare = _bare(schema)
    if bare["type"] == "dict":
        raise WrongUsageError(f"“{key}”是一张表，要写明哪一项；写成 {key}.……={shorten(value)}")
    if holds and len(holds) == 1:
        [inside] = holds.values()
        if bare["type"] == "tuple":
            first = next(iter(inside.DECLARED.values())).key
            raise WrongUsageError(f"“{key}”是列表，要写明第几项和哪一键；写成 {key}.1.{first}=……")
        if inside.ALONE is None:
            raise WrongUsageError(f"“{key}”要写明哪一键；写成 {key}.键=……，可写：{_keys(inside)}")


def _is_prose(place: _Place, schema: dict[str, Any]) -> bool:
    """Whether a list is one of sentences, in which 、 parts nothing."""
    bare = _bare(schema)
    item = _bare(bare["items_schema"][0]) if bare["type"] == "tuple" else bare
    return item["type"] == "str" and not place.declared.names
