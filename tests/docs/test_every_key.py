"""Every key that is declared is in the schema, the reference, JSON, `show` and completion.

`every_key/` is a ledger in which every key of every model says something, each word or day once
where that can be; a key that is declared and not in it fails here. What is left out of one of the
forms stands here with the reason.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from commandline import ROOT, Zhenggai
from examples import models_in
from golden import compare
from zhenggai.cli.candidates import NAMES, RENAMED
from zhenggai.ledger.renaming import names_in_use
from zhenggai.model.declaration import Model
from zhenggai.model.inspection_model import Inspection, OwnDaysOff
from zhenggai.model.ledger_model import Finding
from zhenggai.model.notice_settings import Notice
from zhenggai.model.terms import NameKind
from zhenggai.rules.json_schema import json_schema
from zhenggai.storage.ledger_folder import read_ledger
from zhenggai.views.inspection_detail import NOT_SHOWN
from zhenggai.views.phrases import value_words

HERE = Path(__file__).parent / "every_key"
AT = ("--ledger", str(HERE), "--today", "2021-06-20")
LEDGER = read_ledger(HERE, "")
[FINDING] = LEDGER.findings

_MODELS = sorted(models_in(Finding, Inspection, OwnDaysOff), key=lambda model: model.__name__)
_OF_THE_NOTICE = models_in(Notice)
# How the notice is written is seen in the notice, and tested with it.
_LOOKED_AT = [model for model in _MODELS if model not in _OF_THE_NOTICE]
FIELDS = [(model, name) for model in _MODELS for name in model.DECLARED]


each_field = pytest.mark.parametrize(
    ("model", "name"), FIELDS, ids=[f"{model.__name__}.{name}" for model, name in FIELDS]
)


def _page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def _said(model: Model) -> Iterator[tuple[Model, str, Any]]:
    """Yield every field of a model, and of those in it, that says more than the default."""
    for name, one in model.DECLARED.items():
        value = getattr(model, name)
        if one.required or value != one.default:
            yield model, name, value
            for inner in value if isinstance(value, tuple) else (value,):
                if isinstance(inner, Model):
                    yield from _said(inner)


SAID = [*_said(FINDING), *_said(LEDGER.inspection)]
# In place of the table of warnings, which the ledger has.
_NOT_IN_THE_LEDGER = {("Inspection", "warn_days")}


def test_the_ledger_says_something_at_every_key() -> None:
    said = {(type(model).__name__, name) for model, name, _ in SAID}
    wanted = {
        (model.__name__, name)
        for model in _LOOKED_AT
        if model is not OwnDaysOff
        for name in model.DECLARED
    }
    assert wanted - said == _NOT_IN_THE_LEDGER
    assert LEDGER.unreadable == ()


@each_field
def test_a_key_is_in_the_schema_of_its_file(model: type[Model], name: str) -> None:
    [file] = [one for one in (Finding, Inspection, OwnDaysOff) if model in models_in(one)]
    schema = json.dumps(json_schema(file), ensure_ascii=False)
    assert f'"{model.DECLARED[name].key}": {{' in schema


@each_field
def test_a_key_is_in_the_reference(model: type[Model], name: str) -> None:
    one = model.DECLARED[name]
    row = rf"^\| `{one.key}` \| {re.escape(one.description)} \| [^|]"
    assert re.search(row, _page("ledger.md"), re.MULTILINE)


# Days off are no part of what JSON says of a ledger: it gives the days that they move.
@pytest.mark.parametrize(
    "name", sorted({name for model, name in FIELDS if model is not OwnDaysOff})
)
def test_a_key_is_in_json_and_explained(name: str) -> None:
    section = _page("json.md").partition("\n## list\n")[2].partition("\n## check\n")[0]
    assert f"`{name}`" in section


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, dict | list):
            yield from _objects(inner)


def test_json_says_what_every_key_says(zhenggai: Zhenggai) -> None:
    shown = [json.loads(zhenggai("show", *what, "--format", "json", *AT).out) for what in ("7", "")]
    objects = [one for document in shown for one in _objects(document)]
    for _, name, value in SAID:
        assert any(one.get(name) not in (None, [], {}) for one in objects), name
        if isinstance(value, str) and not hasattr(value, "identifier"):
            assert any(one.get(name) == value for one in objects), name


# The notice says the first two beside the measures; the digest is there for `check` to compare.
_NOT_IN_SHOW = {"notice_lead", "notice_text", "sha256", *NOT_SHOWN}


def test_show_says_what_every_key_says(zhenggai: Zhenggai) -> None:
    shown = zhenggai("show", "7", *AT).out + zhenggai("show", *AT).out
    for model, name, value in SAID:
        if name in _NOT_IN_SHOW or any(isinstance(one, Model) for one in _items(value)):
            continue
        for word in map(value_words, _items(value)):
            assert word in shown, (type(model).__name__, name, word)


def _items(value: Any) -> tuple[Any, ...]:
    if isinstance(value, dict):
        return tuple(value)
    return value if type(value) is tuple else (value,)


@pytest.mark.parametrize("what", [["7"], []], ids=["finding", "inspection"])
def test_all_of_it_can_be_read(zhenggai: Zhenggai, what: list[str]) -> None:
    name = f"every-key-of-a-{'finding' if what else 'ledger'}.txt"
    compare(HERE.parent / "golden" / name, zhenggai("show", *what, *AT).out)


@pytest.mark.parametrize("kind", NameKind)
def test_every_name_that_rename_changes_is_offered_for_it(kind: NameKind) -> None:
    offered = [name for name, _ in RENAMED[kind.identifier](str(HERE))]
    assert offered == sorted(names_in_use(LEDGER, kind))
    assert len(offered) > 1


def test_every_name_of_a_finding_is_offered_where_findings_are_looked_for() -> None:
    offered = {name for lister in NAMES.values() for name, _ in lister(str(HERE))}
    for kind in NameKind:
        assert names_in_use(LEDGER._replace(inspection=Inspection()), kind) - offered == set()
    assert FINDING.category in offered
