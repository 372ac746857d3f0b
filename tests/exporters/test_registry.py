"""The registry of formats: every line true to its module, nothing loaded that is not asked for."""

import json
from importlib import import_module
from pathlib import Path
from types import FunctionType
from typing import get_args

import pytest

from commandline import python
from zhenggai import exporters
from zhenggai.exporters import registry
from zhenggai.exporters.registry import FORMATS, Subject, UnknownFormatError

_FOLDER = Path(exporters.__file__).parent
_NO_FORMATS = {"__init__", "registry", "for_machines"}
_SUBJECTS = get_args(Subject)


def test_every_module_of_the_room_is_a_format_and_has_its_line() -> None:
    modules = {path.stem for path in _FOLDER.glob("*.py")} - _NO_FORMATS
    assert {one.module for one in FORMATS.values()} == {f"zhenggai.exporters.{m}" for m in modules}


@pytest.mark.parametrize("name", FORMATS)
def test_a_line_names_the_subjects_that_the_module_has_functions_for(name: str) -> None:
    has = vars(import_module(FORMATS[name].module))
    functions = {subject for subject in _SUBJECTS if isinstance(has.get(subject), FunctionType)}
    assert functions == set(FORMATS[name].subjects)
    for subject in FORMATS[name].subjects:
        assert registry.writer(subject, name) is has[subject]


@pytest.mark.parametrize("subject", _SUBJECTS)
def test_an_ending_stands_for_one_format_of_a_subject(subject: Subject) -> None:
    suffixes = [suffix for name in registry.names(subject) for suffix in FORMATS[name].suffixes]
    assert len(set(suffixes)) == len(suffixes)
    assert list(registry.by_suffix(subject)) == suffixes
    assert [suffix for suffix in suffixes if not suffix.startswith(".")] == []


def test_a_format_that_goes_to_files_only_has_an_ending() -> None:
    assert [name for name, one in FORMATS.items() if one.is_binary and not one.suffixes] == []


def test_an_unknown_format_is_told_with_those_there_are() -> None:
    with pytest.raises(
        UnknownFormatError, match=r"^没有“xls”这种形式；可写：md、text、html、docx、pdf$"
    ):
        registry.writer("paper", "xls")
    with pytest.raises(
        UnknownFormatError, match="没有“srif”这种形式；是否想写“sarif”；可写：text、"
    ):
        registry.find("problems", "srif")
    with pytest.raises(UnknownFormatError, match="没有“docx”"):
        registry.find("rows", "docx")


_LOADED = """
import json, sys
from zhenggai.exporters import registry
registry.names("rows"); registry.by_suffix("paper"); registry.find("problems", "sarif")
before = sorted(name for name in sys.modules if name.startswith("zhenggai.exporters."))
registry.writer("rows", "csv")
after = sorted(name for name in sys.modules if name.startswith("zhenggai.exporters."))
print(json.dumps([before, after]))
"""


def test_a_module_is_loaded_when_its_format_is_asked_for() -> None:
    before, after = json.loads(python("-c", _LOADED).out)
    assert before == ["zhenggai.exporters.registry"]
    assert after == ["zhenggai.exporters.csv", "zhenggai.exporters.registry"]
