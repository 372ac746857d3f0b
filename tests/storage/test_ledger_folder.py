"""A ledger folder read whole: what becomes of every file in it."""

import os
import sys
from datetime import date
from pathlib import Path

import pytest

from ledger_files import read_whole
from zhenggai.ledger.standing import LedgerOnDay
from zhenggai.model.ledger_model import Ledger
from zhenggai.model.problem import Problem
from zhenggai.model.terms import Severity
from zhenggai.rules import ExaminedLedger, examine
from zhenggai.storage.evidence import has_file
from zhenggai.storage.file_names import is_ledger, shown_path
from zhenggai.storage.ledger_folder import LedgerFolder, read_ledgers
from zhenggai.storage.ledger_texts import MAX_BYTES, LedgerTexts

INSPECTION = "被巡察单位: 县科技局党组\n巡察组: 县委第一巡察组\n反馈日期: 2021-02-01\n"
GOOD = "问题: 会议过多\n整改时限: 2021-04-30\n"

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return _write(tmp_path / "keji-2021", {"inspection.yaml": INSPECTION})


def _write(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def _link(link: Path, target: Path) -> None:
    try:
        link.symlink_to(target)
    except OSError:
        pytest.skip("this user may not make links")


def _said(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.path, problem.code) for problem in problems]


def _ids(ledger: Ledger) -> list[str]:
    return [finding.id for finding in ledger.findings]


# The whole folder.


def test_a_sound_ledger_has_no_problem(folder: Path) -> None:
    _write(folder, {"01.yaml": GOOD, "02.yaml": GOOD})
    ledger, problems = read_whole(folder, "台账")
    assert problems == []
    assert (ledger.name, ledger.folder, ledger.unreadable) == ("keji-2021", "台账", ())
    assert ledger.inspection.unit == "县科技局党组"
    assert [finding.due for finding in ledger.findings] == [date(2021, 4, 30)] * 2


