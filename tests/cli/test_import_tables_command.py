"""`zhenggai import` of tables and plans into a new ledger, as it is typed and asked."""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import docx
import pytest

from commandline import ROOT, Outcome, Zhenggai
from golden import compare
from ledger_files import read_whole
from zhenggai.importers.tables.proposal import Accept

FIXTURES = ROOT / "tests" / "importers" / "fixtures"
GOLDEN = Path(__file__).with_name("previews")
FILES = sorted(path.name for path in FIXTURES.glob("f*") if path.suffix != ".json")
_REFUSED = {"f04_三张清单三张表.xlsx", "f11_脏表.xlsx", "f19_办公系统导出.xls"}


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _expected(name: str) -> dict[str, Any]:
    path = (FIXTURES / name).with_suffix(".expect.json")
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def _mapped(name: str) -> list[str]:
    pairs = _expected(name).get("map", {}).items()
    return [word for column, field in pairs for word in ("--map", f"{column}={field}")]


def _imported(zhenggai: Zhenggai, name: str, *words: str) -> Outcome:
    shutil.copy(FIXTURES / name, name)
    return zhenggai("import", name, *_mapped(name), *words)


@pytest.mark.parametrize("name", FILES)
def test_each_kind_of_file_becomes_a_ledger_or_says_why_not(name: str, zhenggai: Zhenggai) -> None:
    outcome = _imported(zhenggai, name, "-o", "新", "--yes", "--accept", "待定")
    if name in _REFUSED:
        assert outcome.code == 3
        assert not Path("新").exists()
        return
    assert outcome.code == 0, outcome.err
    expected = _expected(name)
    ledger, problems = read_whole(Path("新"), "新")
    assert not ledger.unreadable
    assert len(ledger.findings) == len(expected["findings"]) == expected["count"]
    assert sum(len(one.measures) for one in ledger.findings) == expected["measures"]
    assert ledger.inspection.unit == expected.get("unit")
    assert ledger.inspection.identifier
    for one, told in zip(ledger.findings, expected["findings"], strict=True):
        assert one.title == told["title"]
        assert [*one.departments, *one.assisting] == (told.get("departments") or [])
        assert str(one.due or "") == str(told.get("due") or "")
    assert problems is not None


@pytest.mark.parametrize("name", FILES)
def test_a_dry_run_is_the_real_run_without_its_end(name: str, zhenggai: Zhenggai) -> None:
    words = ("-o", "新", "--accept", "待定")
    dry = _imported(zhenggai, name, *words, "--dry-run")
    assert not Path("新").exists()
    real = _imported(zhenggai, name, *words, "--yes")
    assert (dry.code, dry.out) == (real.code, real.out)


@pytest.mark.parametrize(
    ("short", "words"),
    [
        ("f01", ()),
        ("f02", ("--on", "2022-06-01", "--review-every", "每季度")),
        ("f06", ("--year", "2021", "--review-every", "每半年")),
        ("f17", ()),
    ],
)
def test_the_preview_says_what_is_read_and_what_is_not(
    short: str, words: tuple[str, ...], zhenggai: Zhenggai
) -> None:
    name = next(one for one in FILES if one.startswith(short))
    said = []
    for run in ((), (*_mapped(name), *words)):
        shutil.copy(FIXTURES / name, name)
        outcome = zhenggai("import", name, "-o", "新", "--dry-run", *run)
        said.append(f"$ zhenggai import {name} -o 新 --dry-run {' '.join(run)}\n")
        said.append(f"{outcome.out}{outcome.err}(exit {outcome.code})\n")
    compare(GOLDEN / f"import-{short}.txt", "".join(said))


def test_what_is_open_is_refused_with_yes_until_it_is_accepted(zhenggai: Zhenggai) -> None:
    name = FILES[0]
    outcome = _imported(zhenggai, name, "-o", "新", "--yes")
    assert outcome.code == 4
    assert "有3处待定，未写入" in outcome.err
    answered = _imported(zhenggai, name, "-o", "新", "--yes", "--on", "2023-06-20")
    assert answered.code == 0
    done = [one.done_on for f in read_whole(Path("新"), "新")[0].findings for one in f.measures]
    assert str(done[0]) == "2023-06-20"
    again = _imported(zhenggai, name, "-o", "新", "--yes", "--on", "2023-06-20")
    assert again.code == 4
    assert "里已经有台账" in again.err


