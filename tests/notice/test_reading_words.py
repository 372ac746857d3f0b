"""Single words of a notice: states at the end of a text, titles, ways of counting."""

import pytest

from zhenggai.notice.comparing import written
from zhenggai.notice.importing import read_notice
from zhenggai.notice.reading import claimed_states, titles
from zhenggai.notice.reading.draft import Draft
from zhenggai.notice.reading.marks import series_of
from zhenggai.notice.reading.readings import told

# -- states -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("修订了《制度》，已完成。", "已完成"),
        ("修订制度。已完成整改。", "已完成整改"),
        ("修订制度，目前已整改到位。", "已整改到位"),
        ("修订制度（已完成）", "已完成"),
        ("修订制度（整改完成）。", "整改完成"),
        ("修订制度——已完成", "已完成"),
        ("修订制度★已完成", "已完成"),
        ("修订制度【已完成】", "已完成"),
        ("修订制度　已完成", "已完成"),
        ("修订制度，正在推进。", "正在推进"),
        ("修订制度，正在推进，预计2022年底前完成。", "正在推进"),
        ("坚持每月学习，长期坚持。", "长期坚持"),
        ("修订制度，该问题已按期完成整改任务。", "已按期完成整改任务"),
        ("修订制度。该问题已于2022年9月完成整改。", "已于2022年9月完成整改"),
        ("修订制度。整改状态为已完成。", "已完成"),
        ("修订制度，整改工作已完成，持续推进。", "已完成，持续推进"),
    ],
)
def test_a_state_at_the_end_is_taken_with_what_qualifies_it(text: str, state: str) -> None:
    found = claimed_states.trailing(text)
    assert found is not None
    assert found.words == state
    assert text[: found.start].rstrip("。，") in text


@pytest.mark.parametrize(
    ("text", "noticed"),
    [
        ("建账，尚未全部完成。", "尚未全部完成"),
        ("修订制度，整改到位。", "整改到位"),
        ("以上措施均已落实。", "以上措施均已落实"),
        ("抓紧验收，将于年底前完成。", ""),
        ("抓紧验收，力争年内完成。", ""),
        ("督促施工单位已完成工程80%。", ""),
        ("督促施工单位完成整改。", ""),
        ("历次会议已完成议程。", ""),
        ("与施工方协商，已完成施工。", ""),
        ("开展检查，推动问题整改到位。", ""),
        ("改造老旧小区，已完成3个。", ""),
    ],
)
def test_negatives_plans_and_other_subjects_are_no_state(text: str, noticed: str) -> None:
    assert claimed_states.trailing(text) is None
    assert claimed_states.looks_like_a_state(text) == noticed


def _read(*lines: str) -> Draft:
    text = (
        "县甲局党组关于巡察整改情况的通报\n2022年3月1日至4月29日，县委第二巡察组对县甲局党组进行了巡察，"
        "6月10日反馈。\n一、整改情况\n" + "\n".join(lines) + "\n县甲局党组\n2022年11月3日\n"
    )
    draft = read_notice(text)
    assert written(draft) == text
    return draft


def test_a_state_behind_the_last_of_several_measures_is_told() -> None:
    draft = _read("1.关于“学习不多”问题的整改。", "一是学习4次。二是修订制度，已完成。")
    assert draft.states == ["已完成"]
    assert [one["完成"] for one in draft.findings[0]["措施"]] == ["2022-11-03"] * 2
    assert list(told(draft.decisions)) == [
        "第5行末尾的“已完成”读作整个问题的完成情况，也可能只说最后一项措施"
    ]


def test_states_of_single_measures_close_no_finding() -> None:
    draft = _read(
        "1.关于“学习不多”问题的整改。",
        "一是学习4次，已完成。二是修订制度，正在推进，预计2022年底完成。",
    )
    assert draft.states == [""]
    first, second = draft.findings[0]["措施"]
    assert first == {"内容": "学习4次", "完成": "2022-11-03"}
    assert second == {"内容": "修订制度", "时限": "2022-12-31"}
    assert [one["事项"] for one in draft.findings[0]["记录"]] == ["进展"]


