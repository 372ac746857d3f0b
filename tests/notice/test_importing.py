"""A published notice becomes a ledger in every structure, and its text comes out again."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai.model.decoding import decode_finding, decode_inspection
from zhenggai.notice.comparing import differing, written
from zhenggai.notice.importing import files, read_notice
from zhenggai.notice.reading.draft import Draft
from zhenggai.notice.reading.marks import series_of
from zhenggai.storage.yaml.nodes import parse

FIXTURES = Path(__file__).parent / "fixtures"
ALL = sorted(path.stem for path in FIXTURES.glob("*.txt"))
WHOLE = [name for name in ALL if name != "traps"]


def text_of(name: str) -> str:
    return (FIXTURES / f"{name}.txt").read_text(encoding="utf-8")


def told(name: str) -> list[tuple[str, list[str]]]:
    draft = read_notice(text_of(name))
    return [(x["问题"], [m["内容"] for m in x.get("措施", [])]) for x in draft.findings]


@pytest.mark.parametrize("name", WHOLE)
def test_the_notice_comes_out_again_to_the_letter(name: str) -> None:
    draft = read_notice(text_of(name))
    assert written(draft) == text_of(name)
    assert differing(draft) == []
    assert draft.unplaced == []


@pytest.mark.parametrize("name", WHOLE)
def test_without_a_title_blank_lines_or_a_final_newline_it_still_does(name: str) -> None:
    lines = [line for line in text_of(name).split("\n") if line]
    title = lines.pop(0) if lines[0].endswith("通报") else ""
    for text in ("\n".join(lines), "\n\n".join(lines), "\n".join(lines) + "\n"):
        assert written(read_notice(text)) == text, title


def test_the_published_notice_has_19_findings_and_61_measures() -> None:
    found = told("published-2021")
    assert len(found) == 19
    assert sum(len(measures) for _, measures in found) == 61
    assert found[6][0] == "存在以会议落实会议现象"
    assert found[10][1][0] == "加强下属事业单位资金管理,配齐总账会计"


def test_words_that_only_look_like_a_count_are_left_alone() -> None:
    assert told("a-flat") == [
        ("学习不经常", ["每月学习一次", "学习之后交流", "年底考核"]),
        ("会议过多", ["少开会，做到会议时间统一是一小时"]),
        ("台账不全", ["建立台账", "定期核对", "四是都在台账里写明"]),
    ]


def test_headings_run_in_are_parted_from_the_measures() -> None:
    assert told("b-run-in") == [
        ("学习不深入", ["制定计划", "抓好落实"]),
        ("研究不及时", ["明确每季度研究一次"]),
        ("制度不健全", ["修订制度", "加强检查"]),
        ("活动不经常", ["按月开展", "做好记录", "定期通报"]),
    ]
    draft = read_notice(text_of("b-run-in"))
    assert draft.aspects == ["党的领导", "党的建设"]
    assert draft.notice["用语"] == "巡视"
    assert draft.notice["分方面编号"] == "是"
    assert draft.notice["公示期"] == "公示期：2022年10月8日至10月14日。"
    assert draft.notice["监督"] == ["联系电话：12345678。"]


def _stages(name: str) -> list[tuple[str, Any, Any]]:
    found = read_notice(text_of(name)).findings
    return [(x["问题"], x.get("类型"), x.get("记录", [{}])[0].get("日期")) for x in found]


def test_what_the_notice_says_is_finished_is_closed_on_its_date() -> None:
    assert _stages("c-status-lines") == [
        ("党建工作薄弱", None, "2022-05-18"),
        ("档案管理不严", None, "2022-05-18"),
        ("作风不够扎实", "长期坚持", "2022-05-18"),
    ]
    assert _stages("d-status-sentence") == [
        ("网格不实", None, "2022-05-18"),
        ("调解不及时", None, "2022-05-18"),
        ("值班脱岗", None, "2022-05-18"),
    ]


def test_three_levels_keep_measures_with_their_manifestation() -> None:
    first = read_notice(text_of("three-levels")).findings[0]
    assert first == {
        "问题": "管理不严",
        "方面": "责任落实",
        "具体表现": ["经费使用不规范", "车辆登记不全"],
        "措施": [
            {"内容": "核对账目", "针对": "1"},
            {"内容": "退还多收款项", "针对": "1"},
            {"内容": "逐车登记", "针对": "2"},
        ],
    }


def test_measures_on_lines_of_their_own_are_counted_in_brackets() -> None:
    draft = read_notice(text_of("measures-on-lines"))
    assert (draft.notice["措施序号"], draft.notice["措施分行"]) == ("(1)", "是")
    assert draft.findings[0]["通报导语"] == "局里逐项研究。"
    assert told("measures-on-lines")[0] == (
        "制度不全",
        ["修订财务制度", "修订用车制度", "组织学习"],
    )


def test_what_nobody_understands_is_kept_with_its_line() -> None:
    draft = read_notice(text_of("traps"))
    assert [(line.number, line.text) for line in draft.unplaced] == [
        (9, "这一段谁也不知道放在哪里，问题数是{问题数}。"),
    ]
    assert [(line.number, line.text) for line in draft.page] == [(6, "— 1 —"), (18, "打印本页")]
    assert draft.doubts == [
        "问题的序号有缺号：第11行是4，前一个是2",
        "第5行的措施序号缺号：“三是”",
    ]
    assert told("traps") == [
        ("学习不经常", ["每月学习", "没有第二项"]),
        ("会议过多", ["少开会", "开短会"]),
        ("台账不全", ["建台账", "对台账"]),
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("统一是前提。专一是保证。", []),
        ("一是甲。三是乙。", ["甲。", "乙。"]),
        ("一是甲；二是乙。", ["甲；", "乙。"]),
        ("一要甲；二要乙。", ["甲；", "乙。"]),
        ("首先，甲。其次，乙。最后，丙。", ["甲。", "乙。", "丙。"]),
        ("第一，甲。第二，乙。", ["甲。", "乙。"]),
        ("①甲；②乙。", ["甲；", "乙。"]),
        ("一是优化：①甲；②乙。二是丙。", ["优化：①甲；②乙。", "丙。"]),
        ("派车单由办公室统一编号，每月公示。", []),
        ("1.甲1.5倍。2.乙。", ["甲1.5倍。", "乙。"]),
        ("1）甲。2）乙。", ["甲。", "乙。"]),
        ("(1)甲；（2）乙。", ["甲；", "乙。"]),
        ("二是甲。三是乙。", []),
    ],
)
def test_a_count_counts_only_where_a_clause_begins(text: str, parts: list[str]) -> None:
    found = series_of(text)
    marks = found[1] if found else []
    ends = [*(mark.start for mark in marks[1:]), len(text)]
    assert [text[m.end : end] for m, end in zip(marks, ends, strict=False)] == parts


def test_an_endless_count_is_read_in_one_go() -> None:
    head = "一、整改落实情况\n1.关于“学习不经常”问题的整改。\n"
    draft = read_notice(head + "一是" * 90_000)
    assert len(draft.findings) == 1


_LINES = sorted({line for name in ALL for line in text_of(name).split("\n") if len(line) < 150})
_STRANGE = [
    "",
    "无",
    "（一）",
    "1.",
    "一是二是",
    "- a: b",
    "{问题数}",
    "# 甲",
    "../x",
    "（1）",
    "二、三",
]


def _missing(source: str, draft: Draft) -> Counter[str]:
    """Return the characters of a source that neither the notice nor what is set aside has."""
    aside = "".join(line.text for line in (*draft.unplaced, *draft.page))
    there = Counter(written(draft) + aside)
    unseen = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # set aside by name
    return Counter("".join(source.split()).translate(dict.fromkeys(map(ord, unseen)))) - there


@settings(max_examples=40)
@given(
    st.sampled_from([name for name in ALL if name != "published-2021"]),
    st.lists(st.tuples(st.integers(0, 40), st.sampled_from([*_LINES, *_STRANGE])), max_size=4),
    st.sets(st.integers(0, 40), max_size=5),
    st.randoms(use_true_random=False),
    st.booleans(),
)
def test_no_line_is_ever_lost_and_the_ledger_always_loads(
    name: str, put: list[tuple[int, str]], left_out: set[int], chance: Any, shuffled: bool
) -> None:
    lines = [x for n, x in enumerate(text_of(name).split("\n")) if n not in left_out]
    for place, line in put:
        lines.insert(place, line)
    if shuffled:
        chance.shuffle(lines)
    source = "\n".join(lines)
    draft = read_notice(source)
    assert not _missing(source, draft)
    assert all(parse(text, file)[1] == [] for file, text in files(draft, "2021-县委"))
    faults = list(decode_inspection(draft.inspection_data())[1])
    faults += [fault for data in draft.findings for fault in decode_finding(data, "")[1]]
    assert {fault.code for fault in faults} <= {"K301"}
