"""What notices also do: other numbers, missing dates, statements the calendar does not know."""

from typing import Any

from zhenggai.notice.comparing import written
from zhenggai.notice.importing import read_notice

_HEAD = "一、整改落实情况\n"


def _findings(text: str) -> list[dict[str, Any]]:
    return read_notice(text).findings


def test_a_span_over_new_year_and_its_basis_are_read() -> None:
    text = (
        "按照省委部署，2021年9月1日至2022年1月5日，省委第三巡视组对某厅党组开展了巡视。"
        f"2022年2月1日，巡视组反馈了意见。\n{_HEAD}1.关于“甲”问题的整改。\n乙。\n"
    )
    draft = read_notice(text)
    assert draft.inspection == {
        "被巡察单位": "某厅党组",
        "巡察组": "省委第三巡视组",
        "巡察开始": "2021-09-01",
        "巡察结束": "2022-01-05",
        "反馈日期": "2022-02-01",
    }
    assert draft.notice["依据"] == "省委部署"


def test_a_day_the_calendar_does_not_have_is_kept_as_a_line() -> None:
    draft = read_notice(f"{_HEAD}1.关于“甲”问题的整改。\n乙。\n某局\n2022年2月31日\n")
    assert "落款日期" not in draft.notice
    assert [line.text for line in draft.unplaced] == ["2022年2月31日"]


def test_without_a_date_what_is_finished_stays_a_sentence() -> None:
    text = f"{_HEAD}1.关于“甲”问题的整改。\n该问题已完成整改。一是乙。二是丙。\n"
    draft = read_notice(text)
    assert draft.findings[0]["通报导语"] == "该问题已完成整改。"
    assert "记录" not in draft.findings[0]
    assert written(draft) == text


def test_a_line_of_measures_by_itself_stands_apart() -> None:
    text = f"{_HEAD}1.甲。\n完成情况：已销号。\n整改情况：\n一是乙。二是丙。\n某局\n2022年5月18日\n"
    draft = read_notice(text)
    assert draft.findings[0]["记录"][0]["日期"] == "2022-05-18"
    assert draft.notice["导语分行"] == "是"
    assert written(draft) == text


def test_half_width_notices_compare_in_their_own_marks() -> None:
    text = (
        f"{_HEAD}1.甲,乙。\n完成情况:已基本完成,长期坚持。\n整改情况:丙,丁。\n某局\n2022年5月18日\n"
    )
    draft = read_notice(text)
    assert "通报导语" not in draft.findings[0]
    assert written(draft) == text
