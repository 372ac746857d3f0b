"""A ledger's inspection.yaml whole: who inspected whom, how it is kept, what was said of it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from zhenggai.model.declaration import Declaration, Model
from zhenggai.model.inspection_model import Inspection
from zhenggai.views.layout import Screen
from zhenggai.views.phrases import value_words
from zhenggai.views.screen_text import hanging, pad, visible, width

_GAP = 2
# What is said on other ways: the settings of the notice are the notice's own.
NOT_SHOWN = ("notice",)
# Lists that were written to one by one: each stands below, under its number.
_COUNTED = {
    "warning_levels": "级",
    "assessments": "次",
    "sign_offs": "件",
    "approved_texts": "份",
    "renamings": "次",
}


class InspectionSheet(NamedTuple):
    """The inspection of a ledger, to be shown whole."""

    ledger: str
    inspection: Inspection

    def content(self) -> dict[str, Any]:
        """Return what JSON says of it: every field by its identifier."""
        return {"inspection": {"ledger": self.ledger} | self.inspection.as_dict()}


def write(sheet: InspectionSheet, screen: Screen) -> str:
    """Write what inspection.yaml says, key by key as they are declared."""
    said = list(_said(sheet.inspection, apart=(*NOT_SHOWN, *_COUNTED)))
    columns = max((width(one.key) for one, _ in said), default=0) + _GAP
    lines = [
        hanging(pad(one.key, columns) + visible(words), screen.width, columns)
        for one, words in said
    ]
    for name, unit in _COUNTED.items():
        lines += _list(sheet.inspection, name, unit, screen)
    return "\n".join(lines)


def _said(model: Model, apart: tuple[str, ...] = ()) -> Iterator[tuple[Declaration, str]]:
    """Yield the fields that say something, in words; what is only the default is not said."""
    for name, one in model.DECLARED.items():
        value = getattr(model, name)
        if (
            name not in apart
            and (one.required or value != one.default)
            and (words := _words(value))
        ):
            yield one, words


def _words(value: Any) -> str:
    if isinstance(value, Model):
        return "，".join(f"{one.key}：{words}" for one, words in _said(value))
    if isinstance(value, dict):
        return "、".join(
            f"{key}{'' if isinstance(item, int) else '：'}{_words(item)}"
            for key, item in value.items()
        )
    if type(value) is tuple:
        return "、".join(map(_words, value))
    return value_words(value)


def _list(inspection: Inspection, name: str, unit: str, screen: Screen) -> Iterator[str]:
    """Yield a list under its key, an entry in a line."""
    entries = getattr(inspection, name) or ()
    if not entries:
        return
    yield ""
    yield f"{Inspection.DECLARED[name].key} {len(entries)}{unit}"
    columns = len(str(len(entries)))
    for number, entry in enumerate(entries, start=1):
        head = f"  {number:>{columns}} "
        yield hanging(head + visible(_words(entry)), screen.width, len(head))
