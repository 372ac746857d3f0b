"""Tables as people make them: each a small way off the usual one, and what is right of it."""

import unicodedata
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet
from workbooks import FILE, HEADER, ROW, Rows, of_text, proposal, said, values, workbook

from word_files import word_file
from zhenggai.errors import WrongUsageError
from zhenggai.importers.tables.proposal import Accept, Answers, Need, Proposal
from zhenggai.importers.tables.proposing import propose
from zhenggai.importers.tables.reading import read_workbook
from zhenggai.importers.tables.state_words import State
from zhenggai.model.dates import parse_period
from zhenggai.model.terms import Kind

_USUAL = {
    "问题": "会议记录不全",
    "类型": Kind.FIXED_TERM,
    "责任领导": "局长",
    "责任科室": ("办公室",),
    "责任人": "办公室主任",
    "整改时限": date(2023, 6, 30),
    "措施": ["补齐记录"],
}


def _keys(found: Proposal) -> set[str]:
    return {question.key for question in found.questions}


def _book(sheet: Worksheet) -> Workbook:
    assert isinstance(sheet.parent, Workbook)
    return sheet.parent


# -- headers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    [
        HEADER,
        ("编号", "存在问题", "整改任务", "分管领导", "牵头部门", "负责人", "完成时限"),
        (
            " 序 号*",
            "巡察反馈问题",
            "整 改\n措施",
            "责任领导：",
            "责任单位（盖章）",
            "具体责任人",
            "时限(年月日)",
        ),
        ("问题编号", "反馈问题", "具体措施", "牵头领导", "承办科室", "直接责任人", "计划完成时间"),
        ("ＮＯ", "问题描述", "整改举措", "主管领导", "主责单位", "责任人员", "整改期限"),
    ],
)
def test_names_of_columns_are_known_however_they_are_dressed(header: tuple[str, ...]) -> None:
    assert values(proposal([header, ROW])) == [_USUAL]


def test_columns_may_stand_in_any_order_below_a_title_and_blank_rows() -> None:
    found = proposal(
        [
            ("某局整改台账",),
            (),
            ("填报单位：某局党组", None, None, "截至二〇二三年五月三十一日"),
            (),
            tuple(reversed(HEADER)),
            tuple(reversed(ROW)),
        ]
    )
    assert values(found) == [_USUAL]
    assert found.title_block.as_of is not None
    assert found.title_block.as_of.value == date(2023, 5, 31)
    assert found.title_block.unit is not None
    assert found.title_block.unit.value == "某局党组"
    assert found.headers == {f"{FILE}!台账": f"{FILE}!台账!A5:G5"}


def test_a_header_of_two_rows_is_read_with_and_without_merges() -> None:
    rows = [
        ("序号", "问题", "整改措施", "责任", None, None, "整改时限"),
        (None, None, None, "领导", "科室", "人员", None),
        ROW,
    ]
    merged = ["D1:F1", "A1:A2", "B1:B2", "C1:C2", "G1:G2"]
    assert values(proposal(rows, merged)) == [_USUAL]
    text = "\n".join(",".join(str(one or "") for one in row) for row in rows)
    assert values(of_text(text)) == [_USUAL]


def test_of_parts_of_a_group_the_group_says_which_they_are() -> None:
    found = proposal(
        [
            ("序号", "问题", "整改措施", "责任科室", None, "完成时间", None),
            (None, None, None, "牵头", "配合", "计划", "实际"),
            (1, "甲", "做", "办公室", "人事科、财务科", "2023-6-30", "2023-5-1"),
        ],
        ["D1:E1", "F1:G1"],
    )
    (finding,) = found.findings
    assert finding.fields["责任科室"].value == ("办公室",)
    assert finding.fields["配合科室"].value == ("人事科", "财务科")
    assert finding.fields["整改时限"].value == date(2023, 6, 30)
    assert finding.measures[0].fields["完成"].value == date(2023, 5, 1)


@pytest.mark.parametrize("name", ["完成时间", "整改完成时间", "时间"])
def test_a_day_that_may_be_either_is_asked(name: str) -> None:
    found = proposal([(*HEADER[:6], name), ROW])
    assert [(one.letter, one.choices) for one in found.undecided] == [
        ("G", ("整改时限", "完成日期"))
    ]
    assert "整改时限" not in values(found)[0]
    for column in (name, "G", f"台账!{name}"):
        said_so = Answers(columns=((column, "整改时限"),))
        pointed = proposal([(*HEADER[:6], name), ROW], answers=said_so)
        assert values(pointed) == [_USUAL]
        assert not pointed.undecided
        assert any(one.need is Need.CONFIRM for one in pointed.questions)