def test_a_ledger_takes_its_name_from_its_folder_even_when_read_from_inside(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert read_whole(Path(), "")[0].name == "keji-2021"


def test_findings_come_by_number_and_not_by_letter(folder: Path) -> None:
    _write(folder, dict.fromkeys(("10.yaml", "9.yaml", "100.yaml", "02.yaml"), GOOD))
    assert _ids(read_whole(folder, "")[0]) == ["02", "9", "10", "100"]


def test_a_bad_file_never_hides_the_others(folder: Path) -> None:
    bad = {"02.yaml": "问题: [\n", "04.yaml": "整改时限: 四月底\n", "05.yaml": ""}
    _write(folder, {"01.yaml": GOOD, "03.yaml": GOOD})
    bad["08.yaml"] = GOOD + "问题: 另一个\n"
    _write(folder, bad)
    (folder / "06.yaml").write_bytes(b"\xff")
    (folder / "07.yaml").mkdir()
    ledger, problems = read_whole(folder, "")
    assert _ids(ledger) == ["01", "03"]
    assert ledger.unreadable == tuple(f"{n:02}.yaml" for n in (2, 4, 5, 6, 7, 8))
    assert {problem.path for problem in problems} == set(ledger.unreadable)


def test_a_bad_inspection_hides_no_finding(folder: Path) -> None:
    for text in ("被巡察单位: [\n", "", "- 会议\n", "\x07", "反馈日期: 二月\n方面：作风\n"):
        _write(folder, {"01.yaml": GOOD, "inspection.yaml": text})
        ledger, problems = read_whole(folder, "")
        assert _ids(ledger) == ["01"]
        assert ledger.unreadable == ()
        assert {problem.path for problem in problems} == {"inspection.yaml"}


def test_a_flaw_in_the_inspection_leaves_what_can_be_read_of_it(folder: Path) -> None:
    _write(folder, {"inspection.yaml": INSPECTION + "方面: 作风\n方面: 党建\n预警天数: &a 5\n"})
    ledger, problems = read_whole(folder, "")
    assert _said(problems) == [("inspection.yaml", "Y204"), ("inspection.yaml", "Y205")]
    assert ledger.inspection.feedback_on == date(2021, 2, 1)
    assert ledger.inspection.aspects == ("作风",)


def test_a_warning_leaves_the_finding(folder: Path) -> None:
    text = GOOD.replace("2021-04-30", "2021/4/30")
    (folder / "01.yaml").write_bytes(b"\xef\xbb\xbf" + text.encode())
    ledger, problems = read_whole(folder, "")
    assert _ids(ledger) == ["01"]
    assert [(p.code, p.severity, p.line, p.column) for p in problems] == [
        ("F106", Severity.WARNING, 1, 1),
        ("K306", Severity.WARNING, 2, 7),
    ]


def test_problems_name_the_file_the_way_the_user_can_open_it(folder: Path) -> None:
    _write(folder, {"01.yaml": "问题:\n", "x.yaml": ""})
    _, problems = read_whole(folder, "台账/科技局")
    assert {problem.path for problem in problems} == {"台账/科技局/01.yaml", "台账/科技局/x.yaml"}
    assert shown_path("", "01.yaml") == "01.yaml"


def test_the_problems_of_a_file_come_in_order_of_place(folder: Path) -> None:
    _write(folder, {"01.yaml": "类型: 长期\n整改时限: 2021/5/1\n措施:\n  - 完成: 近日\n"})
    _, problems = read_whole(folder, "")
    places = [(problem.line, problem.column) for problem in problems]
    assert places == sorted(places)
    assert len(places) == 5


def test_a_problem_keeps_the_way_to_its_value(folder: Path) -> None:
    _write(folder, {"01.yaml": GOOD + "措施:\n  - 内容: 少开会\n    完成: 近日\n"})
    (problem,) = read_whole(folder, "")[1]
    assert problem.at == ("措施", 0, "完成")


def test_how_far_reading_has_come_is_told_file_by_file(folder: Path) -> None:
    _write(folder, {"01.yaml": GOOD, "02.yaml": "", "03.yaml": GOOD})
    told: list[tuple[int, int]] = []
    list(read_ledgers([LedgerFolder(folder, "")], lambda done, of: told.append((done, of))))
    assert told == [(0, 3), (1, 3), (2, 3)]


# Names.


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("07.yml", "F109"),
        ("07.YAML", "F109"),
        ("07 副本.yaml", "F109"),
        ("07(1).yaml", "F109"),
        ("7-1.yaml", "F109"),
        ("７.yaml", "F109"),
        ("1234567890.yaml", "F109"),
        ("问题清单.yaml", "F112"),
        ("七.yaml", "F112"),
        ("-07.yaml", "F115"),
        ("inspection.yml", "F112"),
        ("inspection.yaml.yaml", "F112"),
    ],
)
def test_a_yaml_file_with_another_name_is_told_and_not_read(
    folder: Path, name: str, code: str
) -> None:
    _write(folder, {"01.yaml": GOOD, name: "不是: [YAML\n"})
    ledger, problems = read_whole(folder, "")
    assert _said(problems) == [(name, code)]
    assert _ids(ledger) == ["01"]
    assert ledger.unreadable == ()


@pytest.mark.parametrize(
    "name",
    [".07.yaml.swp", ".zhenggai.lock", ".隐藏.yaml", "会议记录.pdf", "07.pdf", "说明.md", "yaml"],
)
def test_hidden_files_and_files_of_other_kinds_are_nobodys_business(
    folder: Path, name: str
) -> None:
    _write(folder, {name: "不是: [YAML\n"})
    ledger, problems = read_whole(folder, "")
    assert (ledger.findings, ledger.unreadable, problems) == ((), (), [])


def test_one_number_in_two_files_is_told_of_both_and_both_are_read(folder: Path) -> None:
    _write(folder, {"7.yaml": GOOD, "07.yaml": GOOD, "007.yaml": GOOD, "08.yaml": GOOD})
    ledger, problems = read_whole(folder, "")
    assert _said(problems) == [("007.yaml", "F110"), ("07.yaml", "F110"), ("7.yaml", "F110")]
    assert {problem.message for problem in problems} == {"007.yaml、07.yaml、7.yaml是同一个编号"}
    assert _ids(ledger) == ["007", "07", "7", "08"]


