"""`zhenggai schema`, and what the program writes held against the schemas by another tool."""

import json
from pathlib import Path

import pytest
from check_jsonschema import main

from commandline import ROOT, SAMPLE, Zhenggai
from ledger_files import OFFICE, OFFICE_ABOUT, inspection, write_ledger
from zhenggai.storage.file_names import INSPECTION
from zhenggai.storage.scaffold import SCHEMAS

_SHIPPED = ROOT / "templates" / "schema"


def _judged(folder: Path, schemas: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Have check-jsonschema judge every file of a ledger; give what it complains of."""
    capsys.readouterr()
    findings = sorted(set(folder.glob("*.yaml")) - {folder / INSPECTION})
    for kind, files in (("inspection", [folder / INSPECTION]), ("finding", findings)):
        words = ["--schemafile", str(schemas / f"{kind}.json"), *map(str, files)]
        if main(words, standalone_mode=False):
            return capsys.readouterr().out
    return ""


@pytest.mark.parametrize("kind", ["finding", "inspection"])
def test_a_schema_is_printed_as_it_is_shipped(zhenggai: Zhenggai, kind: str) -> None:
    outcome = zhenggai("schema", kind)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == (_SHIPPED / f"{kind}.json").read_text(encoding="utf-8")
    assert json.loads(outcome.out)["title"]


def test_there_is_no_schema_of_anything_else(zhenggai: Zhenggai) -> None:
    outcome = zhenggai("schema", "ledger")
    assert (outcome.code, outcome.out) == (2, "")


def test_the_sample_is_valid_by_its_schemas(capsys: pytest.CaptureFixture[str]) -> None:
    assert _judged(SAMPLE, _SHIPPED, capsys) == ""


def test_what_init_and_new_write_is_valid_by_the_schemas_they_lay_down(
    tmp_path: Path, zhenggai: Zhenggai, capsys: pytest.CaptureFixture[str]
) -> None:
    about = ("--unit", "县科技局党组", "--group", "第一巡察组", "--feedback", "2021-02-01")
    zhenggai("init", str(tmp_path), *about)
    who = ("--leader", "局长", "--department", "办公室", "--department", "007", "--owner", "主任")
    where = ("--ledger", str(tmp_path))
    for more in (
        ("--due", "2021年4月30日"),
        ("--kind", "立行立改", "--due", "2021-04-30", "--aspect", "党的建设"),
        ("--kind", "长期坚持", "--review-every", "每季度"),
    ):
        assert zhenggai("new", "a: b #c", *who, *more, *where).code == 0
    assert _judged(tmp_path, tmp_path / SCHEMAS, capsys) == ""


def test_what_new_leaves_open_an_editor_marks_as_check_does(
    tmp_path: Path, zhenggai: Zhenggai, capsys: pytest.CaptureFixture[str]
) -> None:
    write_ledger(tmp_path, {})
    zhenggai("new", "财务管理不规范", "--owner", "主任", "--ledger", str(tmp_path))
    told = _judged(tmp_path, _SHIPPED, capsys)
    out = zhenggai("check", "--ledger", str(tmp_path)).out
    for key in ("责任领导", "责任科室", "整改时限"):
        assert f"01.yaml::$.{key}: " in told or f"01.yaml::$['{key}']: " in told
        assert f"未填写{key}" in out or f"没有{key}" in out
    assert "责任人" not in told


def test_a_ledger_in_the_middle_of_its_life_is_valid(
    tmp_path: Path, zhenggai: Zhenggai, capsys: pytest.CaptureFixture[str]
) -> None:
    findings = {stem: text for stem, text in OFFICE.items() if stem != "06"}
    write_ledger(tmp_path, findings, OFFICE_ABOUT + inspection().splitlines()[-1] + "\n")
    where = ("--ledger", str(tmp_path), "--today", "2021-05-18")
    for words in (
        ("done", "4.2", "--outcome", "节约3万元"),
        ("extend", "1", "2021-08-01", "--late", "--reason", "等批复", "--approved-by", "局党组"),
        ("reopen", "5", "--reason", "反弹", "--due", "2021-08-01"),
        ("report", "1", "开会", "--cause", "资金", "--next", "报批", "--expected", "2021-06-01"),
        ("log", "1", "看过", "--method", "现场督查", "--reply-by", "2021-06-01"),
        ("log", "4", "不符"),
        ("void", "2", "--reason", "重复登记", "--into", "1", "--basis", "3号"),
    ):
        assert zhenggai(*words, *where).code == 0, words
    assert _judged(tmp_path, _SHIPPED, capsys) == ""


def test_check_jsonschema_refuses_what_check_refuses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_ledger(tmp_path, {"01": OFFICE["06"]})
    assert "'责任领导' is a required property" in _judged(tmp_path, _SHIPPED, capsys)
    write_ledger(tmp_path, {"01": OFFICE["01"].replace("2021-05-01", "2021-13-01")})
    assert "整改时限" in _judged(tmp_path, _SHIPPED, capsys)