def test_two_columns_for_one_field_are_asked_and_one_can_be_left_out() -> None:
    rows = [(*HEADER, "责任单位"), (*ROW, "人事科")]
    found = proposal(rows)
    assert [one.heading for one in found.undecided] == ["责任科室", "责任单位"]
    chosen = proposal(rows, answers=Answers(columns=(("责任单位", "-"),)))
    assert values(chosen) == [_USUAL]
    assert [(one.place, one.texts) for one in chosen.skipped] == [(f"{FILE}!台账!H1", ("人事科",))]


def test_a_name_is_never_known_by_likeness_or_by_a_part() -> None:
    found = proposal([(*HEADER, "责任单立", "问题数量", "整改措施落实"), (*ROW, "甲", 3, "乙")])
    assert values(found) == [_USUAL]
    assert [one.texts for one in found.skipped] == [("甲",), ("3",), ("乙",)]


def test_pointing_at_what_is_not_there_is_wrong_usage() -> None:
    for answers, sentence in (
        (Answers(columns=(("没有", "问题"),)), "没有“没有”这一列"),
        (Answers(columns=(("问题", "没有"),)), "没有“没有”这个字段"),
        (Answers(columns=(("没有!问题", "问题"),)), "没有“没有”这张表"),
        (Answers(sheets=("没有",)), "没有“没有”这张表"),
    ):
        with pytest.raises(WrongUsageError, match=sentence):
            proposal([HEADER, ROW], answers=answers)


def test_the_mapping_can_be_pasted_back_and_changes_nothing() -> None:
    rows = [(*HEADER, "备注", "有 空格"), (*ROW, "无", "甲")]
    found = proposal(rows)
    options = [option.removeprefix("--map ").strip("'") for option in found.options()]
    again = Answers(columns=tuple(tuple(option.split("=")) for option in options))  # type: ignore[misc]
    assert values(proposal(rows, answers=again)) == values(found)


# -- rows -------------------------------------------------------------------------------------


def test_rows_that_are_no_findings_are_listed_one_by_one() -> None:
    found = proposal(
        [
            HEADER,
            ("一、政治建设方面（1个）",),
            ROW,
            HEADER,
            ("（二）作风建设方面",),
            (2, "乙", *ROW[2:]),
            ("小计", 2),
            ("本页说明文字",),
            ("填表人：       审核人：",),
            ("注：本表一式三份",),
        ],
        ["A2:G2", "A5:G5", "A8:G8"],
    )
    assert [one["方面"] for one in values(found)] == ["政治建设方面", "作风建设方面"]
    assert [(one.place[-2:], one.reason) for one in found.skipped] == [
        ("A4", "重复的表头"),
        ("A7", "合计行"),
        ("A8", "整行的文字"),
        ("A9", "签字、说明行"),
        ("10", "签字、说明行"),
    ]


def test_a_measure_that_begins_like_a_signature_is_a_measure() -> None:
    found = proposal([HEADER, ROW, (None, None, "审核人员资格，合计三次")])
    assert values(found)[0]["措施"] == ["补齐记录", "审核人员资格，合计三次"]


def test_an_empty_cell_is_never_filled_from_above() -> None:
    found = proposal([HEADER, ROW, (2, "乙", "做")])
    assert set(values(found)[1]) == {"问题", "类型", "措施"}
    for cell, field in (
        ("D3", "责任领导"),
        ("E3", "责任科室"),
        ("F3", "责任人"),
        ("G3", "整改时限"),
    ):
        assert said(found, cell) == f"没有{field}"


def test_rows_with_measures_alone_belong_to_the_finding_above() -> None:
    found = proposal(
        [
            HEADER,
            ROW,
            (None, None, "第二项", None, "人事科", None, "2023-7-31"),
            (2, "乙", *ROW[2:]),
        ]
    )
    first, second = found.findings
    assert [measure.text for measure in first.measures] == ["补齐记录", "第二项"]
    assert first.fields["整改时限"].value == date(2023, 7, 31)
    assert first.fields["整改时限"].is_derived
    assert first.fields["责任科室"].value == ("办公室", "人事科")
    assert first.measures[1].fields["责任科室"].value == ("人事科",)
    assert second.measures[0].fields["时限"].value == date(2023, 6, 30)
    assert "责任科室" not in second.measures[0].fields


