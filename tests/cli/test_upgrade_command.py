"""`zhenggai upgrade`: reports are told from visits, and not one byte more is changed."""

import sys
from pathlib import Path

import pytest

from commandline import SAMPLE, Outcome, Zhenggai
from ledger_files import finding, inspection, write_ledger
from zhenggai.ledger.upgrading import UnknownVisitError, chosen_visits, logged_visits
from zhenggai.storage.file_names import INSPECTION, JOURNAL, LOCK
from zhenggai.storage.ledger_folder import read_ledger

MEETINGS = finding(
    "措施:\n  - 内容: 少开会\n"
    "记录:\n"
    "  - 日期: 2021-03-05   # 第一周\n    事项: 督查\n    经办人: 办公室\n    情况: 初稿已成\n"
    "  - 日期: 2021-03-12\n    事项: '督查'\n    经办人: 督查组\n    情况: 事项：督查\n"
    "  - 日期: 2021-03-19\n    事项: 督查\n    经办人: 办公室负责人\n    情况: 已印发\n",
    问题="会议过多",
)
CLOSED = finding(
    "措施:\n  - 内容: 完善制度\n    完成: 2021-03-01\n"
    "记录:\n"
    "  - {日期: 2021-03-02, 事项: 督查, 情况: 制度已印发}\n"
    "  - {日期: 2021-03-31, 事项: 销号, 批准人: 局党组}\n"
    "  - {日期: 2021-04-20, 事项: 督查, 经办人: 办公室, 情况: 回头看}\n",
    问题="制度不全",
)
VISITED = finding(
    "措施:\n  - 内容: 学习\n"
    "记录:\n"
    "  - 日期: 2021-03-05\n    事项: 督查\n    经办人: 办公室\n    情况: 看了\n"
    "    方式: 现场督查\n",
    问题="学习不够",
)


class KillError(BaseException):
    """Stands for a signal that no program can catch."""


FILES = {"07": MEETINGS, "08": CLOSED, "09": VISITED}
TABLE = """\
台账“台账”有6条督查：
编号  日期        经办人        建议  情况
----  ----------  ------------  ----  ----------
7.1   2021-03-05  办公室        进展  初稿已成
7.2   2021-03-12  督查组        督查  事项：督查
7.3   2021-03-19  办公室负责人  进展  已印发
8.1   2021-03-02                督查  制度已印发
8.3   2021-04-20  办公室        督查  回头看
9.1   2021-03-05  办公室        督查  看了
"""


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZHENGGAI_TODAY", "2021-04-21")
    return write_ledger(tmp_path / "台账", FILES)


UNNAMED = (
    "台账“台账”没有标识，以后的台账无法指明这里的问题；"
    "可在inspection.yaml里加一行“标识: 2021-县委-县农业局”，定了就不再改\n"
)


def _upgrade(zhenggai: Zhenggai, ledger: Path, *words: str) -> Outcome:
    return zhenggai("upgrade", "--ledger", str(ledger), *words)


def _content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != LOCK}


def _retitled(text: str, *days: str) -> str:
    """Give a text in which what happened on these days has another word."""
    for day in days:
        head, _, rest = text.partition(day)
        text = head + day + rest.replace("督查", "进展", 1)
    return text


def test_the_suggestion_is_taken_and_nothing_else_changes(ledger: Path, zhenggai: Zhenggai) -> None:
    outcome = _upgrade(zhenggai, ledger, "--yes")
    assert (outcome.code, outcome.err) == (0, UNNAMED)
    assert outcome.out == TABLE + (
        "台账“台账”已升级到格式2：2条督查改为进展，4条仍是督查\n"
        "整改状态或时限情况随之改变的有1个：09（整改中改为未启动）\n"
        "下一步：zhenggai check\n"
    )
    assert _content(ledger) == {
        "07.yaml": _retitled(MEETINGS, "2021-03-05", "2021-03-19").encode(),
        "08.yaml": CLOSED.encode(),
        "09.yaml": VISITED.encode(),
        INSPECTION: f"格式: 2\n{inspection()}".encode(),
    }
    assert read_ledger(ledger, "").problems == ()


def test_a_ledger_of_the_newest_format_is_left_alone(ledger: Path, zhenggai: Zhenggai) -> None:
    _upgrade(zhenggai, ledger, "--yes")
    before = _content(ledger)
    for words in (["--yes"], [], ["--dry-run"], ["--progress", "全部"]):
        outcome = _upgrade(zhenggai, ledger, *words)
        assert outcome == (0, "台账“台账”已是格式2，未改动\n", UNNAMED)
    assert _content(ledger) == before


