"""`zhenggai tables`: what is written, what is written again, and over what nothing is written."""

import json
import shutil
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from county import write_county

from commandline import Zhenggai, python
from ledger_files import finding, inspection, write_ledger
from zhenggai.rollup.table_forms import as_csv, ndjson
from zhenggai.rollup.table_schema import MONEY, TABLES, Cut, Table, TableColumn
from zhenggai.rollup.table_set import file_stem

FORMS = ("csv", "ndjson", "parquet")


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return write_county(tmp_path / "全县", 30)


def _manifest(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return content


def _rows(folder: Path, table: str) -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for path in sorted((folder / table).iterdir())
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("form", FORMS)
def test_the_same_ledgers_give_the_same_bytes(
    zhenggai: Zhenggai, county: Path, tmp_path: Path, form: str
) -> None:
    if form == "parquet":
        pytest.importorskip("duckdb", reason="DuckDB is not installed")
    for name in ("一", "二"):
        words = ("--ledger", str(county), "-o", str(tmp_path / name), "--format", form)
        assert zhenggai("tables", *words, "--today", "2021-05-18").code == 3
    assert _bytes(tmp_path / "一") == _bytes(tmp_path / "二")
    files = _manifest(tmp_path / "一")["files"]
    assert {one["table"] for one in files} == set(TABLES)
    for one in files:
        content = (tmp_path / "一" / one["path"]).read_bytes()
        assert (sha256(content).hexdigest(), len(content)) == (one["sha256"], one["bytes"])


def test_every_row_has_the_columns_that_the_manifest_says(
    zhenggai: Zhenggai, county: Path, tmp_path: Path
) -> None:
    out = tmp_path / "表"
    words = ("--ledger", str(county), "-o", str(out), "--format", "ndjson", "--internal")
    outcome = zhenggai("tables", *words, "--today", "2021-05-18")
    assert outcome.code == 3
    assert "02.yaml" in outcome.err
    for name, told in _manifest(out)["columns"].items():
        for row in _rows(out, name):
            assert list(row) == [one["name"] for one in told["columns"]]
            empty = {key for key, value in row.items() if value is None}
            assert empty <= {one["name"] for one in told["columns"] if one["nullable"]}
    ids = [row["finding_id"] for row in _rows(out, "findings")]
    assert len(set(ids)) == len(ids)
    assert "东片/单位00/01" in ids
    assert {row["file"] for row in _rows(out, "unreadable")} == {"02.yaml", "inspection.yaml"}
    # Nothing counts the findings of a ledger whose inspection.yaml has errors.
    broken = {row["ledger_id"] for row in _rows(out, "inspections") if not row["is_read"]}
    assert len(broken) == 1
    assert broken.isdisjoint(row["ledger_id"] for row in _rows(out, "standing"))


def test_only_the_changed_group_is_written_again(
    zhenggai: Zhenggai, county: Path, tmp_path: Path
) -> None:
    out, anew = tmp_path / "表", tmp_path / "新"
    words = ("tables", "--ledger", str(county), "--format", "ndjson", "--today", "2021-05-18")
    zhenggai(*words, "-o", str(out))
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.ndjson")}
    assert "没有变化" in zhenggai(*words, "-o", str(out)).err
    changed = county / "东片" / "单位03" / "01.yaml"
    changed.write_text(finding(问题="另一个问题"), encoding="utf-8")
    outcome = zhenggai(*words, "-o", str(out))
    assert (outcome.code, "改写1组" in outcome.err) == (3, True)
    written = {p.stem for p, time in before.items() if p.stat().st_mtime_ns != time}
    assert written == {"东片"}
    # As if all had been written at once; and what is gone is gone from the folder.
    zhenggai(*words, "-o", str(anew))
    assert _bytes(out) == _bytes(anew)
    shutil.rmtree(county / "西片")
    zhenggai(*words, "-o", str(out))
    assert "西片" not in {path.stem for path in out.rglob("*.ndjson")}


def test_another_day_writes_the_standing_alone(
    zhenggai: Zhenggai, county: Path, tmp_path: Path
) -> None:
    out, anew = tmp_path / "表", tmp_path / "新"
    words = ("tables", "--ledger", str(county), "--format", "ndjson")
    zhenggai(*words, "-o", str(out), "--today", "2021-05-18")
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.ndjson")}
    weekly = ("--today", "2021-05-25", "--snapshots", "week")
    assert zhenggai(*words, "-o", str(out), *weekly).code == 3
    written = {p.parent.name for p, time in before.items() if p.stat().st_mtime_ns != time}
    assert written == {"standing"}
    zhenggai(*words, "-o", str(anew), *weekly)
    assert _bytes(out) == _bytes(anew)
    days = {row["day"] for row in _rows(out, "standing")}
    assert {"2021-05-25", "2021-05-18", "2021-05-11"} <= days


def test_the_words_of_what_is_not_public_stay_where_they_are(
    zhenggai: Zhenggai, county: Path, tmp_path: Path
) -> None:
    words = ("tables", "--ledger", str(county), "--format", "ndjson", "--today", "2021-05-18")
    zhenggai(*words, "-o", str(tmp_path / "外"))
    zhenggai(*words, "-o", str(tmp_path / "内"), "--internal")
    hidden = [row for row in _rows(tmp_path / "外", "findings") if not row["public"]]
    assert hidden
    assert {row["title"] for row in hidden} == {None}
    ids = {row["finding_id"] for row in hidden}
    for table, column in (("measures", "text"), ("records", "note")):
        rows = [row for row in _rows(tmp_path / "外", table) if row["finding_id"] in ids]
        assert {row[column] for row in rows} == {None}
    shown = [row for row in _rows(tmp_path / "内", "findings") if not row["public"]]
    assert None not in {row["title"] for row in shown}
    # Groups that figures are made by stay.
    assert [row["category"] for row in hidden] == [row["category"] for row in shown]


def test_nothing_is_written_over_what_is_no_table(
    zhenggai: Zhenggai, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ledger = write_ledger(tmp_path / "台账", {"01": finding()})
    (tmp_path / "信").mkdir()
    (tmp_path / "信" / "重要.txt").write_text("不要动", encoding="utf-8")
    (tmp_path / "链接").symlink_to(tmp_path / "信")
    for out, code, said in (
        ("台账", 2, "已有别的文件"),
        ("台账/表", 2, "在台账的文件夹里"),
        ("信", 2, "已有别的文件"),
        ("信/重要.txt", 2, "不是文件夹"),
        ("链接", 4, "是链接"),
    ):
        outcome = zhenggai("tables", "--ledger", str(ledger), "-o", out, "--format", "csv")
        assert (outcome.code, said in outcome.err) == (code, True), outcome.err
    assert (tmp_path / "信" / "重要.txt").read_text(encoding="utf-8") == "不要动"
    # A manifest by another hand names nothing that is removed.
    bad = {"made_by": "zhenggai tables", "files": [{"path": "../信/重要.txt"}]}
    (tmp_path / "表").mkdir()
    (tmp_path / "表" / "manifest.json").write_text(json.dumps(bad), encoding="utf-8")
    outcome = zhenggai("tables", "--ledger", str(ledger), "-o", "表", "--format", "csv")
    assert (outcome.code, "路径不对" in outcome.err) == (3, True)


def test_a_spreadsheet_runs_nothing_of_the_csv(zhenggai: Zhenggai, tmp_path: Path) -> None:
    ledger = write_ledger(tmp_path / "台账", {"01": finding(问题="=HYPERLINK(1)")}, inspection())
    out = tmp_path / "表"
    assert zhenggai("tables", "--ledger", str(ledger), "-o", str(out), "--format", "csv").code == 0
    assert ",'=HYPERLINK(1)," in (out / "findings" / "~.csv").read_text(encoding="utf-8")


def test_no_two_regions_share_a_file_and_none_is_hidden_from_an_engine() -> None:
    long = "很长的名称" * 30
    regions = ["", "甲", "甲/乙", "甲~1乙", "_甲", ".甲", "all", "~", long, f"{long}一", "甲\\乙"]
    stems = [file_stem(one) for one in (None, *regions)]
    assert len(set(stems)) == len(stems)
    assert not [one for one in stems if one[0] in "._" or "/" in one or len(one.encode()) > 200]


_ON_ALL_CORES = """
import sys
from datetime import date
from pathlib import Path
from zhenggai.cli.ledger_access import open_folders
from zhenggai.rollup.ledger_lines import Telling, read_lines
from zhenggai.rollup.table_forms import TEXT_FORMS
from zhenggai.rollup.table_set import placed
from zhenggai.storage.parallel import Spreading
if __name__ == "__main__":
    root = sys.argv[1]
    ledgers = placed(open_folders(root), Path(root))
    for name, form in TEXT_FORMS.items():
        telling = Telling(form.lines, date(2021, 5, 18), True, False)
        alone = list(read_lines(ledgers, telling, spreading=Spreading(worth=1e9)))
        spread = Spreading(tried=1, worth=-1.0, at_a_time=2, cores=2)
        assert alone == list(read_lines(ledgers, telling, spreading=spread))
        print("concurrent.futures.process" in sys.modules, len(alone))
"""


def test_on_all_cores_the_lines_are_the_same(county: Path) -> None:
    outcome = python("-c", _ON_ALL_CORES, str(county))
    assert (outcome.out, outcome.err) == ("True 30\n" * 2, "")


def _whole(*columns: TableColumn) -> Cut:
    return Cut(Table("table", "", columns, len(columns)), columns)


def test_a_value_met_before_is_written_as_the_first_time() -> None:
    amounts = _whole(TableColumn("a", MONEY, nullable=True, says=""))
    for text in ("1.0", "1.00", "1"):
        assert ndjson([(amounts, (Decimal(text),))]).decode() == f'{{"a":"{text}"}}\n'
    types = (("a", "BOOLEAN"), ("b", "INTEGER"))
    flags = _whole(*(TableColumn(*one, nullable=True, says="") for one in types))
    rows = [(flags, cells) for cells in ((True, 1), (False, 0), (None, None), (True, 1))]
    assert ndjson(rows).decode().splitlines() == [
        '{"a":true,"b":1}',
        '{"a":false,"b":0}',
        '{"a":null,"b":null}',
        '{"a":true,"b":1}',
    ]
    assert as_csv(rows).decode().splitlines() == ["true,1", "false,0", ",", "true,1"]