@posix_only
def test_a_name_that_is_no_text_is_told_like_any_other(folder: Path) -> None:
    try:
        (folder / os.fsdecode(b"\xff.yaml")).write_text(GOOD, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    _, problems = read_whole(folder, "")
    assert [problem.code for problem in problems] == ["F112"]


def test_a_folder_of_findings_without_inspection_is_read(folder: Path) -> None:
    (folder / "inspection.yaml").unlink()
    _write(folder, {"01.yaml": GOOD})
    ledger, problems = read_whole(folder, "")
    assert _said(problems) == [("inspection.yaml", "F111")]
    assert _ids(ledger) == ["01"]


# What is not a plain file.


def test_a_link_inside_the_ledger_is_not_read_either(folder: Path) -> None:
    inner = _write(folder / "正本", {"01.yaml": GOOD, "inspection.yaml": INSPECTION})
    (folder / "inspection.yaml").unlink()
    for name in ("01.yaml", "inspection.yaml"):
        _link(folder / name, inner / name)
    ledger, problems = read_whole(folder, "")
    assert ("01.yaml", "F113") in _said(problems)
    assert ("inspection.yaml", "F113") in _said(problems)
    assert (ledger.unreadable, ledger.inspection.unit) == (("01.yaml",), None)


def test_a_link_out_of_the_ledger_is_not_read(folder: Path, tmp_path: Path) -> None:
    outside = _write(tmp_path / "别处", {"01.yaml": GOOD, "inspection.yaml": INSPECTION})
    _link(folder / "01.yaml", outside / "01.yaml")
    _link(folder / "02.yaml", Path("../别处/01.yaml"))
    _link(folder / "03.yaml", outside / "没有.yaml")
    (folder / "inspection.yaml").unlink()
    _link(folder / "inspection.yaml", outside / "inspection.yaml")
    ledger, problems = read_whole(folder, "")
    assert {code for _, code in _said(problems)} == {"F103"}
    assert ledger.findings == ()
    assert ledger.inspection.unit is None


def test_a_ledger_that_is_itself_reached_by_a_link_is_read(folder: Path, tmp_path: Path) -> None:
    _write(folder, {"01.yaml": GOOD})
    _link(tmp_path / "今年", folder)
    ledger, problems = read_whole(tmp_path / "今年", "今年")
    assert problems == []
    assert (_ids(ledger), ledger.name) == (["01"], "keji-2021")


def test_a_link_to_nothing_or_to_itself_is_told(folder: Path) -> None:
    _link(folder / "01.yaml", folder / "没有.yaml")
    _link(folder / "02.yaml", folder / "02.yaml")
    ledger, problems = read_whole(folder, "")
    assert _said(problems) == [("01.yaml", "F113"), ("02.yaml", "F113")]
    assert ledger.unreadable == ("01.yaml", "02.yaml")


def test_an_inspection_that_links_to_nothing_is_not_missing_but_unreadable(folder: Path) -> None:
    (folder / "inspection.yaml").unlink()
    _link(folder / "inspection.yaml", folder / "没有.yaml")
    assert _said(read_whole(folder, "")[1]) == [("inspection.yaml", "F113")]


def test_a_folder_named_like_a_finding_or_the_inspection_is_told(folder: Path) -> None:
    (folder / "01.yaml").mkdir()
    (folder / "inspection.yaml").unlink()
    (folder / "inspection.yaml").mkdir()
    assert _said(read_whole(folder, "")[1]) == [("inspection.yaml", "F102"), ("01.yaml", "F102")]


@posix_only
def test_a_pipe_is_told_and_never_waited_for(folder: Path) -> None:
    if sys.platform != "win32":
        os.mkfifo(folder / "01.yaml")
    ledger, problems = read_whole(folder, "")
    assert _said(problems) == [("01.yaml", "F102")]
    assert ledger.unreadable == ("01.yaml",)


def test_a_file_one_byte_too_large_is_not_read(folder: Path) -> None:
    (folder / "01.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    assert _said(read_whole(folder, "")[1]) == [("01.yaml", "F104")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<<<<<<< HEAD\n问题: 一\n=======\n问题: 二\n>>>>>>> 办公室\n", 1),
        ("问题: 一\n<<<<<<< HEAD\n", 2),
        ("问题: 一\r\n<<<<<<< HEAD\r\n", 2),
        ("问题: 一\n<<<<<<<\n", 2),
    ],
)
def test_a_conflict_is_told_at_its_first_mark(folder: Path, text: str, line: int) -> None:
    _write(folder, {"01.yaml": text})
    (problem,) = read_whole(folder, "")[1]
    assert (problem.code, problem.line) == ("F108", line)


