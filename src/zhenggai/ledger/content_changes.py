"""What was changed between two versions of a finding's file, said in a few words each.

It compares what the files say as plain data, so that a version with errors can be compared too.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_MEASURES, _RECORDS = "措施", "记录"
_LONGEST = 16
"""A value of more characters is not quoted."""


def content_changes(before: Any, after: Any) -> list[str]:
    """Return what was changed, in the order of the newer file; None stands for no file.

    Nothing is returned where only the way of writing differs.
    """
    if after is None:
        return ["删除文件"]
    if before is None:
        return ["登记问题", *_added_records([], _items(after, _RECORDS))]
    if not (isinstance(before, Mapping) and isinstance(after, Mapping)):
        return ["内容无法比较"] if before != after else []
    return [
        change
        for key in dict.fromkeys((*after, *before))
        if before.get(key) != after.get(key)
        for change in _of_key(key, before, after)
    ]


def _of_key(key: Any, before: Mapping[Any, Any], after: Mapping[Any, Any]) -> Iterator[str]:
    if key == _MEASURES:
        yield from _of_list(_MEASURES, _items(before, key), _items(after, key), "增加", "删去")
    elif key == _RECORDS:
        old, new = _items(before, key), _items(after, key)
        yield from _of_list("第{}条记录", old, new[: len(old)], "增加", "删去")
        yield from _added_records(old, new)
    else:
        yield _of_value(str(key), before.get(key), after.get(key))


def _items(data: Any, key: str) -> Sequence[Any]:
    found = data.get(key) if isinstance(data, Mapping) else None
    return found if isinstance(found, list) else []


def _of_list(
    name: str, before: Sequence[Any], after: Sequence[Any], added: str, removed: str
) -> Iterator[str]:
    """Compare two lists place by place; `name` may hold a place for the number."""
    called = name if "{}" in name else f"{name}{{}}"
    for number in range(1, max(len(before), len(after)) + 1):
        here = called.format(number)
        if number > len(before):
            yield f"{added}{here}"
        elif number > len(after):
            yield f"{removed}{here}"
        elif before[number - 1] != after[number - 1]:
            keys = _changed_keys(before[number - 1], after[number - 1])
            yield f"{here}改动（{'、'.join(keys)}）" if keys else f"{here}改动"


def _changed_keys(before: Any, after: Any) -> list[str]:
    if not (isinstance(before, Mapping) and isinstance(after, Mapping)):
        return []
    keys = dict.fromkeys((*after, *before))
    return [str(key) for key in keys if before.get(key) != after.get(key)]


def _added_records(before: Sequence[Any], after: Sequence[Any]) -> Iterator[str]:
    for record in after[len(before) :]:
        told = record if isinstance(record, Mapping) else {}
        yield f"登记{told.get('事项') or '记录'}（{told.get('日期') or '没有日期'}）"


def _of_value(key: str, before: Any, after: Any) -> str:
    if before is None:
        return f"填写{key}"
    if after is None:
        return f"删去{key}"
    if _is_short(before) and _is_short(after):
        return f"{key}由{before}改为{after}"
    return f"{key}改动"


def _is_short(value: Any) -> bool:
    return not isinstance(value, (list, Mapping)) and len(str(value)) <= _LONGEST
