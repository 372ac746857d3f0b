"""A name in the text of a ledger's file: every place of it is replaced, all else stays to the byte.

The places follow from the declarations. What the text says then is proved by whoever asks: a
separator may stand in a name itself, so that there is more than one way to read a list of names.
"""

import re
from collections.abc import Iterator
from typing import Any

from zhenggai.errors import RefusedError
from zhenggai.model.declaration import ONE_OR_MORE, Declaration, Model
from zhenggai.model.terms import NameKind
from zhenggai.storage.yaml.nodes import Mapping, Node, Scalar, Sequence
from zhenggai.storage.yaml.text_edits import scalar

# Between names in one text: as widely as any reader takes it, and the mark of enumeration alone.
_BETWEEN = (r"、，,；;／/\s\"'\[\]", r"、\s\"'\[\]")


def is_plain_name(name: str) -> bool:
    """Whether a name stands in YAML as it is, without quotes, wherever it is written."""
    return bool(name) and name == name.strip() and scalar(name, flow=True) == name


def renamed_texts(
    text: str, root: Mapping, model: type[Model], kind: NameKind, names: tuple[str, str]
) -> Iterator[str]:
    """Yield the texts in which an old name is a new one, the likeliest first.

    Raise RefusedError where a name is written in a way that cannot be spliced.
    """
    places = list(_places(root, model, kind))
    for between in _BETWEEN:
        new_text = text
        for node, is_list in sorted(places, key=lambda one: -one[0].start.offset):
            raw = text[node.start.offset : node.end.offset]
            now = _renamed(raw, node, names, between if is_list else None)
            new_text = new_text[: node.start.offset] + now + new_text[node.end.offset :]
        yield new_text


def _renamed(raw: str, node: Scalar, names: tuple[str, str], between: str | None) -> str:
    old, new = names
    if (node.value or "").strip() == old:
        if raw.count(old) != 1:
            raise RefusedError(f"“{old}”有一处的写法不能自动修改；请先用编辑器改成一般的写法")
        return raw.replace(old, new)
    if between is None:
        return raw
    return re.sub(rf"(?<![^{between}]){re.escape(old)}(?![^{between}])", lambda _: new, raw)


def _places(node: Node, model: type[Model], kind: NameKind) -> Iterator[tuple[Scalar, bool]]:
    """Yield the scalars that say names of a kind, and whether one may say several."""
    if not isinstance(node, Mapping):
        return
    fields = {one.key: one for one in model.DECLARED.values()}
    for word, value in node.pairs:
        field = fields.get(word.value or "")
        if field is None:
            continue
        if kind in field.names:
            yield from ((one, _is_list(field)) for one in _scalars(value))
        elif len(field.kind.holds) == 1:
            [inner] = field.kind.holds.values()
            for one in value.items if isinstance(value, Sequence) else [value]:
                yield from _places(one, inner, kind)


def _is_list(field: Declaration) -> bool:
    metadata: dict[str, Any] = field.kind.schema.get("metadata", {})
    return bool(metadata.get(ONE_OR_MORE))


def _scalars(node: Node) -> Iterator[Scalar]:
    match node:
        case Scalar():
            yield node
        case Sequence():
            for item in node.items:
                yield from _scalars(item)
        case Mapping():
            for key, value in node.pairs:
                yield key
                yield from _scalars(value)
