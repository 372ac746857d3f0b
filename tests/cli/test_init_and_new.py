"""`zhenggai init` and `new`: nothing is overwritten, and any title is kept to the letter."""

import io
import json
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from commandline import ROOT, SAMPLE, Outcome, Zhenggai
from ledger_files import finding, inspection, write_ledger
from zhenggai.model.inspection_model import Inspection
from zhenggai.storage.file_names import INSPECTION, LOCK
from zhenggai.storage.scaffold import SCHEMAS, FindingDraft, add_findings

TITLES = [
    "a: b #c",
    "- x",
    "@x",
    "? x",
    "! x & *y",
    "%x",
    "`x`",
    "[x, y]",
    "{x: y}",
    "#x",
    "| x",
    "> x",
    "他说“好”",
    "'单引号'",
    '"双引号"',
    "it's",
    "反斜杠\\n",
    "第一行\n第二行",
    "制表\t符",
    "😀🇨🇳整改",
    "全角：冒号",
    "冒号结尾:",
    "$title ${due}",
    "null",
    "~",
    "是",
    "2021-05-01",
    "007",
    "---",
    "<<",
    "[red]x[/red]",
    "<b>x</b>",
    "=1+1",
    "  两边有空格  ",
    "很长" * 100,
]


def _titles(zhenggai: Zhenggai, folder: Path) -> list[str]:
    outcome = zhenggai("list", "--ledger", str(folder), "--format", "json")
    assert outcome.code == 0
    return [found["title"] for found in json.loads(outcome.out)["findings"]]


FOR_GIT = [".gitattributes", ".gitignore"]


