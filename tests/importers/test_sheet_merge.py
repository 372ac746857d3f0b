"""A sheet that came back against what was given out and what the ledger says now."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger_files import closed, finding, inspection, read_whole, write_ledger
from zhenggai.importers.sheet_merge import FilledRow, FilledSheet, SheetMerge, Told, merge
from zhenggai.ledger.register_sheet import COLUMNS, RegisterSheet, Value, register_sheet
from zhenggai.ledger.standing import LedgerOnDay

TODAY = date(2021, 5, 18)
_STEPS = inspection("销号程序: [申请, 审核, 批准]\n")
_MEASURES = (
    "措施:\n  - 内容: 完善制度\n  - 内容: 少开会\n    完成: 2021-03-20\n    成效: 会议少三成\n"
    "  - 内容: 开短会\n    完成: 2021-03-21\n"
)


def _sheet(tmp_path: Path, text: str = _MEASURES, more: Mapping[str, str] = {}) -> RegisterSheet:
    findings = {"07": finding(text, 责任科室="办公室"), "08": closed("文山会海"), **more}
    write_ledger(tmp_path, findings, _STEPS)
    return register_sheet(LedgerOnDay(read_whole(tmp_path, "台账")[0], TODAY), internal=True)


def _filled(
    now: RegisterSheet,
    changes: Mapping[tuple[str, str], Value],
    *,
    base: RegisterSheet | None = None,
    remembers: bool = True,
    reporter: str | None = None,
) -> FilledSheet:
    """Give the sheet of a ledger with some cells changed; `base` is as it was given out."""
    given_out = base or now
    rows = [
        FilledRow(
            row.place,
            row.key.partition("#")[2],
            dict(row.values)
            | {name: value for (place, name), value in changes.items() if place == row.place},
            {column.name: f"表.xlsx!台账!{row.place}{column.title}" for column in COLUMNS},
        )
        for row in given_out.rows
    ]
    known = {row.place: row.values for row in given_out.rows} if remembers else {}
    return FilledSheet("表.xlsx", rows, known, reporter, TODAY)


def _told(merged: SheetMerge) -> list[tuple[Told, str, int | None, Value]]:
    return [(one.told, one.id, one.measure, one.value) for one in merged.steps]


@pytest.mark.parametrize("remembers", [True, False])
def test_an_untouched_sheet_asks_for_nothing(tmp_path: Path, *, remembers: bool) -> None:
    now = _sheet(tmp_path)
    merged = merge(now, [_filled(now, {}, remembers=remembers)])
    assert merged == SheetMerge()


@pytest.mark.parametrize("remembers", [True, False])
def test_what_is_filled_in_becomes_steps(tmp_path: Path, *, remembers: bool) -> None:
    now = _sheet(tmp_path)
    day = date(2021, 5, 10)
    changes: dict[tuple[str, str], Value] = {
        ("07.1", "done_on"): day,
        ("07.1", "outcome"): "修订制度1项",
        ("07.3", "outcome"): "会期减半",
        ("07.1", "progress"): "已印发",
        ("07.2", "progress"): "已印发",
        ("07.1", "application"): "是",
    }
    merged = merge(now, [_filled(now, changes, remembers=remembers)])
    assert _told(merged) == [
        (Told.DONE, "07", 1, day),
        (Told.OUTCOME, "07", 1, "修订制度1项"),
        (Told.PROGRESS, "07", None, "已印发"),
        (Told.APPLICATION, "07", None, "是"),
        (Told.OUTCOME, "07", 3, "会期减半"),
    ]
    assert {step.by for step in merged.steps} == {"办公室"}
    assert [one.told for one in merged.steps_by_finding()["07"]] == [
        *(Told.DONE, Told.OUTCOME, Told.OUTCOME, Told.PROGRESS, Told.APPLICATION)
    ]


def test_an_outcome_that_is_there_already_is_told_as_progress(tmp_path: Path) -> None:
    now = _sheet(tmp_path)
    merged = merge(now, [_filled(now, {("07.2", "outcome"): "会议少五成"})])
    assert _told(merged) == [(Told.PROGRESS, "07", None, "成效：会议少五成")]


def test_what_the_ledger_has_meanwhile_is_left_where_the_cell_was_not_touched(
    tmp_path: Path,
) -> None:
    old = _sheet(tmp_path / "旧")
    now = _sheet(
        tmp_path / "新", _MEASURES.replace("完善制度\n", "完善制度\n    完成: 2021-05-12\n")
    )
    assert _told(merge(now, [_filled(now, {}, base=old)])) == []
    changed = {("07.3", "outcome"): "会期减半"}
    merged = merge(now, [_filled(now, changed, base=old)])
    assert _told(merged) == [(Told.OUTCOME, "07", 3, "会期减半")]


def test_both_changed_alike_is_nothing_and_otherwise_a_conflict(tmp_path: Path) -> None:
    old = _sheet(tmp_path / "旧")
    done = _MEASURES.replace("完善制度\n", "完善制度\n    完成: 2021-05-12\n    成效: 已印发\n")
    now = _sheet(tmp_path / "新", done, {"09": finding(问题="学习不够")})
    same: dict[tuple[str, str], Value] = {
        ("07.1", "done_on"): date(2021, 5, 12),
        ("07.1", "outcome"): "已印发",
    }
    assert merge(now, [_filled(now, same, base=old)]) == SheetMerge()
    other = same | {("07.1", "done_on"): date(2021, 5, 13), ("07.1", "progress"): "已印发"}
    merged = merge(now, [_filled(now, other, base=old)])
    assert [one.text for one in merged.conflicts] == [
        "“完成日期”表里是“2021-05-13”，台账里已是“2021-05-12”"
    ]
    assert merged.steps_by_finding() == {}


def test_what_is_not_for_a_sheet_to_change_is_refused_with_the_way_to_do_it(
    tmp_path: Path,
) -> None:
    now = _sheet(tmp_path)
    changes: dict[tuple[str, str], Value] = {
        (place, "due"): date(2021, 9, 1) for place in ("07.1", "07.2", "07.3")
    }
    changes |= {("07.1", "title"): "会议太多", ("07.1", "stage"): "已销号"}
    changes |= {("07.1", "application"): "好的"}
    merged = merge(now, [_filled(now, changes)])
    assert merged.steps == []
    assert [one.text for one in merged.refused] == [
        "“问题”改成了“会议太多”，未读入；用 zhenggai edit 7 修改",
        "“整改时限”改成了“2021-09-01”，未读入；用 zhenggai extend 登记延期",
        "“申请销号”只写“是”，这里是“好的”，未读入",
    ]
    assert [one.text for one in merged.notes] == ["“整改状态”由程序推算，不读入"]


def test_an_emptied_cell_and_a_missing_row_change_nothing(tmp_path: Path) -> None:
    now = _sheet(tmp_path)
    sheet = _filled(now, {("07.2", "outcome"): None, ("07.2", "done_on"): None})
    merged = merge(now, [sheet._replace(rows=[row for row in sheet.rows if row.place != "07.1"])])
    assert merged.steps == []
    assert [one.text for one in merged.notes] == [
        "“完成日期”清空了，台账里照旧：表格不能删去内容",
        "“成效”清空了，台账里照旧：表格不能删去内容",
        "1行不在表里（07.1），台账里照旧",
    ]


def test_rows_twice_and_rows_of_other_ledgers_are_errors(tmp_path: Path) -> None:
    now = _sheet(tmp_path)
    sheet = _filled(now, {})
    twice = sheet._replace(rows=[*sheet.rows, sheet.rows[0]])
    assert [one.text for one in merge(now, [twice]).errors] == [
        "07.1这一行出现了两次；删去多出的一行"
    ]
    strange = sheet._replace(rows=[*sheet.rows, sheet.rows[0]._replace(place="99.1")])
    assert [one.text for one in merge(now, [strange]).errors] == [
        "台账里没有99.1；核对是不是这本台账的表"
    ]


def test_sheets_of_several_departments_come_back_together(tmp_path: Path) -> None:
    now = _sheet(tmp_path)
    day = date(2021, 5, 10)
    one = _filled(now, {("07.1", "done_on"): day, ("07.1", "progress"): "甲"}, reporter="办公室")
    same = _filled(now, {("07.1", "done_on"): day, ("07.1", "progress"): "乙"}, reporter="人事科")
    merged = merge(now, [one, same])
    assert [(step.told, step.value, step.by) for step in merged.steps] == [
        (Told.DONE, day, "办公室"),
        (Told.PROGRESS, "甲", "办公室"),
        (Told.PROGRESS, "乙", "人事科"),
    ]
    other = _filled(now, {("07.1", "done_on"): date(2021, 5, 11)})
    assert [remark.text for remark in merge(now, [one, other]).conflicts] == [
        "措施07.1的完成日期写了两样：表.xlsx!台账!07.1完成日期是2021-05-10，这里是2021-05-11"
    ]


def test_an_application_is_for_what_is_neither_applied_for_nor_closed(tmp_path: Path) -> None:
    now = _sheet(tmp_path)
    merged = merge(now, [_filled(now, {("08.1", "application"): "是"})])
    assert (merged.steps, [one.text for one in merged.notes]) == (
        [],
        ["问题08现在是已销号，不再申请"],
    )


def test_a_report_that_is_on_record_since_the_sheet_was_made_is_not_made_again(
    tmp_path: Path,
) -> None:
    record = "记录:\n  - 日期: 2021-05-19\n    事项: 进展\n    经办人: 办公室\n    情况: 已印发\n"
    now = _sheet(tmp_path, _MEASURES + record)
    assert merge(now, [_filled(now, {("07.1", "progress"): "已印发"})]).steps == []
    again = merge(now, [_filled(now, {("07.1", "progress"): "又印发"})])
    assert _told(again) == [(Told.PROGRESS, "07", None, "又印发")]


_CELL = st.none() | st.sampled_from(["", "甲", "是", "乙\n丙"]) | st.dates()


@given(
    st.dictionaries(
        st.tuples(
            st.sampled_from(["07.1", "07.2", "07.3", "08.1"]),
            st.sampled_from([column.name for column in COLUMNS if not column.to_fill_in]),
        ),
        _CELL,
    )
)
def test_no_change_of_a_locked_cell_asks_for_a_step(
    tmp_path_factory: pytest.TempPathFactory, changes: dict[tuple[str, str], Value]
) -> None:
    now = _sheet(tmp_path_factory.mktemp("台账"))
    assert merge(now, [_filled(now, changes)]).steps == []