def test_a_conflict_mark_inside_a_text_is_only_text(folder: Path) -> None:
    _write(folder, {"01.yaml": "问题: 一 <<<<<<< HEAD\n整改目标: |\n  <<<<<<< HEAD\n"})
    assert read_whole(folder, "")[1] == []


# Evidence.


def test_evidence_is_a_plain_file_inside_the_ledger(folder: Path, tmp_path: Path) -> None:
    _write(tmp_path, {"外.pdf": "%PDF"})
    _write(folder / "佐证", {"会议记录.pdf": "%PDF"})
    exists = has_file(folder)
    assert exists("佐证/会议记录.pdf")
    assert exists("佐证\\会议记录.pdf")
    assert exists("./佐证/会议记录.pdf")
    assert not exists("佐证")
    assert not exists("佐证/没有.pdf")
    assert not exists("佐证/会议记录.pdf/页")
    assert not exists("../外.pdf")
    assert not exists("长" * 5000)


def test_evidence_that_links_out_of_the_ledger_is_not_there(folder: Path, tmp_path: Path) -> None:
    outside = _write(tmp_path / "别处", {"会议记录.pdf": "%PDF"})
    _write(folder, {"内.pdf": "%PDF"})
    _link(folder / "外.pdf", outside / "会议记录.pdf")
    _link(folder / "外面", outside)
    _link(folder / "里.pdf", folder / "内.pdf")
    exists = has_file(folder)
    assert not exists("外.pdf")
    assert not exists("外面/会议记录.pdf")
    assert exists("里.pdf")


# Places for what the rules find.


def _found(folder: Path, shown: str = "") -> list[Problem]:
    """Give what the rules find, without its places."""
    ledger, _ = read_whole(folder, shown)
    return examine(ExaminedLedger(LedgerOnDay(ledger, date(2021, 5, 18)), has_file(folder)))


def _placed(folder: Path) -> list[str]:
    found = LedgerTexts(folder).placed(_found(folder))
    return [f"{p.path}:{p.line}:{p.column} {p.code}" for p in found]


def test_what_a_rule_finds_is_placed_in_its_file(folder: Path) -> None:
    _write(folder, {"inspection.yaml": INSPECTION + "方面: [作风]\n规则:\n  X999: 提示\n"})
    _write(folder, {"01.yaml": "# 会议\n" + GOOD})
    placed = _placed(folder)
    assert "inspection.yaml:6:3 R401" in placed
    assert "inspection.yaml:4:6 R403" in placed
    assert "01.yaml:3:7 T601" in placed
    assert "01.yaml:2:1 R415" in placed


def test_places_are_right_behind_a_byte_order_mark(folder: Path) -> None:
    (folder / "01.yaml").write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert "01.yaml:2:7 T601" in _placed(folder)


def test_places_are_looked_up_in_the_ledgers_folder_however_it_is_shown(folder: Path) -> None:
    _write(folder, {"01.yaml": GOOD})
    found = LedgerTexts(folder).placed(_found(folder, "台账/科技局"))
    overdue = [problem for problem in found if problem.code == "T601"]
    assert [(p.path, p.line, p.column) for p in overdue] == [("台账/科技局/01.yaml", 2, 7)]


def test_a_file_gone_since_it_was_read_keeps_its_problems_at_the_start(folder: Path) -> None:
    _write(folder, {"01.yaml": GOOD})
    found = _found(folder)
    (folder / "01.yaml").unlink()
    assert {(p.line, p.column) for p in LedgerTexts(folder).placed(found)} == {(1, 1)}


# Which folder is a ledger.


def test_a_ledger_is_a_folder_with_an_inspection_or_a_numbered_finding(tmp_path: Path) -> None:
    assert is_ledger(_write(tmp_path / "一", {"inspection.yaml": ""}))
    assert is_ledger(_write(tmp_path / "二", {"07.yaml": ""}))
    assert not is_ledger(_write(tmp_path / "三", {"说明.md": "", "x.yaml": "", "07.yml": ""}))
    assert not is_ledger(tmp_path / "没有")
    assert not is_ledger(tmp_path / "一" / "inspection.yaml")