def test_what_is_said_to_be_done_and_open_is_not_closed() -> None:
    draft = _read(
        "1.关于“学习不多”问题的整改（已完成）。", "一是学习4次，已完成。二是建账，正在推进。"
    )
    assert [one["事项"] for one in draft.findings[0]["记录"]] == ["进展", "进展"]
    assert list(told(draft.decisions)) == [
        "第4行写明问题“已完成”，有的措施却写明没有完成，问题没有登记为销号"
    ]


def test_a_clause_on_all_of_some_cases_is_of_its_measure() -> None:
    draft = _read("1.关于“作风不实”问题的整改。", "一是走访12次。二是办理投诉14件，已全部办结。")
    assert draft.states == [""]
    assert draft.measure_states == [{2: "已全部办结"}]


@pytest.mark.parametrize(
    ("said", "stage"),
    [
        ("100%", "已销号"),
        ("80%", "整改中"),
        ("是", "已销号"),
        ("否", "整改中"),
        ("尚未全部完成", "整改中"),
        ("已于2022年9月完成整改", "已销号"),
    ],
)
def test_short_states_behind_a_label(said: str, stage: str) -> None:
    found = claimed_states.behind_label(said)
    assert found is not None
    assert claimed_states.stage_of(found["state"]).value == stage


def test_what_a_label_says_and_is_no_state_is_told() -> None:
    draft = _read(
        "1.关于“学习不多”问题的整改。", "整改措施：一是学习。二是建账。", "整改状态：见附件"
    )
    assert draft.states == [""]
    assert list(told(draft.decisions)) == ["第6行的“见附件”没有读作完成情况"]


# -- titles -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "title", "behind"),
    [
        ("针对“村级组织未换届的问题”。", "村级组织未换届", ""),
        ("针对“村级组织未换届”的问题：", "村级组织未换届", ""),
        ("针对“村级组织未换届的突出问题”的整改情况", "村级组织未换届", ""),
        ("关于“甲、乙等问题”的整改。", "甲、乙", ""),
        ("关于“巡察反馈问题整改不彻底”的问题。", "巡察反馈问题整改不彻底", ""),
        ("关于“巡察反馈”整改不力的问题", "“巡察反馈”整改不力", ""),
        ("针对“会议多”的问题，一是压减。二是合并。", "会议多", "一是压减。二是合并。"),
        ("针对会议多的问题，局党组制定计划。", "会议多", "局党组制定计划。"),
        ("关于在学习方面存在问题，抓得不实的问题。", "在学习方面存在问题，抓得不实", ""),
        ("会议多（责任领导：局长；完成时限：2022年3月）", "会议多", ""),
        ("会议多——已完成", "会议多", ""),
        ("会议多【正在推进】", "会议多", ""),
    ],
)
def test_what_is_wrapped_around_a_title_comes_off(heading: str, title: str, behind: str) -> None:
    parted = titles.take_apart(heading)
    assert parted.title(heading) == title
    assert heading[parted.end :] == behind


# -- headings without numbers -----------------------------------------------------------------


def test_problems_without_numbers_are_found() -> None:
    draft = _read(
        "针对“学习不深入”的问题",
        "①制定计划；②集中学习6次。",
        "针对会议多的问题。",
        "一是少开会。二是开短会。",
    )
    assert [data["问题"] for data in draft.findings] == ["学习不深入", "会议多"]


def test_below_numbered_findings_such_a_line_is_a_lead() -> None:
    draft = _read(
        "1.学习不深入。",
        "针对“学习不深入”的问题，制定计划。",
        "一是学习。二是建账。",
        "2.会议多。",
        "针对上述问题：",
        "一是少开会。二是开短会。",
    )
    assert [data["问题"] for data in draft.findings] == ["学习不深入", "会议多"]
    assert [len(data["措施"]) for data in draft.findings] == [2, 2]


def test_plain_titles_that_run_on_are_found_by_what_they_say() -> None:
    draft = _read(
        "1.理论学习不深入。修订学习制度，学习12次。",
        "2.工作作风不实。下沉一线24次。",
        "3.账目混乱。补记账目3本。",
    )
    assert [data["问题"] for data in draft.findings] == [
        *("理论学习不深入", "工作作风不实", "账目混乱")
    ]