@pytest.mark.parametrize(
    ("answer", "names"),
    [
        ("无", []),
        ("全部", ["7.1", "7.2", "7.3", "8.1"]),
        ("7.2", ["7.2"]),
        ("7", ["7.1", "7.2", "7.3"]),
        ("7.2-3, 8.1", ["7.2", "7.3", "8.1"]),
        ("7.2-8.1", ["7.2", "7.3", "8.1"]),
        ("8.1，7.1、7.1", ["7.1", "8.1"]),
        ("1-8", ["7.1", "7.2", "7.3", "8.1"]),
        ("7.1-7.9", ["7.1", "7.2", "7.3"]),
    ],
)
def test_visits_are_named_by_finding_and_record(
    ledger: Path, zhenggai: Zhenggai, answer: str, names: list[str]
) -> None:
    outcome = _upgrade(zhenggai, ledger, "--progress", answer)
    assert outcome.code == 0
    assert f"：{len(names)}条督查改为进展，{6 - len(names)}条仍是督查\n" in outcome.out
    upgraded = read_ledger(ledger, "")
    found = [
        f"{one.number}.{place}"
        for one in upgraded.findings
        for place, record in enumerate(one.records, start=1)
        if record.action == "进展"
    ]
    assert (found, upgraded.inspection.format) == (names, 2)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("8.3", "8.3是督查，不能改为进展（销号以后的督查）"),
        ("9.1", "9.1是督查，不能改为进展（写有方式）"),
        ("9", "没有可改的督查“9”；编号见所列的督查"),
        ("7.4", "没有可改的督查“7.4”；编号见所列的督查"),
        ("8.2", "没有可改的督查“8.2”；编号见所列的督查"),
        ("7.1 全部", "“全部”不是编号；写 7.2、7.1-7.3、7、全部 或 无"),
        ("7-8.1", "“7-8.1”的起止写法不同；写成 7.1-7.3 或 1-5"),
        ("七", "“七”不是编号；写 7.2、7.1-7.3、7、全部 或 无"),
        ("9" * 5000, None),
    ],
)
def test_what_names_no_visit_that_may_be_a_report_is_refused(
    ledger: Path, zhenggai: Zhenggai, answer: str, said: str | None
) -> None:
    before = _content(ledger)
    outcome = _upgrade(zhenggai, ledger, "--progress", answer)
    assert outcome.code == 2
    assert said is None or outcome.err == f"错误：--progress：{said}\n"
    assert _content(ledger) == before