def test_words_of_how_far_things_are_become_reports_only_when_accepted(
    zhenggai: Zhenggai,
) -> None:
    name = next(one for one in FILES if one.startswith("f03"))
    words = ("--yes", "--accept", "待定", "--on", "2023-06-20")
    _imported(zhenggai, name, "-o", "甲", *words)
    _imported(zhenggai, name, "-o", "乙", *words, "--accept", "进展")
    without, accepted = (
        [record.note for one in read_whole(Path(n), n)[0].findings for record in one.records]
        for n in ("甲", "乙")
    )
    assert without == []
    assert accepted == ["基本完成", "未完成"]


def test_columns_can_be_pointed_at_by_a_file_by_letter_and_left_out(zhenggai: Zhenggai) -> None:
    name = next(one for one in FILES if one.startswith("f06"))
    shutil.copy(FIXTURES / name, name)
    Path("列.txt").write_text("# 时限那一列\nG=整改时限\n", encoding="utf-8")
    outcome = zhenggai("import", name, "--map-file", "列.txt", "--dry-run", "--accept", "待定")
    assert outcome.code == 0, outcome.err
    left_out = zhenggai("import", name, "--map", "完成时间=-", "--dry-run", "--accept", "待定")
    assert "按 --map 不读入" in left_out.out
    for pair, sentence in (
        ("完成时间", "不是“列=字段”"),
        ("没有的列=问题", "没有“没有的列”这一列"),
        ("完成时间=时线", "没有“时线”这个字段"),
    ):
        outcome = zhenggai("import", name, "--map", pair, "--dry-run")
        assert outcome.code == 2
        assert sentence in outcome.err
    outcome = zhenggai("import", name, "--sheet", "没有", "--dry-run")
    assert outcome.code == 2
    assert "没有“没有”这张表" in outcome.err


def test_json_says_what_the_preview_says(zhenggai: Zhenggai) -> None:
    outcome = _imported(zhenggai, FILES[0], "-o", "新", "--dry-run", "--format", "json")
    data = json.loads(outcome.out)
    assert (len(data["findings"]), len(data["questions"]), data["errors"]) == (4, 3, [])
    assert data["findings"][0]["values"]["措施"]
    assert {one["need"] for one in data["questions"]} == {"day"}
    assert outcome.code == 4


@pytest.mark.parametrize("path", sorted((FIXTURES / "hostile").iterdir()), ids=lambda p: p.stem)
def test_hostile_files_get_one_sentence(path: Path, zhenggai: Zhenggai) -> None:
    outcome = zhenggai("import", str(path), "-o", "新", "--yes")
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.count("\n") == 1
    assert outcome.err.startswith(f"错误：“{path.name}”")
    assert not Path("新").exists()


# -- a plan -----------------------------------------------------------------------------------

_PLAN = """县农业局党组关于落实巡察反馈意见的整改方案
为抓好整改，制定本方案。
一、总体要求
坚持问题导向。
二、整改任务和措施
（一）贯彻落实党的路线方针政策方面
1.政治理论学习缺乏系统性。学习不够经常，结合实际不够。
整改目标：每月学习一次
整改措施：
（1）修订学习制度。（责任科室：人事科；完成时限：2021年3月底前）
（2）每月集中学习一次；
责任领导：党组书记
责任科室：办公室（牵头）、人事科（配合）
责任人：办公室负责人
整改时限：2021年4月30日前
2.会议过多
整改措施：一是少开会。二是开短会。
责任领导：分管领导；责任科室：办公室；责任人：办公室主任；整改时限：2021年6月30日
（二）基层党组织建设方面
1.“三会一课”不规范
【整改措施】
1.完善制度。
2.开展检查。
【责任领导】党组书记
【责任科室】机关党支部
【责任人】支部书记
【完成时限】长期坚持
三、保障措施
（一）加强领导。成立领导小组。
"""


def _plan(text: str = _PLAN, name: str = "方案.docx") -> str:
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(name)
    return name


