"""Notices as they are published: each trait by itself (small), whole ones, and nothing is lost."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai.model.decoding import decode_finding, decode_inspection
from zhenggai.notice import sources
from zhenggai.notice.comparing import differing, written
from zhenggai.notice.confidence import confidence
from zhenggai.notice.importing import files, read_notice
from zhenggai.notice.reading.draft import Draft
from zhenggai.storage.yaml.nodes import parse

FIXTURES = Path(__file__).parent / "fixtures"
SMALL = sorted(path.stem for path in (FIXTURES / "small").glob("*.txt"))
WHOLE = sorted(path.stem for path in (FIXTURES / "whole").glob("*.txt"))

TITLES = [
    *("森林防火责任不实", "采伐审批超时限", "项目资金沉淀"),
    *("干部教育管理宽松", "支部活动不经常"),
]
MEASURES = [3, 2, 2, 2, 2]
FACTS = {
    "被巡察单位": "县林业局党组",
    "巡察组": "县委第二巡察组",
    "巡察开始": "2022-03-01",
    "巡察结束": "2022-04-29",
    "反馈日期": "2022-06-10",
    "落款日期": "2022-11-03",
}

# What differs from the above where the trait itself is about it.
OTHER_TITLES = {
    "cunzai": [
        *("巡察反馈问题整改不彻底", "主题教育检视问题整改不到位", "群众反映的问题处理不及时"),
        *TITLES[3:],
    ],
    "m06-title-wenti": ["巡察反馈问题整改不彻底", *TITLES[1:]],
}
OTHER_MEASURES = {
    "empty-body": [3, 2, 2, 0, 2],
    "half-list": [3, 2, 2, 0, 2],
    "truncated": [3, 2, 2, 2, 0],
    **{name: [4, 2, 2, 2, 2] for name in SMALL if name.startswith(("m02", "m03"))},
}
OTHER_FACTS: dict[str, dict[str, str | None]] = {
    "two-units": {"被巡察单位": "县林业局党组、县林场党支部"},
    "truncated": {"落款日期": None},
    "span-month": {"巡察开始": None, "巡察结束": None},
    "span-xun": {"巡察开始": None, "巡察结束": None},
}
DOUBTS = {
    "dup-shi": "第7行的措施序号重复：“二是”",
    "dup3-3": "问题的序号重复或倒退：第12行是3，前一个是3",
    "dup5": "问题的序号有缺号：第12行是5，前一个是3",
    "empty-body": "第12行的问题没有读出措施：干部教育管理宽松",
    "half-list": "第13行只有序号，没有内容",
    "hardwrap": "第3、9、21行接在上一行的句子中间，已接成一段，请核对",
    "pagenum-midsentence": "第13行接在上一行的句子中间，已接成一段，请核对",
    "skip-num": "问题的序号有缺号：第12行是6，前一个是3",
    "skip-shi": "第7行的措施序号缺号：“四是”",
    "truncated": "第14行的问题没有读出措施：支部活动不经常",
}
PAGE_LINES = {
    "nav": [1, 2, 23, 24, 25, 26, 27, 28],
    "nav8": [21, 22, 23, 24, 25, 26, 27, 28],
    "hardwrap": [3, 9, 21],
    "pagenum-bare": [10],
    "pagenum-midsentence": [12, 13],
    "pagenums": [10, 15],
    "title-2lines": [2],
    "softhyphen": [6, 8],
    "zwsp": [6, 7, 9, 11, 13, 15],
}


def read(folder: str, name: str) -> Draft:
    return read_notice(sources.read(FIXTURES / folder / f"{name}.txt").text)


def _facts(draft: Draft) -> dict[str, str | None]:
    return {key: draft.inspection.get(key, draft.notice.get(key)) for key in FACTS}


@pytest.mark.parametrize("name", SMALL)
def test_one_trait_changes_nothing_else_that_is_read(name: str) -> None:
    draft = read("small", name)
    assert [data["问题"] for data in draft.findings] == OTHER_TITLES.get(name, TITLES)
    told = [len(data.get("措施", ())) for data in draft.findings]
    assert told == OTHER_MEASURES.get(name, MEASURES)
    assert _facts(draft) == {**FACTS, **OTHER_FACTS.get(name, {})}
    assert (DOUBTS[name] in draft.doubts) if name in DOUBTS else not draft.doubts


@pytest.mark.parametrize("name", SMALL)
def test_its_text_comes_out_again_and_only_the_page_is_set_aside(name: str) -> None:
    draft = read("small", name)
    assert draft.unplaced == []
    assert sorted(line.number for line in draft.page) == PAGE_LINES.get(name, [])
    assert differing(draft) == []
    assert written(draft) == draft.text


@pytest.mark.parametrize("name", SMALL)
def test_a_doubt_is_no_disagreement_with_the_totals(name: str) -> None:
    assert confidence(read("small", name)).disagreements == ()


def _accepted(expected: dict[str, Any], key: str) -> list[Any]:
    also = [one[key] for one in expected.get("accept", ()) if key in one]
    return [expected[key], *also]


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_notice_is_read_as_a_careful_clerk_would(name: str) -> None:
    draft = read("whole", name)
    expected = json.loads((FIXTURES / "whole" / f"{name}.json").read_text(encoding="utf-8"))
    found: dict[str, Any] = {
        "findings": len(draft.findings),
        "aspects": draft.aspects,
        "titles": [data["问题"] for data in draft.findings],
        "measures": [len(data.get("措施", ())) for data in draft.findings],
        "feedback": draft.inspection.get("反馈日期"),
        "published": draft.notice.get("落款日期"),
        "status": draft.states,
    }
    for key, value in found.items():
        if key in expected:
            assert value in _accepted(expected, key), key
    for key, values in expected.get("fields", {}).items():
        assert [data.get(key) for data in draft.findings] == values, key
    assert draft.unplaced == []
    assert written(draft) == draft.text


def test_a_notice_that_tells_fewer_findings_than_it_states_is_doubted() -> None:
    assert confidence(read("whole", "r13-university")).disagreements == (
        "通报写明“10项”，识别出4个问题",
        "通报写明已完成“7项”，逐个写明已完成的是3个",
    )
    others = [name for name in WHOLE if name != "r13-university"]
    assert [confidence(read("whole", name)).disagreements for name in others] == [()] * len(others)


def test_countable_results_are_taken_where_they_are_told_whole() -> None:
    town = read("whole", "r07-town").findings[3]
    assert town["清退资金"] == "8430元"
    assert town["处理人员"] == {"诫勉谈话": "2", "调整岗位": "1"}
    assert "清退资金" not in read("small", "base").findings[2]
    culture = read("whole", "r01-noparts").findings
    assert culture[4]["建章立制"] == ["《小额工程管理办法》"]
    assert culture[6]["清退资金"] == "2.36万元"


def test_sub_findings_are_manifestations_with_measures_of_their_own() -> None:
    first = read("small", "m02-sub-lead").findings[0]
    assert first["具体表现"] == ["宣传不到位", "装备不足"]
    assert [(one["内容"], one["针对"]) for one in first["措施"]] == [
        ("落实护林员132名", "1"),
        ("开展演练3次", "1"),
        ("配备风力灭火机40台", "2"),
        ("申请经费8万元", "2"),
    ]


# -- nothing is lost --------------------------------------------------------------------------

_TEXTS = [
    sources.read(FIXTURES / folder / f"{name}.txt").text
    for folder, names in (("small", SMALL), ("whole", WHOLE))
    for name in names
]
_TEXTS += [
    sources.read(path).text
    for folder in ("other", "wordings", "pages")
    for path in sorted((FIXTURES / folder).iterdir())
]
_LINES = sorted({line for text in _TEXTS for line in text.split("\n") if line.strip()})
_STRANGE = [
    *(
        "一是",
        "（一）",
        "1.",
        "{措施}",
        "{问题数}",
        "第一，关于",
        "问题1：",
        "①",
        "整改措施：",
        "2",
    ),
    *(
        "— 3 —",
        "责任领导：　责任科室：",
        "（已完成）",
        "\u200b",
        "附件：",
        "2022年2月31日",
        "：",
        "“",
        "。",
    ),
    *(
        "一、　甲",
        "（一）　乙",
        "第二部分　丙",
        "【整改措施】丁",
        "㈠戊",
        "⑴己",
        "1.2019年以来庚。",
    ),
    *("问题一　辛", "整改情况。壬", "存在问题：", "存在问题：（1）甲；（2）乙。", "2022年8月"),
    *("序号\t问题\t整改措施\t完成情况", "1\t甲\t乙\t已完成", "2\t甲\t已完成"),
    *("●子", "■ 丑", "- 寅", "第一章 卯", "壹、辰", "Ⅱ.巳", "第2部分 午", "（贰）未"),
    *("特此通报。", "公示期为3日，欢迎监督。", "公示期：3日", "涉及金额30万元，已整改金额20万元。"),
    *("2022-11-03 10:00 来源：申", "上一篇：酉", "打印 关闭", "首页 > 公开 > 正文", "（公章）"),
    *("2022年11月3日印发", "电话：0000-1000001转8012"),
    *("配合科室：癸", "整改类型：立行立改", "（一）甲方面（3个问题）", "1.甲。（已完成）"),
]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(_TEXTS),
    st.lists(st.tuples(st.integers(0, 60), st.sampled_from([*_LINES, *_STRANGE])), max_size=5),
    st.sets(st.integers(0, 60), max_size=8),
    st.randoms(use_true_random=False),
    st.booleans(),
)
def test_every_character_is_in_the_ledger_or_set_aside(
    text: str, put: list[tuple[int, str]], left_out: set[int], chance: Any, shuffled: bool
) -> None:
    lines = [line for n, line in enumerate(text.split("\n")) if n not in left_out]
    for place, line in put:
        lines.insert(place, line)
    if shuffled:
        chance.shuffle(lines)
    source = "\n".join(lines)
    draft = read_notice(source)
    aside = "".join(line.text for line in (*draft.unplaced, *draft.page))
    unseen = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
    needed = Counter("".join(source.split()).translate(unseen))
    assert not needed - Counter(written(draft) + aside)
    assert all(parse(content, file)[1] == [] for file, content in files(draft, "2021-县委"))
    faults = list(decode_inspection(draft.inspection_data())[1])
    faults += [fault for data in draft.findings for fault in decode_finding(data, "")[1]]
    assert {fault.code for fault in faults} <= {"K301"}


def test_two_hundred_findings_are_read_in_one_go() -> None:
    one = "{n}.关于“问题{n}甲乙丙”问题的整改。\n一是落实{n}项。二是开展{n}次；三是配备{n}台。\n"
    text = "一、整改落实情况\n" + "".join(one.format(n=n) for n in range(1, 201))
    draft = read_notice(text)
    assert len(draft.findings) == 200
    assert written(draft) == text


def test_what_a_finding_has_of_its_own_follows_the_ledger() -> None:
    draft = read("small", "m21-mixed-sep")
    first = draft.findings[0]
    assert first["通报写法"] == [
        "{序号}.关于“{问题}”问题的整改。",
        "一是{措施}；二是{措施}。三是{措施}。",
    ]
    first["措施"][1]["内容"] = "开展演练5次"
    assert "一是落实护林员132名；二是开展演练5次。三是配备风力灭火机40台。" in written(draft)
    first["措施"].append({"内容": "修复瞭望塔2座"})
    assert "一是落实护林员132名。二是开展演练5次。" in written(draft)
    assert "四是修复瞭望塔2座。" in written(draft)


def test_a_table_of_findings_is_read_row_by_row() -> None:
    text = (
        "一、整改情况\n序号  问题  整改措施  责任科室  完成情况\n"
        "1  巡查不到位  一是落实巡查员12名；二是开展巡查30次。  水库股  已完成\n"
        "2  采砂监管薄弱  开展执法4次  水政股  正在推进\n"
    )
    draft = read_notice(text)
    told = [(x["问题"], len(x["措施"]), x["责任科室"]) for x in draft.findings]
    assert told == [("巡查不到位", 2, "水库股"), ("采砂监管薄弱", 1, "水政股")]
    assert draft.states == ["已完成", "正在推进"]
    assert written(draft) == text