def test_a_merge_over_two_findings_stays_with_the_first_and_is_asked() -> None:
    rows = [HEADER, ROW, (2, "乙", "做", None, "人事科", "科长", "2023-7-1")]
    found = proposal(rows, ["D2:D3"])
    assert [one.get("责任领导") for one in values(found)] == ["局长", None]
    assert "跨了几个问题" in said(found, "D3")
    confirmed = Answers(confirmed=frozenset({f"merge:{FILE}!台账!D2"}))
    spread = proposal(rows, ["D2:D3"], answers=confirmed)
    assert [one.get("责任领导") for one in values(spread)] == ["局长", "局长"]


def test_a_title_or_a_number_merged_over_two_findings_is_an_error() -> None:
    rows: list[tuple[Any, ...]] = [HEADER, ROW, (2, None, *ROW[2:])]
    assert [one.place for one in proposal(rows, ["B2:B3"]).errors] == [f"{FILE}!台账!A3"]
    rows = [HEADER, ROW, (None, "乙", *ROW[2:])]
    assert [one.place for one in proposal(rows, ["A2:A3"]).errors] == [f"{FILE}!台账!A2"]


def test_a_number_twice_with_another_title_is_an_error() -> None:
    found = proposal([HEADER, ROW, ("１", "乙", *ROW[2:])])
    assert [(one.place, "重复" in one.text) for one in found.errors] == [(f"{FILE}!台账!A3", True)]
    assert [finding.number for finding in found.findings] == ["01", "02"]


def test_a_number_and_title_on_every_line_are_one_finding() -> None:
    found = of_text(
        "序号;问题;整改措施;责任领导;责任科室;责任人;时限;完成日期\n"
        "1;甲;一步;局长;办公室;主任;2023-6-30;2023-6-1\n"
        "1;甲;二步;局长;办公室;主任;2023-6-30;\n",
        "gb18030",
    )
    (finding,) = found.findings
    assert ["完成" in measure.fields for measure in finding.measures] == [True, False]
    assert finding.state is None
    assert "按GB18030编码、分号分隔读出" in {note.text for note in found.notes}


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        (("1", "2"), ["01", "02"]),
        (("３", "７"), ["03", "07"]),
        (("007", "012"), ["07", "12"]),
        (("1、", "2."), ["01", "02"]),
        (("①", "②"), ["01", "02"]),
        (("1-1", "1-2"), ["01", "02"]),
        (("一", "二"), ["01", "02"]),
        (("5", None), ["01", "02"]),
        (("1000", "1001"), ["1000", "1001"]),
    ],
)
def test_numbers_that_are_plain_stay_and_others_are_counted_anew(
    written: tuple[Any, Any], numbers: list[str]
) -> None:
    found = proposal([HEADER, (written[0], *ROW[1:]), (written[1], "乙", *ROW[2:])])
    assert [finding.number for finding in found.findings] == numbers
    kept = {number.lstrip("0") for number in numbers} == {
        unicodedata.normalize("NFKC", one or "").rstrip("、.").lstrip("0") for one in written
    }
    assert kept or "编为" in said(found, "A2")


def test_sheets_of_one_shape_are_aspects_by_their_names() -> None:
    sheets: dict[str, Rows] = {
        "政治建设": [HEADER, ROW],
        "作风 ": [HEADER, (1, "乙", *ROW[2:])],
        "说明": [("填表说明",)],
    }
    found = proposal(sheets)
    assert [finding.label for finding in found.findings] == ["政治建设-1", "作风-1"]
    assert [one["方面"] for one in values(found)] == ["政治建设", "作风"]
    assert "aspects" in _keys(found)
    denied = proposal(sheets, answers=Answers(denied=frozenset({"aspects"})))
    assert ["方面" in one for one in values(denied)] == [False, False]
    alone = proposal(sheets, answers=Answers(sheets=("政治建设",)))
    assert len(alone.findings) == 1