def test_plain_titles_that_run_on_are_found_by_how_far_they_are() -> None:
    draft = _read("1.会议多（已完成）。压减会议3次。", "2.文件多（正在整改）。合并文件。")
    assert [data["问题"] for data in draft.findings] == ["会议多", "文件多"]
    assert draft.states == ["已完成", "正在整改"]


def test_what_was_done_behind_a_state_is_a_measure() -> None:
    draft = _read("1.关于“账乱”问题的整改。", "已完成整改，共建账3本，查账5次。")
    assert draft.states == ["已完成整改"]
    assert draft.findings[0]["措施"] == [{"内容": "共建账3本，查账5次", "完成": "2022-11-03"}]


def test_who_assists_may_stand_in_a_bracket_and_a_measure_keeps_its_own() -> None:
    draft = _read(
        "1.关于“账乱”问题的整改。",
        "一是建账（责任人：股长）；二是查账（完成时限：2022年5月底）。",
        "责任科室：财务股（配合科室：办公室、人事股）",
    )
    first = draft.findings[0]
    assert [one["内容"] for one in first["措施"]] == [
        *("建账（责任人：股长）", "查账（完成时限：2022年5月底）")
    ]
    assert (first["责任科室"], first["配合科室"]) == ("财务股", ["办公室", "人事股"])
    assert "责任人" not in first


def test_a_sum_that_only_the_whole_tells_is_no_result_of_a_finding() -> None:
    draft = _read("整改期间追缴资金90万元，处理9人。", "1.关于“账乱”问题的整改。", "一是建账。")
    assert not {"清退资金", "处理人员"} & draft.findings[0].keys()


def test_money_behind_a_state_that_is_open_is_not_returned_yet() -> None:
    draft = _read(
        "1.关于“发放津补贴12万元”问题的整改。",
        "一是追缴12万元，正在推进；二是退还3万元，已完成。",
    )
    assert draft.findings[0]["清退资金"] == "3万元"


# -- ways of counting -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("首先，甲；然后，乙；再次，丙；最后，丁。", [1, 2, 3, 9]),
        ("首先召开会议，然后开展排查，最后整改到位。", [1, 2, 9]),
        ("首先甲，然后乙；其次丙；最后丁。", [1, 2, 9]),
        ("一方面精简文件，另一方面合并发文。", [1, 2]),
        ("先组织自查；再开展互查；后集中整改。", [1, 2, 3]),
        ("其一完善制度；其二加强检查。", [1, 2]),
        ("其一是甲；其二是乙；其三是丙。", [1, 2, 3]),
        ("第一步，甲。第二步，乙。", [1, 2]),
        ("措施1：甲。措施2：乙。", [1, 2]),
        ("一、加强学习；二、加强检查。", [1, 2]),
        ("先排查，再整改。", []),
        ("先进典型12人；再次表扬。", []),
        ("一方面加强学习。", []),
        ("一、二、三产业融合发展。", []),
    ],
)
def test_measures_are_counted_where_that_is_unmistakable(text: str, numbers: list[int]) -> None:
    found = series_of(text)
    assert ([one.number for one in found[1]] if found else []) == numbers


def test_sentences_without_numbers_stay_one_measure_and_that_is_told() -> None:
    draft = _read("1.关于“学习不多”问题的整改。", "制定学习计划。集中学习6次。")
    assert draft.findings[0]["措施"] == [{"内容": "制定学习计划。集中学习6次"}]
    assert list(told(draft.decisions)) == [
        "第5行一段里有几句话，没有编号，没有分开，整段作一项措施"
    ]


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("□ 已完成 √ 未完成", "未完成"),
        ("√已完成 □未完成", "已完成"),
        ("□已完成　☑正在推进。", "正在推进"),
    ],
)
def test_of_several_boxes_the_ticked_one_tells(words: str, state: str) -> None:
    found = claimed_states.behind_label(words)
    assert found is not None
    assert found["state"] == state


def test_boxes_of_which_none_is_ticked_tell_nothing() -> None:
    assert claimed_states.behind_label("□已完成 □未完成") is None
