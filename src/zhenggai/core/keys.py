"""How a model's fields stand on disk: each under a Chinese key, with what it means and examples."""

from dataclasses import fields
from typing import Any, NamedTuple

_KEY = "key"


class Key(NamedTuple):
    """A field's key on disk, what to write there, and examples of it."""

    alias: str
    description: str
    examples: tuple[Any, ...]


def key(alias: str, description: str, *examples: Any) -> dict[str, Key]:
    """Give the metadata of a field that stands on disk under the key `alias`."""
    return {_KEY: Key(alias, description, examples)}


def keys(kind: type[Any]) -> dict[str, Key]:
    """Give the keys of a model by the names of its fields; a field without one is not on disk."""
    return {one.name: one.metadata[_KEY] for one in fields(kind) if _KEY in one.metadata}