def test_three_lists_are_joined_by_number_whatever_else_they_repeat() -> None:
    found = proposal(
        {
            "问题清单": [("序号", "问题", "方面"), (1, "甲", "政治"), (2, "乙", "作风")],
            "任务清单": [
                ("序号", "问题", "整改措施", "完成时限"),
                (1, "甲", "一步", "2023-6-30"),
                (1, "甲", "二步", "2023-7-30"),
                (2, "乙", "三步", "2023-8-1"),
            ],
            "责任清单": [
                ("问题序号", "责任领导", "责任科室", "责任人"),
                (2, "副局长", "人事科", "科长"),
                (1, "局长", "办公室", "主任"),
                (9, "局长", "办公室", "主任"),
            ],
            "统计": [("序号", "科室", "问题数"), (1, "办公室", 1)],
        }
    )
    assert [(one["措施"], one["责任领导"], one["整改时限"]) for one in values(found)] == [
        (["一步", "二步"], "局长", date(2023, 7, 30)),
        (["三步"], "副局长", date(2023, 8, 1)),
    ]
    assert "join" in _keys(found)
    assert [one.place for one in found.errors] == [f"{FILE}!责任清单!A4"]
    assert [one.place for one in found.skipped if one.reason.startswith("不是")] == [f"{FILE}!统计"]


def test_hidden_sheets_are_listed_and_read_when_named() -> None:
    def hide(sheet: Worksheet) -> None:
        _book(sheet).worksheets[1].sheet_state = "veryHidden"

    sheets: dict[str, Rows] = {"台账": [HEADER, ROW], "旧": [HEADER, (2, "乙", *ROW[2:])]}
    assert [one.place for one in proposal(sheets, change=hide).skipped] == [f"{FILE}!旧"]
    named = proposal(sheets, change=hide, answers=Answers(sheets=("旧",)))
    assert values(named)[0]["问题"] == "乙"


# -- cells ------------------------------------------------------------------------------------


def test_what_a_cell_shows_besides_its_text_is_pointed_at() -> None:
    def dress(sheet: Worksheet) -> None:
        sheet["B2"].font = Font(strike=True)
        sheet["C2"].value = CellRichText("补齐", TextBlock(InlineFont(strike=True), "旧"), "记录")
        sheet["D2"].comment = Comment("请核对", "某")
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["E"].hidden = True

    found = proposal([HEADER, ROW], change=dress)
    assert values(found) == [_USUAL | {"措施": ["补齐旧记录"]}]
    assert found.findings[0].is_hidden
    assert "隐藏的行" in said(found, "A2")
    assert said(found, "B2") == "有删除线，照样读入"
    assert said(found, "C2") == "有删除线，照样读入"
    assert said(found, "D2") == "批注“请核对”，未读入"
    assert "隐藏的列" in said(found, "E1")


def test_a_formula_without_value_and_an_error_are_errors_at_their_cells() -> None:
    rows = [HEADER, (*ROW[:3], "=formula =A1", *ROW[4:]), (2, "乙", "#N/A", *ROW[3:])]

    def break_it(sheet: Worksheet) -> None:
        sheet["C3"].data_type = "e"

    found = proposal(rows, change=break_it)
    assert [(one.place[-2:], one.text) for one in found.errors] == [
        ("D2", "责任领导是公式而没有计算结果；在Excel里打开再保存，或填上值"),
        ("C3", "措施是错误值#N/A；请在Excel里改正再保存"),
    ]
    assert "责任领导" not in values(found)[0]


def test_days_count_from_the_workbooks_own_epoch() -> None:
    def from_1904(sheet: Worksheet) -> None:
        _book(sheet).epoch = CALENDAR_MAC_1904

    rows = [HEADER, (*ROW[:6], datetime(2023, 6, 30, 8, 30))]  # noqa: DTZ001
    assert values(proposal(rows, change=from_1904)) == [_USUAL]
    assert values(proposal(rows)) == [_USUAL]


@pytest.mark.parametrize(
    ("code", "day", "is_derived"),
    [
        ("yyyy/m/d", date(2023, 6, 1), False),
        ('yyyy"年"m"月"', date(2023, 6, 30), True),
        ("[$-804]yyyy年m月", date(2023, 6, 30), True),
        ('m"月"d"日"', date(2023, 6, 1), False),
        ("yyyy-mm-dd;@", date(2023, 6, 1), False),
    ],
)
def test_a_day_is_what_its_format_shows(code: str, day: date, is_derived: bool) -> None:
    def form(sheet: Worksheet) -> None:
        sheet["G2"].number_format = code

    rows = [HEADER, (*ROW[:6], date(2023, 6, 1))]
    (finding,) = proposal(rows, change=form).findings
    due = finding.fields["整改时限"]
    assert (due.value, due.is_derived) == (day, is_derived)