def _files(folder: Path) -> dict[str, bytes]:
    """Give a folder's files, without the schemas, the lock and what is there for git alone."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.parent.name != SCHEMAS and path.name not in (*FOR_GIT, LOCK)
    }


def _schemas(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture
def started(tmp_path: Path, zhenggai: Zhenggai) -> Path:
    folder = tmp_path / "台账"
    about = ("--unit", "县科技局党组", "--group", "县委第一巡察组", "--feedback", "2021-02-01")
    assert zhenggai("init", str(folder), *about).code == 0
    return folder


def test_the_sample_is_laid_out_to_the_letter(tmp_path: Path, zhenggai: Zhenggai) -> None:
    outcome = zhenggai("init", str(tmp_path / "样例"), "--sample")
    assert outcome.code == 0
    assert _files(tmp_path / "样例") == {
        name: _modeline("inspection" if name == INSPECTION else "finding") + content
        for name, content in _files(SAMPLE).items()
    }


def _modeline(kind: str) -> bytes:
    return f"# yaml-language-server: $schema=.schema/{kind}.json\n".encode()


def test_a_ledger_carries_its_schemas_and_every_file_names_its_own(
    started: Path, tmp_path: Path, zhenggai: Zhenggai
) -> None:
    notice = tmp_path / "通报.txt"
    sample = ("--ledger", str(SAMPLE), "--today", "2021-05-18")
    assert zhenggai("announce", *sample, "--format", "text", "-o", str(notice)).code == 0
    assert zhenggai("init", str(tmp_path / "样例"), "--sample").code == 0
    assert zhenggai("import", str(notice), "-o", str(tmp_path / "导入")).code == 0
    zhenggai("new", "财务管理不规范", "--ledger", str(started))
    for folder in (started, tmp_path / "样例", tmp_path / "导入"):
        assert _schemas(folder / SCHEMAS) == _schemas(ROOT / "templates" / "schema")
        files = _files(folder)
        assert len(files) > 1
        for name, content in files.items():
            kind = "inspection" if name == INSPECTION else "finding"
            assert content.startswith(_modeline(kind))
            assert content.count(b"yaml-language-server") == 1


def test_new_brings_the_schemas_to_a_ledger_without_them_and_leaves_those_there(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    write_ledger(tmp_path, {})
    (tmp_path / SCHEMAS).mkdir()
    (tmp_path / SCHEMAS / "finding.json").write_text("{}", encoding="utf-8")
    assert zhenggai("new", "财务管理不规范", "--ledger", str(tmp_path)).code == 0
    shipped = _schemas(ROOT / "templates" / "schema")
    assert _schemas(tmp_path / SCHEMAS) == shipped | {"finding.json": b"{}"}


def test_a_file_where_the_schemas_should_lie_is_refused_in_chinese(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    write_ledger(tmp_path, {})
    (tmp_path / SCHEMAS).touch()
    outcome = zhenggai("new", "财务管理不规范", "--ledger", str(tmp_path))
    assert (outcome.code, outcome.out) == (4, "")
    assert "同名的文件已经存在" in outcome.err
    assert sorted(_files(tmp_path)) == [SCHEMAS, INSPECTION]


@pytest.mark.skipif(os.name == "nt", reason="Windows gives links to administrators only")
@pytest.mark.parametrize("words", [("new", "财务管理不规范", "--ledger"), ("init",)])
def test_schemas_are_not_written_through_a_link(
    tmp_path: Path, zhenggai: Zhenggai, words: tuple[str, ...]
) -> None:
    folder, elsewhere = tmp_path / "台账", tmp_path / "别处"
    elsewhere.mkdir()
    folder.mkdir()
    if words[0] == "new":
        write_ledger(folder, {})
    (folder / SCHEMAS).symlink_to(elsewhere)
    before = _files(folder)
    said = f"错误：“{folder / SCHEMAS}”是链接，不能写入；请删去链接，把文件本身放进台账\n"
    assert zhenggai(*words, str(folder)) == Outcome(4, "", said)
    assert (_files(folder), list(elsewhere.iterdir())) == (before, [])


def test_the_schemas_are_no_part_of_what_the_ledger_says(started: Path, zhenggai: Zhenggai) -> None:
    (started / SCHEMAS / "01.yaml").write_text("问题: [", encoding="utf-8")
    assert zhenggai("check", "--ledger", str(started)) == Outcome(0, "", "")
    assert zhenggai("status", "--ledger", str(started)).code == 0


def test_the_line_for_the_editor_stays_where_it_is_when_the_finding_lives(
    started: Path, zhenggai: Zhenggai
) -> None:
    where = ("--ledger", str(started))
    zhenggai("new", "财务管理不规范", "--due", "2021-06-30", *where)
    log = ("log", "1", "会议制度已形成初稿", "--today", "2021-03-01")
    assert zhenggai(*log, *where).code == 0
    text = (started / "01.yaml").read_bytes()
    assert text.startswith(_modeline("finding"))
    assert "会议制度已形成初稿" in text.decode()


@pytest.mark.parametrize("sample", [True, False])
def test_a_new_ledger_is_prepared_for_git(tmp_path: Path, zhenggai: Zhenggai, sample: bool) -> None:
    (tmp_path / ".gitignore").write_text("*.tmp\n", encoding="utf-8")
    assert zhenggai("init", str(tmp_path), *(["--sample"] if sample else [])).code == 0
    attributes = (tmp_path / ".gitattributes").read_text(encoding="utf-8")
    assert [line for line in attributes.splitlines() if line[0] != "#"] == [
        "* -text",
        "*.yaml text merge",
    ]
    assert (tmp_path / ".gitignore").read_text(encoding="utf-8") == "*.tmp\n"


def test_a_started_ledger_holds_what_was_said_and_has_no_errors(
    started: Path, zhenggai: Zhenggai
) -> None:
    assert zhenggai("check", "--ledger", str(started)) == Outcome(0, "", "")
    content = json.loads(zhenggai("status", "--ledger", str(started), "--format", "json").out)
    assert content["ledgers"] == [
        {
            "name": "台账",
            "unit": "县科技局党组",
            "group": "县委第一巡察组",
            "feedback_on": "2021-02-01",
            "round": None,
            "inspection_kind": None,
            "concentration": None,
            "outstanding": [],
        }
    ]


def test_init_without_a_folder_starts_here(
    tmp_path: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = zhenggai("init", "--sample")
    assert outcome.code == 0
    assert "下一步：zhenggai status --today" in outcome.out
    assert zhenggai("status").code == 0


def test_the_command_suggested_next_can_be_copied_even_with_spaces_in_the_folder(
    tmp_path: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = zhenggai("init", "我的 台账", "--sample")
    assert '下一步：zhenggai status --ledger "我的 台账" --today 2021-05-18\n' in outcome.out


@pytest.mark.parametrize("sample", [True, False])
def test_a_folder_with_a_ledger_is_left_alone(
    started: Path, zhenggai: Zhenggai, sample: bool
) -> None:
    before = _files(started)
    outcome = zhenggai("init", str(started), *(["--sample"] if sample else []))
    assert (outcome.code, outcome.out) == (4, "")
    assert "未改动任何文件" in outcome.err
    assert _files(started) == before


def test_findings_without_an_inspection_count_as_a_ledger(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    write_ledger(tmp_path, {"01": finding()}, "")
    assert zhenggai("init", str(tmp_path), "--unit", "县科技局").code == 4
    assert list(_files(tmp_path)) == ["01.yaml"]


def test_other_files_in_the_folder_are_kept(tmp_path: Path, zhenggai: Zhenggai) -> None:
    (tmp_path / "反馈意见.docx").write_bytes(b"\x00")
    assert zhenggai("init", str(tmp_path), "--unit", "县科技局").code == 0
    assert sorted(_files(tmp_path)) == ["inspection.yaml", "反馈意见.docx"]


def test_a_feedback_day_may_be_written_as_people_do(tmp_path: Path, zhenggai: Zhenggai) -> None:
    assert zhenggai("init", str(tmp_path), "--feedback", "2021年2月1日").code == 0
    assert "反馈日期: 2021-02-01\n" in (tmp_path / "inspection.yaml").read_text(encoding="utf-8")


def test_a_feedback_day_nobody_can_read_starts_nothing(tmp_path: Path, zhenggai: Zhenggai) -> None:
    outcome = zhenggai("init", str(tmp_path / "台账"), "--feedback", "二月某日")
    assert outcome.code == 3
    assert "日期“二月某日”的格式无法识别" in outcome.err
    assert not (tmp_path / "台账").exists()


@pytest.mark.parametrize("unit", TITLES[::4], ids=lambda unit: ascii(unit)[:20])
def test_any_name_of_a_unit_is_kept_to_the_letter(
    tmp_path: Path, zhenggai: Zhenggai, unit: str
) -> None:
    assert zhenggai("init", str(tmp_path), "--unit", unit, "--group", unit).code == 0
    outcome = zhenggai("status", "--ledger", str(tmp_path), "--format", "json")
    ledger = json.loads(outcome.out)["ledgers"][0]
    assert (ledger["unit"], ledger["group"]) == (unit.strip(), unit.strip())


@pytest.mark.parametrize("title", TITLES, ids=lambda title: ascii(title)[:20])
def test_any_title_is_kept_to_the_letter(tmp_path: Path, zhenggai: Zhenggai, title: str) -> None:
    write_ledger(tmp_path, {})
    assert zhenggai("new", "--ledger", str(tmp_path), "--", title)[::2] == (0, "")
    assert _titles(zhenggai, tmp_path) == [title.strip()]


@pytest.mark.parametrize(
    "title",
    ["\x1b[31m红\x1b[0m", "\x07", "\x9b31m", "\x00", "\x85", "\u2028", "\ufeff", "\udc80"],
    ids=ascii,
)
def test_a_title_with_characters_nobody_can_see_is_refused_and_writes_nothing(
    started: Path, zhenggai: Zhenggai, title: str
) -> None:
    before = _files(started)
    outcome = zhenggai("new", f"问题{title}标题", "--ledger", str(started))
    assert (outcome.code, outcome.out) == (3, "")
    assert "不可见的控制字符" in outcome.err
    assert outcome.err.isprintable() or outcome.err.replace("\n", "").isprintable()
    assert _files(started) == before


@pytest.mark.parametrize("title", ["", "   ", "\n"])
def test_a_title_of_nothing_is_wrong_usage(started: Path, zhenggai: Zhenggai, title: str) -> None:
    outcome = zhenggai("new", title, "--ledger", str(started))
    assert (outcome.code, outcome.out) == (2, "")
    assert list(_files(started)) == ["inspection.yaml"]


def test_every_option_lands_under_its_key(started: Path, zhenggai: Zhenggai) -> None:
    zhenggai(
        *("new", "财务管理不规范", "--ledger", str(started), "--aspect", "党的建设"),
        *("--kind", "立行立改", "--leader", "党组书记", "--department", "办公室"),
        *("--department", "财务科", "--owner", "财务科科长", "--due", "2021年4月30日"),
        *("--assisting", "人事科、审计科", "--led-by", "局长", "--category", "制度执行"),
        *("--previous", "2018-县委/07", "--relation", "屡改屡犯"),
    )
    shown = zhenggai("show", "1", "--ledger", str(started), "--format", "json").out
    assert {
        "title": "财务管理不规范",
        "aspect": "党的建设",
        "kind": "immediate",
        "leader": "党组书记",
        "departments": ["办公室", "财务科"],
        "owner": "财务科科长",
        "due": "2021-04-30",
        "assisting": ["人事科", "审计科"],
        "led_by": "局长",
        "category": "制度执行",
        "previous": "2018-县委/07",
        "relation": "repeated",
        "measures": [],
        "records": [],
    }.items() <= json.loads(shown)["finding"].items()


def test_a_link_to_an_earlier_round_is_whole_and_a_category_is_declared(
    started: Path, zhenggai: Zhenggai
) -> None:
    command = ("new", "会议仍多", "--ledger", str(started))
    for half in (("--previous", "2018-县委/07"), ("--relation", "新表现")):
        outcome = zhenggai(*command, *half)
        assert (outcome.code, "要一起写" in outcome.err) == (2, True)
    about = started / "inspection.yaml"
    about.write_text(about.read_text(encoding="utf-8") + "问题类别: [作风]\n", encoding="utf-8")
    outcome = zhenggai(*command, "--category", "制度")
    assert outcome.code == 2
    assert "未声明“制度”这个问题类别；可写：作风" in outcome.err
    assert not (started / "01.yaml").exists()


def test_a_long_term_finding_gets_a_slot_for_its_review_and_none_for_a_deadline(
    started: Path, zhenggai: Zhenggai
) -> None:
    for more in ([], ["--review-every", "每季度"]):
        command = ("new", "学习不经常", "--kind", "长期坚持", "--ledger", str(started))
        assert zhenggai(*command, *more).code == 0
    texts = [(started / name).read_text(encoding="utf-8") for name in ("01.yaml", "02.yaml")]
    assert ["\n检视周期:\n" in text for text in texts] == [True, False]
    assert "\n检视周期: 每季度\n" in texts[1]
    assert ["\n整改时限:" in text for text in texts] == [False, False]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (("--due", "2021-02-30"), 2),
        (("--due", "长期坚持"), 2),
        (("--review-every", "有空就看"), 3),
    ],
)
def test_a_day_or_period_nobody_can_read_is_invalid_and_writes_nothing(
    started: Path, zhenggai: Zhenggai, wrong: tuple[str, str], code: int
) -> None:
    outcome = zhenggai("new", "财务管理不规范", "--ledger", str(started), *wrong)
    assert (outcome.code, outcome.out) == (code, "")
    assert wrong[1] in outcome.err
    assert list(_files(started)) == ["inspection.yaml"]


def test_an_aspect_the_ledger_does_not_declare_is_wrong_usage(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    write_ledger(tmp_path, {}, inspection(方面="党的建设"))
    command = ("new", "财务管理不规范", "--ledger", str(tmp_path), "--aspect")
    refused = zhenggai(*command, "党建")
    assert (refused.code, refused.out) == (2, "")
    assert "党的建设" in refused.err
    assert zhenggai(*command, "党的建设").code == 0


@pytest.mark.parametrize(
    ("present", "following"),
    [
        ([], "01"),
        (["01", "02"], "03"),
        (["01", "07"], "08"),
        (["9"], "10"),
        (["99"], "100"),
        (["001"], "002"),
        (["1", "007"], "008"),
        (["0099", "5"], "0100"),
    ],
)
def test_the_next_number_is_as_wide_as_the_widest(
    tmp_path: Path, zhenggai: Zhenggai, present: list[str], following: str
) -> None:
    write_ledger(tmp_path, dict.fromkeys(present, finding()))
    outcome = zhenggai("new", "财务管理不规范", "--ledger", str(tmp_path))
    assert outcome.out.startswith(f"已登记问题{following}：")
    assert (tmp_path / f"{following}.yaml").is_file()


def test_the_number_of_an_unreadable_file_is_taken(tmp_path: Path, zhenggai: Zhenggai) -> None:
    write_ledger(tmp_path, {"01": finding(), "02": "问题: ["})
    outcome = zhenggai("new", "财务管理不规范", "--ledger", str(tmp_path))
    assert (outcome.code, (tmp_path / "03.yaml").is_file()) == (0, True)
    assert "02.yaml" in outcome.err
    assert (tmp_path / "02.yaml").read_text(encoding="utf-8") == "问题: ["


def test_several_ledgers_need_to_be_told_apart(tmp_path: Path, zhenggai: Zhenggai) -> None:
    for name in ("甲局", "乙局"):
        write_ledger(tmp_path / "ledgers" / name, {"01": finding()})
    outcome = zhenggai("new", "财务管理不规范", "--ledger", str(tmp_path))
    assert (outcome.code, outcome.out) == (2, "")
    assert "乙局、甲局" in outcome.err


@pytest.mark.parametrize("folder", ["文件.txt", "文件.txt/台账"])
def test_a_file_where_the_folder_should_be_is_refused_in_chinese(
    tmp_path: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "文件.txt").touch()
    for sample in ([], ["--sample"]):
        outcome = zhenggai("init", folder, "--unit", "县科技局", *sample)
        assert (outcome.code, outcome.out) == (4, "")
        assert outcome.err.startswith(f"错误：不能写入“{folder}”（")
        assert "File" not in outcome.err


@contextmanager
def _no_room() -> Iterator[None]:
    """Let no file grow beyond a hundred bytes, as on a full disk."""
    resource = pytest.importorskip("resource", reason="limits on file size are POSIX")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_file_that_cannot_be_written_whole_is_not_left_behind(
    started: Path, tmp_path: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = _files(started)
    with _no_room():
        added = zhenggai("new", "财务管理不规范", "--ledger", "台账")
        begun = zhenggai("init", "另一本", "--unit", "县科技局")
    for outcome, folder in ((added, started / "01.yaml"), (begun, "另一本")):
        assert (outcome.code, outcome.out) == (4, "")
        assert outcome.err.startswith(f"错误：不能写入“{folder}”（文件超过系统限制）")
    assert _files(started) == before
    assert _files(tmp_path / "另一本") == {}


def test_findings_added_at_once_get_a_number_each(started: Path) -> None:
    def add(title: str) -> Path:
        [path] = add_findings(started, [FindingDraft({"title": title})], Inspection())
        return path

    titles = [f"问题{number}" for number in range(20)]
    with ThreadPoolExecutor(10) as pool:
        paths = list(pool.map(add, titles))
    assert len(set(paths)) == 20
    for title, path in zip(titles, paths, strict=True):
        assert f"问题: {title}\n" in path.read_text(encoding="utf-8")


def test_a_read_only_folder_is_refused(started: Path, zhenggai: Zhenggai) -> None:
    started.chmod(0o555)
    try:
        if os.access(started, os.W_OK):
            pytest.skip("this user may write anywhere")
        outcomes = [
            zhenggai("new", "财务管理不规范", "--ledger", str(started)),
            zhenggai("init", str(started / "下层"), "--unit", "县科技局"),
        ]
    finally:
        started.chmod(0o755)
    assert [outcome.code for outcome in outcomes] == [4, 4]
    assert all("没有权限" in outcome.err for outcome in outcomes)


class _Answering(io.StringIO):
    """A person at a terminal, with the answers ready."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("answers", "code", "written"),
    [
        (
            "县科技局\n县委第一巡察组\n2021-02-01\n",
            0,
            "被巡察单位: 县科技局\n巡察组: 县委第一巡察组\n",
        ),
        ("\n\n\n", 0, "被巡察单位:\n巡察组:\n"),
        ("县科技局\n", 130, ""),
        ("县科技局\n\n去年\n", 3, ""),
    ],
    ids=["all answered", "left open", "broken off", "a wrong day"],
)
def test_what_is_answered_at_a_terminal_is_written(
    tmp_path: Path,
    zhenggai: Zhenggai,
    monkeypatch: pytest.MonkeyPatch,
    answers: str,
    code: int,
    written: str,
) -> None:
    monkeypatch.setattr(sys, "stdin", _Answering(answers))
    monkeypatch.setattr(sys, "stdout", _Answering())
    assert zhenggai("init", str(tmp_path / "台账")).code == code
    file = tmp_path / "台账" / "inspection.yaml"
    assert file.exists() is bool(written)
    assert not written or written in file.read_text(encoding="utf-8")