def test_a_plan_becomes_a_ledger(zhenggai: Zhenggai) -> None:
    words = ("--yes", "--review-every", "每季度")
    outcome = zhenggai("import", _plan(), "-o", "新", *words)
    assert outcome.code == 0, outcome.err
    assert outcome.out.startswith("方案.docx：Word文档里的整改方案\n")
    for text in ("坚持问题导向。", "保障措施", "加强领导。成立领导小组。", "总体要求"):
        assert f"没有归入问题的文字：{text}" in outcome.out
    ledger, _ = read_whole(Path("新"), "新")
    first, second, third = ledger.findings
    assert (first.title, first.manifestations) == (
        "政治理论学习缺乏系统性",
        ("学习不够经常，结合实际不够",),
    )
    assert [one.text for one in first.measures] == ["修订学习制度", "每月集中学习一次"]
    assert first.measures[0].departments == ("人事科",)
    assert str(first.measures[0].due) == "2021-03-31"
    assert (first.departments, first.assisting) == (("办公室",), ("人事科",))
    assert str(first.due) == "2021-04-30"
    assert [one.text for one in second.measures] == ["少开会", "开短会"]
    assert (second.leader, second.owner, str(second.due)) == (
        "分管领导",
        "办公室主任",
        "2021-06-30",
    )
    assert [one.text for one in third.measures] == ["完善制度", "开展检查"]
    assert third.kind.value == "长期坚持"
    assert third.aspect == "基层党组织建设方面"


def test_a_plan_whose_findings_and_measures_count_alike_is_told_apart(zhenggai: Zhenggai) -> None:
    text = (
        "一、党的建设\n1.学习不够\n整改措施：\n1.定计划\n2.抓检查\n3.抓通报\n"
        "责任科室：办公室\n整改时限：2021年4月30日\n"
        "2.会议过多\n整改措施：\n1.少开会\n2.会议要短\n责任科室：人事科\n整改时限：2021年5月31日\n"
        "二、作风建设\n1.调研不深\n整改措施：多下乡\n责任科室：办公室\n整改时限：2021年5月31日\n"
    )
    words = ("--yes", "--accept", "待定", "--as", "方案")
    assert zhenggai("import", _plan(text), "-o", "新", *words).code == 0
    found = read_whole(Path("新"), "新")[0].findings
    assert [(one.title, len(one.measures)) for one in found] == [
        ("学习不够", 3),
        ("会议过多", 2),
        ("调研不深", 1),
    ]
    assert [one.aspect for one in found] == ["党的建设", "党的建设", "作风建设"]


def test_what_is_no_plan_says_so(zhenggai: Zhenggai) -> None:
    Path("表.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    outcome = zhenggai("import", "表.csv", "--as", "方案", "-o", "新")
    assert (outcome.code, "不是docx文件" in outcome.err) == (3, True)
    outcome = zhenggai("import", _plan("通知\n请各科室报送材料。\n"), "--as", "方案", "-o", "新")
    assert (outcome.code, "没有读出问题" in outcome.err) == (3, True)


# -- at a terminal ----------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
def test_a_terminal_asks_for_columns_days_and_leave(tmp_path: Path) -> None:
    from terminal import Terminal  # on POSIX only

    Path("台账.csv").write_text(
        "截至2023年6月20日,,,,,,,\n"
        "序号,问题,整改措施,责任领导,责任科室,责任人,完成时间,状态\n"
        "1,会议多,少开会,局长,办公室,主任,2023年6月1日,已完成\n",
        encoding="utf-8",
    )
    terminal = Terminal("import", "台账.csv", "-o", "新", cwd=tmp_path, columns=80)
    terminal.wait_for("0 不读入？ ")
    terminal.type("整改时限\n")
    terminal.wait_for("直接回车用2023-06-20")
    terminal.type("\n")
    terminal.wait_for("写入？[y/N] ")
    code, screen = terminal.end(pressing="y\n")
    assert code == 0, screen
    finding = read_whole(tmp_path / "新", "新")[0].findings[0]
    assert (str(finding.due), str(finding.measures[0].done_on)) == ("2023-06-01", "2023-06-20")


def test_every_consent_is_in_the_help(zhenggai: Zhenggai) -> None:
    text = zhenggai("import", "--help").out
    assert all(one.value in text for one in Accept)