def test_a_number_in_a_general_cell_is_asked_once_for_its_column() -> None:
    rows = [HEADER, (*ROW[:6], 45107), (2, "乙", *ROW[2:6], 45107)]
    found = proposal(rows)
    assert ["整改时限" in one for one in values(found)] == [False, False]
    keys = [one.key for one in found.questions if one.key.startswith("serial:")]
    assert keys == [f"serial:{FILE}!台账!G"] * 2
    confirmed = proposal(rows, answers=Answers(confirmed=frozenset(keys)))
    assert [one["整改时限"] for one in values(confirmed)] == [date(2023, 6, 30)] * 2


def test_a_year_is_taken_from_the_answer_and_nowhere_else() -> None:
    rows = [("截至2023年5月1日",), HEADER, (*ROW[:6], "6月底前")]
    assert "整改时限" not in values(proposal(rows))[0]
    assert values(proposal(rows, answers=Answers(year=2023))) == [_USUAL]


def test_long_term_asks_for_its_review_and_takes_the_answer() -> None:
    rows = [HEADER, (*ROW[:6], "长期坚持")]
    found = proposal(rows)
    assert values(found)[0]["类型"] is Kind.LONG_TERM
    assert [one.key for one in found.blocking] == ["review-every"]
    every = parse_period("每季度")
    answered = proposal(rows, answers=Answers(review_every=every))
    assert values(answered)[0]["检视周期"] == every
    assert not answered.blocking


def test_open_questions_block_until_they_are_accepted_as_open() -> None:
    rows = [HEADER, (*ROW[:6], "3个月内")]
    assert proposal(rows).blocking
    assert not proposal(rows, answers=Answers(accept=frozenset({Accept.OPEN}))).blocking


def test_text_stays_as_it_is_and_only_blanks_around_it_go() -> None:
    title = "\t甲Ａ１，\u3000乙 _x000D_丙"
    found = proposal([HEADER, (1, f"\u3000{title}\u00a0\n", *ROW[2:])])
    assert values(found)[0]["问题"] == "\t甲Ａ１，\u3000乙 \n丙"


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("１．甲；\n２．乙。", ["甲", "乙"]),
        ("1、甲 2、乙 3、丙", ["甲", "乙", "丙"]),
        ("①甲②乙", ["甲", "乙"]),
        ("一是甲；二是乙；三是丙。", ["甲", "乙", "丙"]),
        ("第一，甲。第二，乙。", ["甲", "乙"]),
        ("（一）甲。1.子一。2.子二。\n（二）乙", ["甲。1.子一。2.子二", "乙"]),
        ("1.甲\n（1）子一\n（2）子二\n2.乙", ["甲\n（1）子一\n（2）子二", "乙"]),
        ("甲。乙；丙", ["甲。乙；丙"]),
        ("甲\n乙", ["甲\n乙"]),
        ("1.5万元已追缴", ["1.5万元已追缴"]),
        ("一、二季度各检查一次", ["一、二季度各检查一次"]),
        ("1、2号楼已加固", ["1、2号楼已加固"]),
        ("1.清理1、2、3号楼", ["清理1、2、3号楼"]),
        ("落实第1、2条", ["落实第1、2条"]),
        ("1.升级到2.0版 2.验收", ["升级到2.0版", "验收"]),
    ],
)
def test_a_cell_splits_where_its_numbers_count(cell: str, items: list[str]) -> None:
    found = proposal([(*HEADER, "具体表现"), (*ROW[:2], cell, *ROW[3:], cell)])
    assert values(found)[0]["措施"] == items
    assert list(values(found)[0]["具体表现"]) == items


@pytest.mark.parametrize(
    ("cell", "leading", "helping"),
    [
        ("办公室、人事科", ("办公室", "人事科"), ()),
        ("办公室;人事科/财务科\n工会", ("办公室", "人事科", "财务科", "工会"), ()),
        ("办公室（人事科、财务科配合）", ("办公室",), ("人事科", "财务科")),
        ("办公室（牵头）、人事科（配合）", ("办公室",), ("人事科",)),
        ("牵头:办公室\n配合:人事科", ("办公室",), ("人事科",)),
        ("牵头单位：办公室；配合单位：人事科、工会", ("办公室",), ("人事科", "工会")),
        ("办公室（机关党委）", ("办公室（机关党委）",), ()),
        ("各科室", ("各科室",), ()),
    ],
)
def test_departments_lead_or_help(
    cell: str, leading: tuple[str, ...], helping: tuple[str, ...]
) -> None:
    found = proposal([HEADER, (*ROW[:4], cell, *ROW[5:])])
    fields = found.findings[0].fields
    assert fields["责任科室"].value == leading
    assert (fields["配合科室"].value if "配合科室" in fields else ()) == helping
    assert ("不是一个科室" in said(found, "E2")) == (cell == "各科室")


