"""Models made of data as the decoder makes them."""

from typing import Any, TypeVar

from zhenggai.model.declaration import Model
from zhenggai.model.decoding import decode

_Model = TypeVar("_Model", bound=Model)


class FaultyDataError(ValueError):
    """The data have an error; the problems are the arguments."""


def decoded(model: type[_Model], data: dict[str, Any], stem: str = "") -> _Model:
    """Give the model, with the id `stem`; raise FaultyDataError where the data have an error."""
    made, problems = decode(model, data)
    if made is None:
        raise FaultyDataError(*problems)
    if stem:
        vars(made)["id"] = stem
    return made
