"""Mistakes and changes by their own commands: correct, handover, rename and split."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commandline import Zhenggai
from ledger_files import finding, inspection, write_ledger

RECORDS = (
    "措施:\n  - 内容: 少开会\n    完成: 2021-03-20\n  - 内容: 修订制度 # 待定\n    针对: 2\n"
    "    # 这一条也是\n  - 内容: 开展培训\n    时限: 2021-05-20\n"
    "记录:\n"
    "  - 日期: 2021-04-10\n    事项: 进展\n    情况: 初稿已成\n"
    "  - 日期: 2021-04-20\n    事项: 延期\n    新时限: 2021-08-31\n"
    "    理由: 待批\n    批准人: 局党组\n"
)
WHO = {"责任科室": "财务室、办公室", "责任人": "财务室主任", "责任领导": "分管副局长"}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZHENGGAI_TODAY", "2021-05-18")
    monkeypatch.chdir(tmp_path)
    findings = {
        "07": finding(f"具体表现: [会多, 会长]\n{RECORDS}", **WHO, 整改时限="2021-05-10"),
        "08": finding(问题="学习不够", **WHO),
        "09": finding(问题="文风不实", 责任科室="财务科", 责任人="财务科科长"),
    }
    about = inspection(
        "销号程序: [申请, 审核, 批准]\n销号权限: {审核: 整改办}\n回避: {财务室: 机关纪委}\n"
    )
    return write_ledger(tmp_path, findings, about)


def _bytes(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(root.glob("*.yaml"))}


# -- correct ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("root")
def test_a_corrected_extension_stays_to_be_read(zhenggai: Zhenggai) -> None:
    outcome = zhenggai("correct", "7", "--record", "2", "--reason", "登记到了其他问题")
    assert outcome == (
        0,
        (
            "问题07的第2条记录（2021-04-20的延期）已更正，从今天起不算；"
            "现在是整改中，时限2021-05-10，逾期8天\n"
        ),
        "提醒（问题07）：措施时限2021-05-20晚于整改时限2021-05-10；提前措施时限，或登记延期（R419）\n",
    )
    shown = zhenggai("show", "7").out.splitlines()
    assert shown[-2:] == [
        "  2 2021-04-20 延期     已更正（第3条），延至2021-08-31，理由：待批，局党组批准",
        "  3 2021-05-18 更正     更正第2条，理由：登记到了其他问题",
    ]
    before = zhenggai("show", "7", "--today", "2021-05-17", "--format", "json").out
    assert json.loads(before)["finding"]["standing"]["deadline"] == "2021-08-31"
    again = zhenggai("correct", "7", "--record", "2", "--reason", "又一次")
    assert again.out == "问题07的第2条记录（2021-04-20的延期）已由第3条更正，未改动\n"


def test_a_correction_is_shown_before_it_is_made(root: Path, zhenggai: Zhenggai) -> None:
    before = _bytes(root)
    outcome = zhenggai("correct", "7", "--record", "1", "--reason", "登错了", "--dry-run")
    assert "+    第几条: 1" in outcome.out
    assert _bytes(root) == before


def test_a_correction_of_no_record_is_refused(root: Path, zhenggai: Zhenggai) -> None:
    before = _bytes(root)
    outcome = zhenggai("correct", "7", "--record", "9", "--reason", "登错了")
    assert (outcome.code, outcome.err) == (4, "错误：问题07没有第9条记录；它有2条记录\n")
    assert _bytes(root) == before


@pytest.mark.usefixtures("root")
def test_a_finding_withdrawn_by_mistake_counts_again(zhenggai: Zhenggai) -> None:
    assert zhenggai("void", "8", "--reason", "误登").code == 0
    assert zhenggai("status", "--format", "json").out.count('"count": 2') > 0
    assert zhenggai("correct", "8", "--record", "1", "--reason", "没有误登").code == 0
    total = json.loads(zhenggai("status", "--format", "json").out)["total"]
    assert total["count"] == 3
    assert "J524" not in zhenggai("check").out


@pytest.mark.parametrize("number", ["7", "8", "9"])
def test_voiding_one_changes_no_other(root: Path, zhenggai: Zhenggai, number: str) -> None:
    def others() -> list[object]:
        listed = json.loads(zhenggai("list", "--format", "json").out)["findings"]
        return [one for one in listed if int(one["id"]) != int(number)]

    before, kept = others(), _bytes(root)
    assert zhenggai("void", number, "--reason", "误登").code == 0
    assert others() == before
    assert [name for name, text in _bytes(root).items() if text != kept[name]] == [
        f"0{number}.yaml"
    ]
    assert f"0{number}" in zhenggai("list").out


# -- handover -----------------------------------------------------------------------------------


def test_everything_that_one_holds_goes_to_another(root: Path, zhenggai: Zhenggai) -> None:
    outcome = zhenggai("handover", "--owner", "财务室主任", "财务室副主任", "--on", "2021-05-10")
    assert outcome.out == (
        "问题07的责任人由财务室主任交接给财务室副主任（2021-05-10）\n"
        "问题08的责任人由财务室主任交接给财务室副主任（2021-05-10）\n"
    )
    listed = json.loads(zhenggai("list", "--owner", "副主任", "--format", "json").out)["findings"]
    assert [(one["id"], one["owner"], one["stated_owner"]) for one in listed] == [
        ("07", "财务室副主任", "财务室主任"),
        ("08", "财务室副主任", "财务室主任"),
    ]
    shown = zhenggai("show", "8").out
    since = "至2021-05-10财务室主任98天，2021-05-10起财务室副主任8天"
    assert f"责任人    财务室副主任（{since}）" in shown
    held = json.loads(zhenggai("show", "8", "--format", "json").out)["finding"]["tenures"]
    assert [(one["post"], one["name"], one["days"]) for one in held] == [
        ("owner", "财务室主任", 98),
        ("owner", "财务室副主任", 8),
        ("leader", "分管副局长", 106),
    ]
    by_owner = zhenggai("status", "--by", "责任人", "--today", "2021-05-09").out
    assert "财务室副主任" not in by_owner
    assert '责任人: "财务室主任"' in (root / "08.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        ((), 2, "写明由谁交接给谁：--owner 原任 接任，或 --leader 原任 接任"),
        (("--owner", "甲", "甲"), 2, "--owner的原任和接任都是甲；请核对"),
        (("--owner", "", "甲"), 2, "--owner是空的；写成 --owner 原任 接任"),
        (
            ("--owner", "财务室主管", "甲"),
            4,
            "没有责任人是财务室主管的问题；是否想写“财务室主任”",
        ),
        (
            ("9", "--owner", "财务室主任", "甲"),
            4,
            "问题09的责任人是财务科科长，不是财务室主任；请核对",
        ),
    ],
)
def test_a_handover_that_means_nobody_is_refused(
    root: Path, zhenggai: Zhenggai, words: tuple[str, ...], code: int, sentence: str
) -> None:
    before = _bytes(root)
    outcome = zhenggai("handover", *words)
    assert (outcome.code, outcome.err.splitlines()[0]) == (code, f"错误：{sentence}")
    assert _bytes(root) == before


def test_a_handover_says_which_measures_name_somebody_of_their_own(
    root: Path, zhenggai: Zhenggai
) -> None:
    own = "措施:\n  - 内容: 甲\n    责任人: 财务科科长\n  - 内容: 乙\n    责任人: 会计\n"
    done = "  - 内容: 丙\n    责任人: 会计\n    完成: 2021-05-01\n"
    text = finding(own + done, 问题="文风不实", 责任科室="财务科", 责任人="财务科科长")
    (root / "09.yaml").write_text(text, encoding="utf-8")
    outcome = zhenggai("handover", "--owner", "财务科科长", "局长")
    assert outcome.code == 0
    hint = "自己写了责任人财务科科长，换了人的用 zhenggai edit 改"
    assert f"提醒：措施09.1{hint}" in outcome.err
    refused = zhenggai("handover", "--owner", "会计", "出纳")
    assert (refused.code, "；措施09.2自己写了责任人会计，" in refused.err) == (4, True)


def test_a_handover_of_one_finding_leaves_the_others(root: Path, zhenggai: Zhenggai) -> None:
    assert zhenggai("handover", "8", "--leader", "分管副局长", "局长").code == 0
    assert "交接" not in (root / "07.yaml").read_text(encoding="utf-8")
    assert "    职责: 责任领导\n" in (root / "08.yaml").read_text(encoding="utf-8")


# -- rename -------------------------------------------------------------------------------------


def test_a_name_is_corrected_everywhere_and_noted(root: Path, zhenggai: Zhenggai) -> None:
    outcome = zhenggai("rename", "--department", "财务室", "计财科")
    said = "已把责任科室“财务室”改为“计财科”：问题07、08（2个）和inspection.yaml；记录未改\n"
    assert outcome == (0, said, "")
    text = (root / "inspection.yaml").read_text(encoding="utf-8")
    assert "回避: {计财科: 机关纪委}" in text
    note = "更名:\n  - 日期: 2021-05-18\n    类别: 责任科室\n    旧: 财务室\n    新: 计财科\n"
    assert text.endswith(note)
    assert '责任科室: "计财科、办公室"' in (root / "07.yaml").read_text(encoding="utf-8")
    assert '责任人: "财务室主任"' in (root / "07.yaml").read_text(encoding="utf-8")


_WHICH = (
    "写明改哪一种名称：--department、--leader、--owner、--aspect 中的一个，后面写旧名称和新名称"
)


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (
            (),
            2,
            _WHICH,
        ),
        (("--owner", "财务室主任", "财务室主任"), 2, "--owner的新旧名称都是财务室主任；请核对"),
        (
            ("--department", "财务室", "计财科、办"),
            2,
            "--department的新名称“计财科、办”里有标点或空格；请写名称本身",
        ),
        (("--department", "财物室", "计财科"), 4, "台账里没有责任科室“财物室”；是否想写“财务室”"),
        (
            ("--owner", "财务科科长", "财务室主任"),
            4,
            "责任人“财务室主任”已经在用，未改动；确应合并的，加 --yes",
        ),
        (
            ("--department", "财务室", "整改办", "--yes"),
            4,
            "责任科室“整改办”已经在用，又和“销号权限”“回避”有关，不能合并；请先核对由谁审核",
        ),
    ],
)
def test_a_name_that_cannot_be_corrected_is_refused(
    root: Path, zhenggai: Zhenggai, words: tuple[str, ...], code: int, sentence: str
) -> None:
    before = _bytes(root)
    outcome = zhenggai("rename", *words)
    assert (outcome.code, outcome.err.splitlines()[0]) == (code, f"错误：{sentence}")
    assert _bytes(root) == before


def test_two_names_become_one_where_that_is_meant(root: Path, zhenggai: Zhenggai) -> None:
    assert zhenggai("rename", "--owner", "财务科科长", "财务室主任", "--yes").code == 0
    assert '责任人: "财务室主任"' in (root / "09.yaml").read_text(encoding="utf-8")


@pytest.mark.usefixtures("root")
def test_a_new_name_frees_nobody_of_recusal(zhenggai: Zhenggai) -> None:
    assert zhenggai("done", "8.1").code == 0
    assert zhenggai("apply", "8", "--by", "财务室").code == 0
    assert zhenggai("rename", "--department", "财务室", "计财科").code == 0
    refused = zhenggai("review", "8", "--by", "整改办")
    assert refused.code == 4
    assert "问题08由计财科申请销号，按回避的规定应由机关纪委审核" in refused.err
    assert zhenggai("review", "8", "--by", "机关纪委").code == 0
    assert " J5" not in zhenggai("check").out


@pytest.mark.usefixtures("root")
def test_a_handover_before_a_new_name_still_counts(zhenggai: Zhenggai) -> None:
    assert zhenggai("handover", "8", "--owner", "财务室主任", "副主任").code == 0
    assert zhenggai("rename", "--owner", "财务室主任", "财务室负责人").code == 0
    assert "J532" not in zhenggai("check").out
    listed = json.loads(zhenggai("list", "--format", "json").out)["findings"]
    assert [one["owner"] for one in listed] == ["财务室负责人", "副主任", "财务科科长"]


_NAMES = st.sampled_from(["办公室", "人事科", "机关党支部", "财务室"])
# How several names may be written: before, between and behind them.
_STYLES = st.sampled_from(
    [
        *(("", "、", ""), ('"', "、", '"'), ("'", "、", "'"), ("|\n  ", "、", "")),
        *(("[", ", ", "]"), ("\n  - ", "\n  - ", " # 牵头"), ("\n- ", "\n- ", "")),
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.lists(st.tuples(st.lists(_NAMES, min_size=1, unique=True), _STYLES), min_size=1, max_size=4)
)
def test_there_and_back_restores_every_byte(
    tmp_path_factory: pytest.TempPathFactory,
    zhenggai: Zhenggai,
    written: list[tuple[list[str], tuple[str, str, str]]],
) -> None:
    folder = tmp_path_factory.mktemp("台账")
    for number, (names, (begin, between, end)) in enumerate(written, start=1):
        text = f"{begin}{between.join(names)}{end}"
        name = folder / f"{number:02d}.yaml"
        name.write_text(f"问题: 第{number}类\n责任科室: {text}\n整改时限: 2021-06-30\n", "utf-8")
    about = inspection(f"回避: {{{written[0][0][0]}: 机关纪委}}\n")
    (folder / "inspection.yaml").write_text(about, encoding="utf-8")
    before = _bytes(folder)
    old = written[0][0][0]
    there = ("--ledger", str(folder), "--today", "2021-05-18")
    assert zhenggai("rename", "--department", old, "综合科", *there).code == 0
    assert _bytes(folder)["01.yaml"] != before["01.yaml"]
    assert zhenggai("rename", "--department", "综合科", old, *there).code == 0
    after = _bytes(folder)
    kept, _, notes = after.pop("inspection.yaml").partition("更名:\n".encode())
    assert after | {"inspection.yaml": kept} == before
    assert notes.count("日期".encode()) == 2


# -- split --------------------------------------------------------------------------------------


def test_open_measures_go_on_under_the_next_number(root: Path, zhenggai: Zhenggai) -> None:
    outcome = zhenggai("split", "7", "--title", "会风不实", "--measures", "2,3")
    said = "问题07的措施7.2、7.3已拆分到问题10：10.yaml；时限不变，请核对责任和目标\n"
    assert outcome == (0, said, "")
    assert (root / "10.yaml").read_text(encoding="utf-8") == (
        "# yaml-language-server: $schema=.schema/finding.json\n"
        "问题: 会风不实\n方面: 党的建设\n具体表现:\n  - 会长\n"
        "责任领导: 分管副局长\n责任科室: 财务室、办公室\n责任人: 财务室主任\n"
        "整改时限: 2021-08-31\n"
        "措施:\n  - 内容: 修订制度\n    针对: 1\n  - 内容: 开展培训\n    时限: 2021-05-20\n"
        "拆分自: 07\n"
    )
    left = (root / "07.yaml").read_text(encoding="utf-8")
    assert "修订制度" not in left
    assert "    完成: 2021-03-20\n记录:\n" in left
    assert left.endswith("  - 日期: 2021-05-18\n    事项: 拆分\n    新编号: 10\n")
    assert [line for line in zhenggai("check").out.splitlines() if " J" in line] == []
    shown = zhenggai("show", "10").out
    assert "拆分自    07" in shown


@pytest.mark.parametrize(
    ("measures", "code", "sentence"),
    [
        ("1", 4, "措施7.1已完成，留在问题07，不能移走"),
        ("4", 4, "问题07没有第4项措施；它有3项"),
        ("x", 2, "--measures：“x”的格式无法识别；写成 3、3,4 或 3-5"),
    ],
)
def test_what_cannot_be_split_off_is_refused(
    root: Path, zhenggai: Zhenggai, measures: str, code: int, sentence: str
) -> None:
    before = _bytes(root)
    outcome = zhenggai("split", "7", "--title", "会风不实", "--measures", measures)
    assert (outcome.code, outcome.err.splitlines()[0]) == (code, f"错误：{sentence}")
    assert _bytes(root) == before


def test_a_part_is_not_counted_against_the_feedback(root: Path, zhenggai: Zhenggai) -> None:
    about = root / "inspection.yaml"
    about.write_text(about.read_text(encoding="utf-8") + "反馈问题数: 3\n", encoding="utf-8")
    assert zhenggai("split", "7", "--title", "会风不实", "--measures", "3").code == 0
    assert "R404" not in zhenggai("check").out
    total = json.loads(zhenggai("status", "--format", "json").out)["total"]
    assert total["count"] == 4
    refused = zhenggai("new", "再来一个")
    assert (refused.code, "台账里已有3个" in refused.err) == (4, True)


def test_no_number_is_given_twice(root: Path, zhenggai: Zhenggai) -> None:
    assert zhenggai("split", "7", "--title", "会风不实", "--measures", "3").code == 0
    (root / "10.yaml").unlink()
    assert zhenggai("new", "又一个").out.startswith("已登记问题11")
    assert zhenggai("void", "11", "--reason", "误登").code == 0
    assert zhenggai("new", "再一个").out.startswith("已登记问题12")