def test_labels_in_a_cell_say_who_is_who_and_without_them_it_is_asked() -> None:
    header = ("序号", "问题", "措施", "责任分工", "时限")
    labelled = "责任领导：局长\n责任科室：办公室\n责任人：办公室主任"
    assert values(proposal([header, (1, *ROW[1:3], labelled, ROW[6])])) == [_USUAL]
    found = proposal([header, (1, *ROW[1:3], "局长、办公室", ROW[6])])
    assert [one.heading for one in found.undecided] == ["责任分工"]


# -- how far things are -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("已完成", State.DONE),
        ("是", State.DONE),
        ("正在推进", State.IN_PROGRESS),
        ("持续推进", State.ONGOING),
        ("未启动", State.NOT_STARTED),
        ("基本完成", None),
        ("阶段性完成", None),
        ("已完成并长期坚持", None),
        ("未完成", None),
        ("60%", None),
        (0.6, None),
        ("已销号", None),
    ],
)
def test_words_of_a_state_are_evidence(word: Any, state: State | None) -> None:
    (finding,) = proposal([(*HEADER, "完成情况"), (*ROW, word)]).findings
    assert (finding.state.value if finding.state else None) is state
    assert all("完成" not in measure.fields for measure in finding.measures)
    assert all(record.on_accept for record in finding.records)


def test_done_without_a_day_takes_the_answer_or_the_day_above_once_confirmed() -> None:
    rows = [("截至2023年5月31日",), (*HEADER, "完成情况"), (*ROW, "已完成")]
    found = proposal(rows)
    assert [(one.key, one.need, one.offered) for one in found.questions] == [
        ("on", Need.DAY, "2023-05-31")
    ]
    for answers, day in (
        (Answers(on=date(2023, 5, 1)), date(2023, 5, 1)),
        (Answers(confirmed=frozenset({"on"})), date(2023, 5, 31)),
    ):
        (finding,) = proposal(rows, answers=answers).findings
        assert finding.measures[0].fields["完成"].value == day


def test_a_day_of_completion_beside_another_word_is_not_taken() -> None:
    rows = [(*HEADER, "完成情况", "完成日期"), (*ROW, "整改中", "2023-5-1")]
    found = proposal(rows)
    assert "完成" not in found.findings[0].measures[0].fields
    assert "而" in said(found, "I2")


def test_closing_needs_a_day_and_who_approved() -> None:
    header = (*HEADER, "完成日期", "申请销号日期", "销号日期", "批准人")
    both = (*ROW, "2023-5-1", "2023-5-2", "2023-5-9", "局党组")
    (finding,) = proposal([header, both]).findings
    assert [record.data() for record in finding.records] == [
        {"事项": "申请销号", "日期": date(2023, 5, 2)},
        {"事项": "销号", "日期": date(2023, 5, 9), "批准人": "局党组"},
    ]
    found = proposal([header, (*both[:-1], None)])
    assert [record.action.value for record in found.findings[0].records] == ["申请销号"]
    assert "没有批准人" in said(found, "J2")


def test_prose_is_what_came_of_one_measure_or_a_report_on_the_finding() -> None:
    header = (*HEADER, "整改情况")
    whole = proposal([("截至2023年5月31日",), header, (*ROW, "已开会2次。")])
    (finding,) = whole.findings
    assert [record.data() for record in finding.records] == [
        {"事项": "进展", "日期": date(2023, 5, 31), "情况": "已开会2次。"}
    ]
    rows = [
        header,
        (*ROW, "印发制度"),
        (None, None, "二步", None, None, None, "2023-7-1", "已完成"),
    ]
    (finding,) = proposal(rows).findings
    assert [measure.fields.get("成效") for measure in finding.measures][1] is None
    assert finding.measures[0].fields["成效"].value == "印发制度"
    assert finding.measures[1].state is not None