def test_without_a_terminal_the_visits_are_listed_and_an_answer_is_wanted(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    before = _content(ledger)
    said = (
        "错误：哪些督查是责任科室自报的进展，要由熟悉台账的人指明；"
        "加 --yes 按建议改，或用 --progress 写编号、全部 或 无\n"
    )
    assert _upgrade(zhenggai, ledger) == (2, TABLE, said)
    assert _content(ledger) == before
    assert _upgrade(zhenggai, ledger, "--yes", "--progress", "7").code == 2
    assert _upgrade(zhenggai, ledger, "--progress", " ").code == 2


def test_a_dry_run_shows_the_lines_that_would_change_and_writes_nothing(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ledger)
    before = _content(ledger)
    outcome = zhenggai("upgrade", "--dry-run", "--progress", "8.1")
    assert outcome.code == 0
    assert (
        "-  - {日期: 2021-03-02, 事项: 督查, 情况: 制度已印发}\n"
        "+  - {日期: 2021-03-02, 事项: 进展, 情况: 制度已印发}\n"
    ) in outcome.out
    assert '+格式: 2\n 被巡察单位: "县农业局党组"\n' in outcome.out
    assert outcome.out.endswith("以上只是预览，未写入\n")
    assert (_content(ledger), (ledger / LOCK).exists()) == (before, False)


def test_without_visits_only_the_format_is_written(tmp_path: Path, zhenggai: Zhenggai) -> None:
    ledger = write_ledger(tmp_path / "台账", {"07": finding()})
    outcome = _upgrade(zhenggai, ledger)
    assert (outcome.code, outcome.err) == (0, UNNAMED)
    assert outcome.out == (
        "台账“台账”已升级到格式2：0条督查改为进展，0条仍是督查\n下一步：zhenggai check\n"
    )
    assert (ledger / INSPECTION).read_text(encoding="utf-8") == f"格式: 2\n{inspection()}"


@pytest.mark.parametrize("name", ["08.yaml", INSPECTION])
def test_a_ledger_with_a_file_that_cannot_be_read_is_not_upgraded(
    ledger: Path, zhenggai: Zhenggai, name: str
) -> None:
    (ledger / name).write_text("问题：会议过多\n", encoding="utf-8")
    before = _content(ledger)
    outcome = _upgrade(zhenggai, ledger, "--yes")
    assert (outcome.code, outcome.out) == (3, "")
    assert name in outcome.err
    assert outcome.err.endswith("错误：台账“台账”有文件无法读取，未改动任何文件；请先改正\n")
    assert _content(ledger) == before


def test_a_byte_order_mark_and_windows_line_endings_stay(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    ledger = write_ledger(tmp_path / "台账", {})
    texts = {INSPECTION: inspection(), "07.yaml": MEETINGS}
    for name, text in texts.items():
        (ledger / name).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert _upgrade(zhenggai, ledger, "--progress", "7.1").code == 0
    texts = {INSPECTION: f"格式: 2\n{inspection()}", "07.yaml": MEETINGS.replace("督查", "进展", 1)}
    for name, text in texts.items():
        assert (ledger / name).read_bytes() == b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()


def test_where_one_file_may_not_be_written_none_is(ledger: Path, zhenggai: Zhenggai) -> None:
    target = ledger.parent / "别处.yaml"
    (ledger / INSPECTION).rename(target)
    (ledger / INSPECTION).symlink_to(target)
    before = _content(ledger)
    assert _upgrade(zhenggai, ledger, "--yes").code in (3, 4)
    assert _content(ledger) == before


@pytest.mark.parametrize("file", ["07.yaml", INSPECTION])
def test_what_an_interrupted_upgrade_left_is_completed_first(
    ledger: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    put = Path.replace

    def cut_short(path: Path, target: Path) -> Path:
        if target.name == INSPECTION and file != INSPECTION:
            raise KillError
        done = put(path, target)
        if target.name == INSPECTION:
            raise KillError
        return done

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", cut_short)
        with pytest.raises(KillError):
            _upgrade(zhenggai, ledger, "--yes")
    assert (ledger / JOURNAL).exists()
    outcome = _upgrade(zhenggai, ledger, "--yes")
    assert (outcome.code, outcome.out) == (0, "台账“台账”已是格式2，未改动\n")
    assert not (ledger / JOURNAL).exists()
    assert read_ledger(ledger, "").inspection.format == 2
    assert "进展" in (ledger / "07.yaml").read_text(encoding="utf-8")


def test_several_ledgers_are_upgraded_each_by_itself(
    tmp_path: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("甲", "乙"):
        write_ledger(tmp_path / "ledgers" / name, FILES)
    write_ledger(tmp_path / "ledgers" / "丙", FILES, inspection("格式: 2\n"))
    outcome = zhenggai("upgrade", "--progress", "7")
    assert (outcome.code, outcome.out) == (2, "台账“丙”已是格式2，未改动\n")
    assert "用 --ledger 指明" in outcome.err
    outcome = zhenggai("upgrade", "--yes")
    assert outcome.code == 0
    assert outcome.out.count("已升级到格式2：2条督查改为进展") == 2
    assert zhenggai("upgrade").out.count("已是格式2") == 3


def test_the_sample_is_of_the_newest_format(zhenggai: Zhenggai) -> None:
    ledger = read_ledger(SAMPLE, "")
    assert ledger.inspection.format == 2
    assert len(logged_visits(ledger.findings, ledger.inspection)) == 6
    with pytest.raises(UnknownVisitError):
        chosen_visits(logged_visits(ledger.findings, ledger.inspection), "3")
    assert _upgrade(zhenggai, SAMPLE).code == 0


def test_init_and_import_write_the_newest_format(
    tmp_path: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    notice = zhenggai("announce", "--ledger", str(SAMPLE), "--today", "2021-05-18", "--draft")
    (tmp_path / "通报.md").write_text(notice.out, encoding="utf-8")
    assert zhenggai("init", "新建").code == 0
    assert zhenggai("init", "样例", "--sample").code == 0
    assert zhenggai("import", "通报.md", "-o", "导入").code == 0
    for name in ("新建", "样例", "导入"):
        assert read_ledger(tmp_path / name, "").inspection.format == 2
        assert zhenggai("upgrade", "--ledger", name).out == f"台账“{name}”已是格式2，未改动\n"


# -- at a terminal ----------------------------------------------------------------------------

if sys.platform != "win32":
    from terminal import Terminal

    QUESTION = "直接回车按建议（2条）："

    @pytest.mark.parametrize(("keys", "count"), [("\n", 2), ("无\n", 0), ("7.1 8.1\n", 2)])
    def test_at_a_terminal_it_asks(ledger: Path, keys: str, count: int) -> None:
        terminal = Terminal("upgrade", cwd=ledger)
        terminal.wait_for(QUESTION)
        code, screen = terminal.end(pressing=keys)
        assert (code, f"{count}条督查改为进展" in screen) == (0, True)
        assert "哪些是责任科室自报的进展？" in screen

    def test_an_answer_that_is_not_understood_is_asked_for_again(ledger: Path) -> None:
        terminal = Terminal("upgrade", cwd=ledger, columns=200)
        terminal.wait_for(QUESTION)
        terminal.type("8.3\n")
        terminal.wait_for("8.3是督查，不能改为进展（销号以后的督查）")
        code, screen = terminal.end(pressing="8\n")
        assert (code, screen.count(QUESTION)) == (0, 2)
        assert "1条督查改为进展" in screen

    @pytest.mark.parametrize("keys", ["\x04", "\x03"])
    def test_without_an_answer_nothing_is_written(ledger: Path, keys: str) -> None:
        before = _content(ledger)
        terminal = Terminal("upgrade", cwd=ledger)
        terminal.wait_for(QUESTION)
        code, screen = terminal.end(pressing=keys)
        assert code == 130
        assert "已中断，未改动任何文件" in screen
        assert _content(ledger) == before
