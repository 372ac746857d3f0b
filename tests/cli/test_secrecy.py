"""Words of cases typed into a command are refused, and a published notice is kept as it was."""

import sys
from pathlib import Path

import pytest

from commandline import Zhenggai
from ledger_files import finding, inspection, write_ledger


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger of one finding with a measure open, and the working folder beside it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZHENGGAI_TODAY", "2021-05-18")
    monkeypatch.setenv("ZHENGGAI_LEDGER", "台账")
    return write_ledger(tmp_path / "台账", {"09": finding()})


def _state(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock"]
    return {str(path): path.read_bytes() for path in files}


@pytest.mark.parametrize("is_original", [False, True])
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("report 9 已将有关问题线索移交 --by 人事科", "“记录”第1项的“情况”写有“问题线索”"),
        ("report 9 方案已拟 --cause 正在初核", "“记录”第1项的“未完成原因”写有“初核”"),
        ("log 9 举报人反映属实 --by 督查组", "“记录”第1项的“情况”写有“举报人”"),
        ("done 9.1 --outcome 立案1人", "“措施”第1项的“成效”写有“立案”"),
        ("new 信访举报件3件办理不及时", "“问题”写有“信访举报件”"),
        ("init 新 --unit 县局 --group 立案审查组 --feedback 2021-02-01", "“巡察组”写有“立案”"),
    ],
)
def test_what_tells_of_a_case_is_refused_and_nothing_is_written(
    ledger: Path, zhenggai: Zhenggai, words: str, said: str, *, is_original: bool
) -> None:
    if is_original:
        write_ledger(ledger, {}, inspection("通报: {原文: 是}\n"))
    before = _state(ledger.parent)
    outcome = zhenggai(*words.split())
    assert (outcome.code, outcome.out) == (4, "")
    assert outcome.err.startswith(f"错误：未写入：{said}（S901）；这类内容不在台账里登记")
    assert _state(ledger.parent) == before


def test_an_office_goes_on_where_words_only_look_like_it(ledger: Path, zhenggai: Zhenggai) -> None:
    assert ledger.exists()
    for words in (
        *("report 9 已建立案例库", "log 9 招商线索已移交投资服务中心", "new 信访件办理不及时"),
    ):
        assert zhenggai(*words.split()).code == 0


def test_an_editor_leaves_no_case_behind(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = tmp_path / "editor.py"
    script.write_text(
        "import sys, pathlib\np = pathlib.Path(sys.argv[1])\n"
        "t = p.read_text(encoding='utf-8').replace('完善制度', '对1人立案')\n"
        "p.write_text(t, encoding='utf-8')\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("VISUAL", f"{sys.executable} {script}")
    before = (ledger / "09.yaml").read_bytes()
    outcome = zhenggai("edit", "9")
    assert outcome.code == 4
    assert "“措施”第1项的“内容”写有“立案”（S901）" in outcome.err
    assert (ledger / "09.yaml").read_bytes() == before


_NOTICE = """\
县林业局党组关于巡察整改情况的通报
一、整改落实情况
1.关于“会议过多”问题的整改。
一是已修订会议制度。二是移交问题线索2条。
2.关于“学习不够”问题的整改。
一是已制定学习计划。二是每月学习。
中共县林业局党组
2021年5月8日
"""


def test_an_imported_notice_is_told_as_it_was_until_a_measure_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zhenggai: Zhenggai
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZHENGGAI_TODAY", "2021-05-18")
    Path("通报.txt").write_text(_NOTICE, encoding="utf-8")
    assert zhenggai("import", "通报.txt", "-o", "台账").code == 0
    assert "  原文: 是\n" in Path("台账/inspection.yaml").read_text(encoding="utf-8")
    for file in Path("台账").glob("0*.yaml"):
        duties = (
            "方面: 作风\n责任领导: 局长\n责任科室: 办公室\n责任人: 主任\n整改时限: 2021-06-30\n"
        )
        file.write_text(file.read_text(encoding="utf-8") + duties, encoding="utf-8")
    about = Path("台账/inspection.yaml")
    facts = "巡察组: 县委第一巡察组\n反馈日期: 2021-02-01\n"
    about.write_text(facts + about.read_text(encoding="utf-8"), encoding="utf-8")
    found = zhenggai("check", "--ledger", "台账").out
    assert found.count(" S90") == found.count(" S902 通报原文里有1处") == 1
    assert found.count(" R43") == found.count(" R434 通报原文里有2处") == 1
    words = ("announce", "--ledger", "台账", "--format", "text")
    assert zhenggai(*words).out == _NOTICE
    assert zhenggai("done", "2.2", "--ledger", "台账").code == 0
    assert zhenggai(*words).out == _NOTICE.replace(
        "一是已制定学习计划。", "一是已制定学习计划（正在推进）。"
    )
    found = zhenggai("check", "--ledger", "台账").out
    assert "02.yaml" in next(line for line in found.splitlines() if " R433 " in line)
    assert "R434 通报原文里有1处" in found