def test_of_states_line_by_line_the_days_are_so_too() -> None:
    rows = [
        (*HEADER, "是否完成", "完成日期"),
        (*ROW, "是", "2023-5-1"),
        (None, None, "二步", None, None, None, None, "否", None),
    ]
    (finding,) = proposal(rows, [f"{column}2:{column}3" for column in "ABDEFG"]).findings
    assert ["完成" in measure.fields for measure in finding.measures] == [True, False]


def test_a_workbook_of_our_own_is_read_line_by_line_and_its_states_are_not() -> None:
    header = ("键", *HEADER, "状态", "灯", "完成日期", "进展(填这里)", "申请销号")
    rows = [
        header,
        ("01.1#ab", *ROW, "整改中", "正常", date(2023, 5, 1), "已办", "是"),
        ("01.2#cd", None, None, "二步", None, None, None, None, None, None, None, "正在办", None),
    ]
    merged = [f"{column}2:{column}3" for column in "BCEFGHIM"]
    found = proposal(rows, merged, answers=Answers(on=date(2023, 6, 1)))
    (finding,) = found.findings
    assert [measure.key and measure.key.value for measure in finding.measures] == [
        *("01.1#ab", "01.2#cd"),
    ]
    assert ["完成" in measure.fields for measure in finding.measures] == [True, False]
    assert [measure.extra["进展"].value for measure in finding.measures] == ["已办", "正在办"]
    assert finding.extra["申请销号"].value == "是"
    assert finding.state is None
    assert {one.reason for one in found.skipped} == {
        *("“状态”由程序推算，未读入", "“灯”在台账里没有对应的字段，未读入"),
    }


def test_a_measure_has_no_kind_of_its_own() -> None:
    found = proposal([(*HEADER, "措施时限"), (*ROW, "长期坚持")])
    assert "一项措施没有类型，未读入" in said(found, "H2")
    assert values(found) == [_USUAL]


def test_of_two_cells_beside_one_measure_the_first_counts_and_the_other_is_pointed_at() -> None:
    rows = [(*HEADER, "措施责任科室"), (*ROW, "人事科"), (*[None] * 7, "财务科")]
    (finding,) = (
        found := proposal(rows, [f"{column}2:{column}3" for column in "ABCDEFG"])
    ).findings
    (measure,) = finding.measures
    assert measure.fields["责任科室"].value == ("人事科",)
    assert "“财务科”与台账.xlsx!台账!H2不同，未读入" in said(found, "H3")


def test_the_review_cycle_that_differs_is_pointed_at_where_it_stands() -> None:
    rows = [(*HEADER, "检视周期"), (*ROW, "每季度"), (*ROW, "每季度"), (*ROW, "每半年")]
    found = proposal(rows)
    assert "检视周期各行不同" in said(found, "H4")
    assert "检视周期各行不同" not in said(found, "H3")


@pytest.mark.parametrize("written", ["/", "—", "无"])
def test_what_is_written_for_nobody_is_said_to_be_taken_for_nothing(written: str) -> None:
    found = proposal([HEADER, (*ROW[:5], written, ROW[6])])
    assert f"“{written}”按未填写读" in said(found, "F2")
    assert "责任人" not in values(found)[0]


# -- Word -------------------------------------------------------------------------------------


def _word(*rows: str, between: str = "") -> Proposal:
    table = "<w:tbl><w:tblPr/><w:tblGrid/>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    content = word_file(
        f"<w:p><w:r><w:t>截至2023年5月31日</w:t></w:r></w:p>{table}</w:tbl>{between}"
    )
    return propose(read_workbook("台账.docx", content))


def _cell(*paragraphs: str, properties: str = "") -> str:
    inside = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside or '<w:p/>'}</w:tc>"


def _row(*texts: str) -> str:
    return "".join(_cell(text) for text in texts)


_WORD_ROW = ("1", *ROW[1:])


def test_a_word_table_has_merges_paragraphs_and_tables_inside() -> None:
    begins, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    nested = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{_row('子一', '子二')}</w:tr></w:tbl>"
    found = _word(
        _row(*HEADER),
        "".join(
            _cell(text, properties=begins if n != 2 else "") for n, text in enumerate(_WORD_ROW)
        ),
        "".join(_cell(properties=goes_on) if n != 2 else _cell("甲", "乙") for n in range(7)),
        _row("2", "乙") + f"<w:tc><w:tcPr/>{nested}<w:p/></w:tc>" + _row(*_WORD_ROW[3:]),
    )
    assert [one["措施"] for one in values(found)] == [["补齐记录", "甲", "乙"], ["子一  子二"]]
    assert "每段作一项" in said(found, "表1第3行第3列")
    assert found.title_block.as_of is not None


def test_a_wide_cell_of_a_word_table_keeps_the_columns_in_place() -> None:
    wide = '<w:gridSpan w:val="3"/>'
    header = _row(*HEADER[:3]) + _cell("责任", properties=wide) + _row("整改时限")
    below = _row("", "", "") + _row("领导", "科室", "人员") + _row("")
    found = _word(
        header, below, _row(*_WORD_ROW), _cell("合计：1个", properties='<w:gridSpan w:val="7"/>')
    )
    assert values(found) == [_USUAL]
    assert [one.reason for one in found.skipped] == ["合计行"]


def test_a_word_table_that_goes_on_without_a_header_is_the_same_table() -> None:
    more = (
        f"<w:p/><w:tbl><w:tblPr/><w:tblGrid/><w:tr>{_row('2', '乙', *_WORD_ROW[2:])}</w:tr></w:tbl>"
    )
    found = _word(_row(*HEADER), _row(*_WORD_ROW), between=more)
    assert [one["问题"] for one in values(found)] == ["会议记录不全", "乙"]


def test_insertions_count_and_deletions_do_not() -> None:
    changed = (
        "<w:tc><w:tcPr/><w:p><w:ins><w:r><w:t>会议</w:t></w:r></w:ins><w:del><w:r>"
        "<w:delText>旧</w:delText></w:r></w:del><w:r><w:t>记录不全</w:t></w:r></w:p></w:tc>"
    )
    found = _word(_row(*HEADER), _cell("1") + changed + _row(*_WORD_ROW[2:]))
    assert values(found) == [_USUAL]


# -- the whole --------------------------------------------------------------------------------


def test_the_same_file_and_answers_give_the_same_proposal() -> None:
    content = workbook([HEADER, ROW, (2, "乙", "做")])
    one, other = (propose(read_workbook(FILE, content)) for _ in range(2))
    assert one == other


def test_a_macro_workbook_is_a_workbook_and_the_name_does_not_matter() -> None:
    content = workbook([HEADER, ROW])
    for name in ("台账.xlsm", "台账.xls", "台账", "台账.csv"):
        assert values(propose(read_workbook(name, content))) == [_USUAL]


@pytest.mark.parametrize(
    "text",
    [
        "1、建台账\n2、补记录\n2、抓整改",
        "1.建台账（其中：1.甲 2.乙）\n2.补记录",
        "建台账\n补记录",
        "2.建台账\n3.补记录",
        "- 建台账\n- 补记录",
        "a.建台账 b.补记录",
        "1.2023年6月前建台账。2.2023年7月补记录。",
    ],
)
def test_a_cell_that_looks_like_several_and_is_not_split_is_pointed_at(text: str) -> None:
    found = proposal([HEADER, (1, "甲", text, *ROW[3:])])
    assert len(found.findings[0].measures) == 1
    assert "作一项读入" in said(found, "C2")
    assert "作一项读入" not in said(proposal([HEADER, ROW]), "C2")


def test_a_row_of_totals_is_held_against_what_was_read() -> None:
    rows = [HEADER, ROW, ("合计", "2个问题", "共3项整改措施，已完成1项措施")]
    told = [one.text for one in proposal(rows).notes]
    assert "合计行写明“2个问题”，读出1个问题；核对各行和各项" in told
    assert "合计行写明“3项整改措施”，读出1项措施；核对各行和各项" in told
    right = proposal([HEADER, ROW, ("合计", "1个问题", "1项措施，已完成9项措施")])
    parts = proposal([HEADER, ROW, ("小计", "2个问题")])
    assert not [one for some in (right, parts) for one in some.notes if "合计行" in one.text]


def test_a_day_beside_the_word_done_is_pointed_at() -> None:
    header = (*HEADER[:6], "整改状态")
    for text in ("已完成（2024.5.20）", "2024年5月20日已完成"):
        found = proposal([header, (*ROW[:6], text)])
        assert "日期没有读作完成日期" in said(found, "G2")
    assert "没有读作" not in said(proposal([header, (*ROW[:6], "已完成3场培训")]), "G2")
