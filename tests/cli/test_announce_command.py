"""`zhenggai announce`: what it writes and where, what it refuses, and what it never tells."""

import os
import re
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import docx as word
import pytest

from commandline import SAMPLE, Outcome, Zhenggai, environment, process
from ledger_files import OFFICE, closed, finding, inspection, write_ledger
from terminal import at_terminal
from zhenggai.errors import InvalidInputError
from zhenggai.ledger.figures import FIGURES
from zhenggai.notice.numerals import full_width
from zhenggai.storage.pdf_conversion import office_program, pdf_of

_NO_REVIEW = "提醒：尚无保密审查的记录"
_REVIEW = "  保密审查: {日期: 2021-05-17, 审查人: 局保密办, 结论: 可以公开}\n"
_SIGNED = (
    "通报:\n  落款: 县农业局党组\n  落款日期: 2021-05-18\n  联系电话: '86882428'\n"
    "  组织情况: 成立领导小组。\n  下步打算: 巩固成果。\n"
)
_CLOSING = "  - 日期: 2021-04-02\n    事项: 销号\n    批准人: 局党组\n"
_ABOUT = inspection(_SIGNED + _REVIEW)
_FORMATS = {"md": "通报.md", "text": "通报.txt", "html": "通报.html", "docx": "通报.docx"}


def _finished(title: str = "会议过多", rest: str = "", **values: str) -> str:
    """Give the text of a finding with nothing that a notice's rules would ask about."""
    measures = "措施:\n  - 内容: 少开会\n    完成: 2021-03-01\n    成效: 会议减少\n"
    records = "记录:\n  - 日期: 2021-03-31\n    事项: 销号\n    批准人: 局党组\n"
    return finding(measures + rest + records, 问题=title, **values)


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger whose notice may be published, with the working folder beside it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZHENGGAI_TODAY", "2021-05-18")
    monkeypatch.setenv("ZHENGGAI_LEDGER", "农业局")
    return write_ledger(tmp_path / "农业局", {"01": _finished()}, _ABOUT)


def _write(ledger: Path, about: str | None = None, **findings: str) -> None:
    write_ledger(
        ledger, {stem.strip("_"): text for stem, text in findings.items()}, about or _ABOUT
    )


def _said(path: Path) -> str:
    """Give what a written file says, whatever its format, to whoever looks into it."""
    if path.suffix != ".docx":
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode("latin-1") for name in archive.namelist())


def _text(path: Path) -> str:
    if path.suffix != ".docx":
        return re.sub(r"\\(.)|<[^>]+>", r"\1", _said(path))
    document = word.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def _all_formats(zhenggai: Zhenggai, *words: str) -> dict[str, Path]:
    """Write a paper in every format, by the file's ending alone."""
    for name in _FORMATS.values():
        outcome = zhenggai("announce", "-o", name, *words)
        assert outcome.code == 0, outcome
    return {style: Path(name) for style, name in _FORMATS.items()}


@pytest.mark.usefixtures("ledger")
def test_the_ending_of_the_file_says_the_format(zhenggai: Zhenggai) -> None:
    files = _all_formats(zhenggai)
    assert _said(files["md"]).startswith("# 县农业局党组关于巡察整改情况的通报\n\n")
    assert _said(files["text"]).startswith("县农业局党组关于巡察整改情况的通报\n县委")
    assert _said(files["html"]).startswith("<!DOCTYPE html>")
    assert files["docx"].read_bytes().startswith(b"PK")
    assert zhenggai("announce", "-o", "甲.HTM").code == 0
    assert _said(Path("甲.HTM")) == _said(files["html"])


@pytest.mark.usefixtures("ledger")
def test_the_format_asked_for_goes_before_the_ending(zhenggai: Zhenggai) -> None:
    assert zhenggai("announce", "-o", "通报.htm", "--format", "text").code == 0
    assert zhenggai("announce", "-o", "通报.公文", "--format", "text").code == 0
    assert _said(Path("通报.htm")) == _said(Path("通报.公文"))
    assert zhenggai("announce", "-o", "通报").code == 0
    assert _said(Path("通报")).startswith("# 县农业局党组")


@pytest.mark.usefixtures("ledger")
def test_every_format_says_the_same(zhenggai: Zhenggai) -> None:
    lines = ["县农业局党组关于巡察整改情况的通报", "1.关于“会议过多”问题的整改。", "2021年5月18日"]
    for path in _all_formats(zhenggai).values():
        written = _text(path)
        assert [line for line in lines if line not in written] == []


@pytest.mark.usefixtures("ledger")
def test_in_a_pipe_the_notice_is_all_there_is(zhenggai: Zhenggai) -> None:
    for style, name in list(_FORMATS.items())[:3]:
        outcome = zhenggai("announce", "--format", style)
        assert outcome.err == ""
        assert zhenggai("announce", "--format", style, "-o", "-") == outcome
        zhenggai("announce", "-o", name)
        assert outcome.out == _said(Path(name))


def test_the_notice_in_a_pipe_is_as_its_ledger_wants_it_to_the_letter(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    _write(ledger, _ABOUT + "  段间空行: 是\n  文末换行: 否\n")
    out = zhenggai("announce", "--format", "text").out
    assert out.startswith("县农业局党组关于巡察整改情况的通报\n\n县委")
    assert out.endswith("2021年5月18日")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals")
def test_at_a_terminal_the_notice_is_shown_and_ends_its_line(ledger: Path) -> None:
    code, shown = at_terminal("announce", "--format", "text", cwd=ledger.parent)
    assert code == 0
    assert shown.startswith("县农业局党组关于巡察整改情况的通报\n")
    assert shown.endswith("2021年5月18日\n")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals")
def test_at_a_terminal_a_word_document_is_not_shown(ledger: Path) -> None:
    code, shown = at_terminal("announce", "--format", "docx", cwd=ledger.parent)
    assert (code, shown) == (2, "错误：docx要写到文件；加上 -o 文件名.docx\n")


def test_in_a_pipe_a_word_document_is_written_as_it_is(ledger: Path) -> None:
    words = [sys.executable, "-m", "zhenggai", "announce", "--format", "docx"]
    done = subprocess.run(
        words,
        cwd=ledger.parent,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
    )
    texts = [paragraph.text for paragraph in word.Document(BytesIO(done.stdout)).paragraphs]
    assert texts[0] == "县农业局党组关于巡察整改情况的通报"


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (
            "-o 通报.wps",
            2,
            "“.wps”不是可输出的形式；用 .md、.txt、.html、.htm、.docx、.pdf，或加 --format",
        ),
        ("-o 农业局", 2, "“农业局”是文件夹；写上文件名，如 农业局/通报.docx"),
        ("-o 没有/通报.md", 4, "通报.md”（路径不存在）；先建好它的文件夹，或换一个位置"),
        ("-o 农业局/01.yaml --format md", 2, "会覆盖台账自己的文件"),
        ("-o 别处.YML --format md", 2, "会覆盖台账自己的文件"),
        ("-o 农业局/templates/notice.md", 2, "会覆盖台账自己的文件"),
        ("--template list", 2, "没有模板“list”；是否想写“lists”"),
        ("--internal", 2, "通报写全部公开的问题；去掉 --finding、--department"),
        ("--finding 1", 2, "通报写全部公开的问题"),
        ("--finding 9 --template approval", 2, "没有问题9；台账里只有问题01"),
        (
            "--department 财务科 --template letter",
            2,
            "没有责任科室是“财务科”的问题或措施；现有：办公室",
        ),
        ("--since 昨天 --template bulletin", 2, "--since："),
        ("--edition 县里", 2, "--edition 不能写“县里”；可写：党内、社会"),
        ("--edition 社会 --template lists", 2, "--edition 只用于通报"),
        ("--signed 近日", 2, "--signed：日期“近日”的格式无法识别"),
        ("--reply-by 近日 --template letter", 2, "--reply-by："),
        (
            "--leader 局长 --template dispatch",
            2,
            "没有责任领导或领办是“局长”的问题；现有：分管副局长",
        ),
    ],
)
def test_what_cannot_be_is_answered_with_what_can(
    zhenggai: Zhenggai, words: str, code: int, said: str
) -> None:
    before = sorted(Path().rglob("*"))
    outcome = zhenggai("announce", *words.split())
    assert (outcome.code, outcome.out) == (code, "")
    assert said in outcome.err
    assert sorted(Path().rglob("*")) == before


def test_several_ledgers_are_not_made_one_notice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zhenggai: Zhenggai
) -> None:
    for name in ("甲局", "乙局"):
        write_ledger(tmp_path / "ledgers" / name, {"01": _finished()}, _ABOUT)
    monkeypatch.chdir(tmp_path)
    outcome = zhenggai("announce")
    assert outcome.code == 2
    assert "这里有几本台账（" in outcome.err


def test_evidence_is_not_written_over(ledger: Path, zhenggai: Zhenggai) -> None:
    evidence = ledger / "佐证" / "制度.docx"
    evidence.parent.mkdir()
    evidence.write_bytes(b"PK")
    rest = "    佐证: 佐证/制度.docx\n"
    _write(ledger, _01=_finished(rest=rest))
    outcome = zhenggai("announce", "-o", "农业局/佐证/制度.docx")
    assert (outcome.code, evidence.read_bytes()) == (2, b"PK")
    assert zhenggai("announce", "-o", "农业局/佐证/通报.docx").code == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows gives links to administrators only")
def test_a_link_to_a_finding_is_not_written_through(ledger: Path, zhenggai: Zhenggai) -> None:
    Path("通报.md").symlink_to(ledger / "01.yaml")
    before = (ledger / "01.yaml").read_bytes()
    outcome = zhenggai("announce", "-o", "通报.md")
    assert outcome == (4, "", "错误：“通报.md”是链接，不能写入；请换一个文件名，或删去链接\n")
    assert (ledger / "01.yaml").read_bytes() == before


@pytest.mark.usefixtures("ledger")
def test_an_earlier_notice_is_replaced_and_nothing_else_is_left(zhenggai: Zhenggai) -> None:
    Path("通报.txt").write_text("旧的" * 10_000, encoding="utf-8")
    outcome = zhenggai("announce", "-o", "通报.txt")
    assert (outcome.out, outcome.err) == ("", "已写入通报.txt\n")
    assert "旧的" not in _said(Path("通报.txt"))
    assert {path.name for path in Path().iterdir()} == {"通报.txt", "农业局"}


@pytest.mark.usefixtures("ledger")
def test_an_earlier_notice_stays_whole_where_the_new_one_fails(
    monkeypatch: pytest.MonkeyPatch, zhenggai: Zhenggai
) -> None:
    Path("通报.txt").write_text("旧的", encoding="utf-8")

    def full(path: Path, _target: Path) -> Path:
        assert path.read_bytes()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    outcome = zhenggai("announce", "-o", "通报.txt")
    assert outcome.code == 4
    assert "（磁盘已满）；关掉打开着它的程序，或换一个位置" in outcome.err
    assert _said(Path("通报.txt")) == "旧的"
    assert {path.name for path in Path().iterdir()} == {"通报.txt", "农业局"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
@pytest.mark.usefixtures("ledger")
def test_a_device_is_written_to_and_not_replaced(ledger: Path) -> None:
    outcome = process("announce", "-o", "/dev/stdout", "--format", "text", cwd=ledger.parent)
    assert outcome.code == 0
    assert outcome.out.startswith("县农业局党组关于巡察整改情况的通报\n")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
@pytest.mark.usefixtures("ledger")
def test_a_device_is_no_file_to_put_another_in_the_place_of(zhenggai: Zhenggai) -> None:
    for words in ("-o /dev/null", "-o /dev/null --format docx"):
        assert zhenggai("announce", *words.split()).code == 0
    assert not Path("/dev/null").is_file()


@pytest.mark.usefixtures("ledger")
def test_without_python_docx_the_other_formats_are_written(
    monkeypatch: pytest.MonkeyPatch, zhenggai: Zhenggai
) -> None:
    absent: Any = None
    monkeypatch.setitem(sys.modules, "docx", absent)
    outcome = zhenggai("announce", "-o", "通报.docx")
    assert outcome.code == 3
    assert "输出docx要用python-docx；请执行 pip install 'zhenggai[office]'" in outcome.err
    assert not Path("通报.docx").exists()
    assert zhenggai("announce", "-o", "通报.html").code == 0


# -- nothing leaks ----------------------------------------------------------------------------


_SECRETS = {
    "责任人": "责任人标记",
    "经办人": "经办人标记",
    "督查": "督查标记",
    "佐证": "佐证标记.txt",
    "批准人": "批准人标记",
    "理由": "不公开理由标记",
    "延期": "延期标记",
    "审查人": "审查人标记",
    "注释": "注释标记",
}


def _with_secrets(ledger: Path) -> None:
    (ledger / _SECRETS["佐证"]).write_text("佐证", encoding="utf-8")
    journal = (
        f"记录:\n  - 日期: 2021-03-01\n    事项: 督查\n    情况: {_SECRETS['督查']}\n"
        f"    经办人: {_SECRETS['经办人']}\n"
        f"  - 日期: 2021-03-02\n    事项: 延期\n    新时限: 2021-07-01\n"
        f"    理由: {_SECRETS['延期']}\n    批准人: {_SECRETS['批准人']}\n"
        f"  - 日期: 2021-03-31\n    事项: 销号\n    批准人: {_SECRETS['批准人']}\n"
        f"    佐证: {_SECRETS['佐证']}\n"
    )
    measure = f"措施:\n  - 内容: 少开会\n    完成: 2021-03-01\n    佐证: {_SECRETS['佐证']}\n"
    shown = finding(
        f"{measure}# {_SECRETS['注释']}\n{journal}", 问题="会议过多", 责任人=_SECRETS["责任人"]
    )
    hidden = _finished("不公开的问题", 责任人=_SECRETS["责任人"]).replace(
        "措施:", f"公开: 否\n不公开理由: {_SECRETS['理由']}\n措施:"
    )
    about = _ABOUT.replace("局保密办", _SECRETS["审查人"])
    _write(ledger, about, _01=shown, _02=hidden, _03=_finished("文风不实"))


def _leaks(path: Path) -> list[str]:
    """Give what of the inner ledger a file holds, in its words or anywhere in its bytes."""
    raw = _said(path)
    words = [*_SECRETS.values(), "不公开的问题", "局党组标记"]
    there = _text(path)
    return [
        secret
        for secret in words
        if secret in there or secret.encode().decode("latin-1") in raw or secret in raw
    ]


def test_the_inner_ledger_is_in_no_format_of_the_notice(ledger: Path, zhenggai: Zhenggai) -> None:
    _with_secrets(ledger)
    for path in _all_formats(zhenggai).values():
        assert "文风不实" in _text(path)
        assert _leaks(path) == []
        assert str(ledger.parent) not in _said(path)


def test_what_is_not_public_is_in_every_count_and_its_words_are_nowhere(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    figures = "".join(f"{name}={{{name}}};" for name in FIGURES)
    lead = f"  结果导语: '{figures}'\n"
    rest = "建章立制: [制度]\n清退资金: 3万元\n处理人员: {谈话: 2}\n"
    _write(ledger, _ABOUT + lead, _02=_finished("内部的问题", rest))
    everything = zhenggai("announce").out
    hidden = f"公开: 否\n不公开理由: 内部事项\n{rest}"
    _write(ledger, _ABOUT + lead, _02=_finished("内部的问题", hidden))
    outcome = zhenggai("announce")
    assert "内部的问题" not in outcome.out
    assert "问题数=2;" in outcome.out
    assert "资金合计=3万元;" in outcome.out
    told = next(line for line in everything.splitlines() if "问题数=" in line)
    assert told in outcome.out
    assert "有1个不公开的问题未写入文字，数字照样计入\n" in outcome.err
    _write(ledger, _ABOUT + lead + "  通报口径: 公开\n")
    outcome = zhenggai("announce")
    assert "问题数=1;" in outcome.out
    assert "有1个不公开的问题未写入文字，也未计入数字\n" in outcome.err


@pytest.mark.parametrize("name", ["lists", "bulletin", "approval", "letter", "register"])
def test_papers_of_the_house_hold_what_is_not_public_and_mark_it(
    ledger: Path, zhenggai: Zhenggai, name: str
) -> None:
    hidden = OFFICE["06"].replace("措施:", "公开: 否\n不公开理由: 内部事项\n措施:")
    led = f"责任领导: 分管副局长\n{hidden}"
    _write(ledger, _01=led.replace("2021-09-30", "2021-05-19"))
    outcome = zhenggai("announce", "--template", name)
    assert "督办不力（内部）" in outcome.out
    assert "不公开" not in outcome.err
    assert zhenggai("announce", "--template", name, "--internal") == outcome


def test_a_paper_of_the_ledgers_own_holds_what_is_not_public_only_when_told(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    _own(ledger, "简报", "# 简报\n\n{{ count }}：{{ findings }}")
    _write(ledger, _02=_finished("文风不实", "公开: 否\n不公开理由: 内部事项\n"))
    outcome = zhenggai("announce", "--template", "简报")
    assert outcome.out == "# 简报\n\n2：会议过多\n"
    told = "有1个不公开的问题未写入文字，数字照样计入；要写的，加 --internal\n"
    assert outcome.err == told
    outcome = zhenggai("announce", "--template", "简报", "--internal")
    assert outcome.out == "# 简报\n\n2：会议过多、文风不实（内部）\n"
    words = ("announce", "--template", "简报", "--finding", "2")
    outcome = zhenggai(*words)
    assert (outcome.code, outcome.out) == (4, "")
    assert "要写的问题不公开，未写入" in outcome.err


# -- cases that are not kept here -------------------------------------------------------------


@pytest.mark.parametrize("name", ["notice", "lists", "bulletin", "approval", "letter", "简报"])
@pytest.mark.parametrize("draft", [(), ("--draft",)])
def test_a_ledger_that_tells_of_a_case_gives_no_paper(
    ledger: Path, zhenggai: Zhenggai, name: str, draft: tuple[str, ...]
) -> None:
    _own(ledger, "简报", "# 简报")
    record = "  - 日期: 2021-04-02\n    事项: 督查\n    情况: 已移交问题线索1条\n"
    _write(ledger, _02=_finished("学习不够") + record)
    outcome = zhenggai("announce", "--template", name, "-o", "文书.md", *draft)
    assert (outcome.code, outcome.out) == (4, "")
    assert "S901 “记录”第2项的“情况”写有“移交问题线索”" in outcome.err
    assert not Path("文书.md").exists()


def test_a_template_that_tells_of_a_case_is_not_written(ledger: Path, zhenggai: Zhenggai) -> None:
    _own(ledger, "简报", "# 简报\n\n立案审查{{ count }}人")
    outcome = zhenggai("announce", "--template", "简报", "--draft")
    assert (outcome.code, outcome.out) == (4, "")
    assert "文书里写有“立案”，未写入；从模板里删去" in outcome.err


@pytest.mark.parametrize("style", ["md", "text", "html", "docx"])
@pytest.mark.parametrize(
    "hidden",
    [
        *(
            "经研究立\n案",
            "立**案**",
            "*立*案",
            "&#31435;案",
            "| 甲 | 立&nbsp;案 |\n|--|--|\n| 乙 | 丙 |",
        ),
        *(
            "立<!-- 一 -->案",
            "<b>立</b>案",
            "[立](x)案",
            "立\\\n案",
            "# 立*案*",
            "- 立\n  案",
            "立`案`",
        ),
    ],
)
def test_markup_hides_no_case_in_any_format(
    ledger: Path, zhenggai: Zhenggai, hidden: str, style: str
) -> None:
    _own(ledger, "简报", f"{hidden}\n")
    words = ("announce", "--template", "简报", "--draft", "--format", style)
    outcome = zhenggai(*words, "-o", "简报")
    assert (outcome.code, outcome.out) == (4, "")
    assert "文书里写有“立案”，未写入；从模板里删去" in outcome.err


def test_totals_are_written_once_they_are_approved(ledger: Path, zhenggai: Zhenggai) -> None:
    told = _ABOUT.replace("通报:\n", "通报:\n  组织导语: 同步开展监督，{经审定数}。\n")
    totals = "经审定数: {立案审查调查: 3人}\n"
    approved = "审定人: 县纪委监委\n审定日期: 2021-05-10\n"
    _write(ledger, told + totals + approved)
    outcome = zhenggai("announce")
    assert (outcome.code, outcome.err) == (0, "")
    assert "同步开展监督，立案审查调查3人。" in outcome.out
    _write(ledger, told + totals)
    outcome = zhenggai("announce", "--draft")
    assert (outcome.code, outcome.out) == (4, "")
    assert "S903" in outcome.err


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize(
    ("marking", "code"),
    [("秘密", 4), ("机密★10年", 4), ("绝 密", 4), ("工作秘密★", 4), ("★", 4), ("内部", 2), ("", 2)],
)
def test_other_markings_are_refused_and_nothing_is_written(
    zhenggai: Zhenggai, marking: str, code: int
) -> None:
    outcome = zhenggai("announce", "-o", "通报.md", "--marking", marking)
    assert (outcome.code, outcome.out) == (code, "")
    assert outcome.err.count("\n") == 1
    assert not Path("通报.md").exists()


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("marking", ["内部资料", "工作秘密"])
def test_a_marking_stands_in_every_format(zhenggai: Zhenggai, marking: str) -> None:
    for path in _all_formats(zhenggai, "--marking", marking).values():
        document = word.Document(str(path)) if path.suffix == ".docx" else None
        head = document.sections[0].header.paragraphs[0].text if document else _text(path)
        assert marking in head


_CARD = "6222 0000 0000 0000 004"  # valid by its last digit, and of no bank's


@pytest.mark.parametrize("template", ["notice", "lists"])
@pytest.mark.parametrize("style", list(_FORMATS))
def test_a_private_number_is_refused_and_shown_by_its_ends_alone(
    ledger: Path, zhenggai: Zhenggai, style: str, template: str
) -> None:
    _write(ledger, _01=_finished(f"向199 0000 0000报告、账号{_CARD}一事"))
    words = ("announce", "--template", template, "-o", _FORMATS[style])
    outcome = zhenggai(*words)
    assert (outcome.code, outcome.out) == (4, "")
    assert "有手机号：199……00\n" in outcome.err
    assert "有银行卡号：6222……04\n" in outcome.err
    assert "处个人信息，未写入；删去，或加 --allow-private" in outcome.err
    assert _CARD not in outcome.err
    assert not Path(_FORMATS[style]).exists()
    outcome = zhenggai(*words, "--allow-private")
    assert outcome.code == 0
    assert "有手机号" in outcome.err
    assert _CARD in _text(Path(_FORMATS[style]))


def test_the_mobile_to_be_called_is_published(ledger: Path, zhenggai: Zhenggai) -> None:
    _write(ledger, _ABOUT.replace("86882428", "199 0000 0000"))
    outcome = zhenggai("announce")
    assert (outcome.code, outcome.err) == (0, "")
    assert "199 0000 0000" in outcome.out


# -- fit to publish ---------------------------------------------------------------------------


def test_without_a_secrecy_review_the_notice_is_written_with_a_reminder(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    _write(ledger, inspection(_SIGNED))
    outcome = zhenggai("announce", "-o", "通报.md")
    assert outcome.code == 0
    assert _NO_REVIEW in outcome.err
    assert Path("通报.md").exists()
    assert _NO_REVIEW not in zhenggai("announce", "--template", "lists").err


@pytest.mark.parametrize(
    ("count", "named"), [(1, "2.1"), (9, "2.1、2.2、2.3、2.4、2.5、2.6、2.7、2.8等")]
)
def test_measures_not_done_are_named_lest_they_read_as_done(
    ledger: Path, zhenggai: Zhenggai, count: int, named: str
) -> None:
    planned = "措施:\n" + "  - 内容: 完善制度\n" * count
    hidden = finding(planned + "公开: 否\n不公开理由: 内部事项\n")
    _write(ledger, _02=finding(planned), _03=hidden)
    outcome = zhenggai("announce", "--format", "text")
    assert outcome.code == 0
    reminder = f"提醒：有{count}项措施尚未完成（{named}），通报写作正在推进\n"
    assert outcome.err == reminder + "有1个不公开的问题未写入文字，数字照样计入\n"


def test_without_a_notices_settings_it_is_written_and_reminded_of(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    _write(ledger, inspection())
    outcome = zhenggai("announce")
    assert outcome.code == 0
    assert outcome.out.startswith("# 县农业局党组关于巡察整改情况的通报\n")
    assert _NO_REVIEW in outcome.err


@pytest.mark.parametrize("review", ["", _REVIEW.replace("05-17", "05-19")])
def test_a_ledger_that_wants_a_review_first_refuses_all_but_a_draft(
    ledger: Path, zhenggai: Zhenggai, review: str
) -> None:
    _write(ledger, inspection(f"{_SIGNED}  须有保密审查: 是\n{review}"))
    outcome = zhenggai("announce", "-o", "通报.md")
    assert outcome.code == 4
    assert "这本台账规定公开前须有保密审查" in outcome.err
    assert not Path("通报.md").exists()
    for path in _all_formats(zhenggai, "--draft").values():
        assert "（征求意见稿）" in _text(path)
    assert zhenggai("announce", "--template", "lists").code == 0


def test_a_review_that_is_there_lets_the_notice_through(ledger: Path, zhenggai: Zhenggai) -> None:
    _write(ledger, _ABOUT + "  须有保密审查: 是\n")
    outcome = zhenggai("announce")
    assert (outcome.code, outcome.err) == (0, "")
    assert "征求意见稿" not in outcome.out


def test_a_draft_is_marked_in_every_paper(ledger: Path, zhenggai: Zhenggai) -> None:
    _write(ledger, _01=OFFICE["06"])
    for name in ("notice", "lists", "bulletin", "approval"):
        lines = zhenggai("announce", "--template", name, "--draft").out.split("\n\n")
        assert lines[0].startswith("# ")
        assert lines[1] == "（征求意见稿）"


def test_strict_refuses_what_is_doubtful_and_says_what(zhenggai: Zhenggai, tmp_path: Path) -> None:
    target = tmp_path / "通报.md"
    words = ("announce", "--ledger", str(SAMPLE), "--today", "2021-05-18", "-o", str(target))
    outcome = zhenggai(*words, "--strict")
    assert outcome.code == 4
    assert "N802 这里写“党组会议10次”" in outcome.err
    assert "通报有1处疑问，未写入；逐一核对，或去掉 --strict" in outcome.err
    assert not target.exists()
    outcome = zhenggai(*words)
    assert outcome.code == 0
    assert "N802" in outcome.err


@pytest.mark.usefixtures("ledger")
def test_strict_writes_what_is_not_doubtful(zhenggai: Zhenggai) -> None:
    outcome = zhenggai("announce", "--strict")
    assert (outcome.code, outcome.err) == (0, "")


def test_a_faulty_ledger_is_written_as_a_draft_only(ledger: Path, zhenggai: Zhenggai) -> None:
    (ledger / "02.yaml").write_text("问题: [", encoding="utf-8")
    outcome = zhenggai("announce")
    assert (outcome.code, outcome.out) == (3, "")
    assert "02.yaml" in outcome.err
    assert "台账有错误，未写入；先改正，或用 --draft 写征求意见稿" in outcome.err
    outcome = zhenggai("announce", "--draft")
    assert "（征求意见稿）" in outcome.out
    assert outcome.code == 3
    assert "02.yaml" in outcome.err


@pytest.mark.parametrize("name", ["notice", "lists", "bulletin", "approval", "letter"])
@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("K301", {"about": _ABOUT.replace('反馈日期: "2021-02-01"\n', "")}),
        ("R414", {"_02": _finished("学习不够").replace('责任人: "办公室负责人"\n', "")}),
        ("R426", {"_02": _finished("学习不够", "    佐证: 没有.pdf\n")}),
        ("J501", {"_02": _finished("学习不够") + _CLOSING}),
    ],
)
def test_no_paper_is_written_from_a_ledger_with_errors(
    ledger: Path, zhenggai: Zhenggai, name: str, code: str, change: dict[str, str]
) -> None:
    _write(ledger, **change)
    words = ("announce", "--template", name, "-o", "文书.md")
    outcome = zhenggai(*words)
    assert (outcome.code, outcome.out) == (3, "")
    assert f" {code} " in outcome.err
    assert outcome.err.endswith("错误：台账有错误，未写入；先改正，或用 --draft 写征求意见稿\n")
    assert not Path("文书.md").exists()
    outcome = zhenggai(*words, "--draft")
    assert outcome.code == 3
    assert f" {code} " in outcome.err
    assert "（征求意见稿）" in Path("文书.md").read_text(encoding="utf-8")


def test_what_is_overdue_keeps_no_paper_back(ledger: Path, zhenggai: Zhenggai) -> None:
    _write(ledger, _02=finding(问题="学习不够", 整改时限="2021-05-01"))
    assert zhenggai("check").code == 1
    for name in ("notice", "lists", "bulletin", "letter"):
        outcome = zhenggai("announce", "--template", name)
        assert (outcome.code, outcome.out != "") == (0, True)


# -- letters ----------------------------------------------------------------------------------


def _late(ledger: Path) -> None:
    _write(
        ledger,
        _02=finding(问题="学习不够", 整改时限="2021-05-01"),
        _03=finding(问题="账目不清", 责任科室="财务科", 整改时限="2021-05-10"),
    )


def test_a_letter_comes_with_the_command_that_notes_it(ledger: Path, zhenggai: Zhenggai) -> None:
    _late(ledger)
    words = ("announce", "--template", "letter", "--department", "财务科")
    outcome = zhenggai(*words, "--number", "督〔2021〕4号", "--signed", "2021-05-19")
    assert outcome.code == 0
    assert "编号：督〔2021〕4号" in outcome.out
    assert "\n2021年5月19日\n" in outcome.out
    (told,) = [one for one in outcome.err.splitlines() if "登记督办" in one]
    command = told.partition("：zhenggai ")[2]
    assert command == (
        "urge 03 --grade 督办 --to 财务科 --number 督〔2021〕4号 --reply-by 2021-05-26"
    )
    assert zhenggai(*command.split()).code == 0
    noted = zhenggai("announce", "--template", "bulletin").out
    assert "03号问题2021年5月18日督办（督〔2021〕4号），发至财务科，回复期限2021年5月26日" in noted


def test_one_number_is_not_put_on_several_letters(ledger: Path, zhenggai: Zhenggai) -> None:
    _late(ledger)
    outcome = zhenggai("announce", "--template", "letter", "--number", "督〔2021〕4号")
    assert (outcome.code, outcome.out) == (2, "")
    assert "--number 只用于一份，这里有2份；加 --department 逐份写" in outcome.err


def test_a_letter_from_above_goes_to_the_unit_once(ledger: Path, zhenggai: Zhenggai) -> None:
    _late(ledger)
    outcome = zhenggai("announce", "--template", "letter", "--from", "县委巡察办")
    assert outcome.out.count("\n县农业局党组：\n") == 1
    assert "# 关于巡察整改逾期问题的督办函\n" in outcome.out
    assert "签收" not in outcome.out
    assert "zhenggai urge 02 03 --grade 督办 --to 县农业局党组" in outcome.err


def test_a_pdf_needs_libreoffice() -> None:
    with pytest.raises(InvalidInputError, match=r"输出pdf要用LibreOffice.*或先写成docx"):
        pdf_of(b"", None)
    assert office_program("/nowhere") is None


@pytest.mark.skipif(office_program() is None, reason="LibreOffice is not on this machine")
@pytest.mark.usefixtures("ledger")
def test_every_paper_can_be_a_pdf(zhenggai: Zhenggai) -> None:
    outcome = zhenggai("announce", "--template", "register", "-o", "总表.pdf")
    assert (outcome.code, outcome.err) == (0, "已写入总表.pdf\n")
    assert Path("总表.pdf").read_bytes().startswith(b"%PDF")


# -- templates of the ledger's own ------------------------------------------------------------


def _own(ledger: Path, name: str, text: str) -> None:
    (ledger / "templates").mkdir(exist_ok=True)
    (ledger / "templates" / f"{name}.md").write_text(text, encoding="utf-8")


def test_an_own_template_may_be_published_and_is_looked_through_as_the_notice_is(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    _own(ledger, "简报", "# {{ unit }}简报\n\n{{ findings[0].owner }}")
    _write(ledger, inspection(_SIGNED), _01=_finished(责任人="199 0000 0000"))
    outcome = zhenggai("announce", "--template", "简报")
    assert outcome.code == 4
    assert _NO_REVIEW in outcome.err
    assert "有手机号" in outcome.err


def test_an_own_notice_goes_before_the_shipped_one(ledger: Path, zhenggai: Zhenggai) -> None:
    _own(ledger, "notice", "# {{ title }}\n\n自己的写法\n")
    assert zhenggai("announce").out == "# 县农业局党组关于巡察整改情况的通报\n\n自己的写法\n"


def test_an_own_template_with_a_mistake_is_told_of_by_its_line(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    _own(ledger, "简报", "# 简报\n\n{{ tody }}\n")
    outcome = zhenggai("announce", "--template", "简报")
    assert (outcome.code, outcome.out) == (3, "")
    assert (
        "模板简报.md第3行不能执行：没有“tody”这个名称，是否想写“today”；请改正模板" in outcome.err
    )


def test_hostile_words_of_the_ledger_are_words_in_every_format(
    ledger: Path, zhenggai: Zhenggai
) -> None:
    hostile = (
        "*粗* _斜_ <script>alert(1)</script> # 题 | 格 `码` [名](http://x.cn) {{ unit }} &amp;"
    )
    _write(ledger, _01=_finished(hostile), _02=closed("1. 甲"))
    files = _all_formats(zhenggai)
    assert "<script>" not in _said(files["html"])
    text = _said(files["text"])
    assert f"1.关于“{hostile}”问题的整改。\n" in text
    assert "2.关于“1. 甲”问题的整改。\n" in text
    document = "\n".join(p.text for p in word.Document("通报.docx").paragraphs)
    assert full_width(f"1.关于“{hostile}”问题的整改。\n") in document


def test_help_says_what_there_is(zhenggai: Zhenggai) -> None:
    outcome: Outcome = zhenggai("announce", "--help")
    for name in ("lists", "bulletin", "approval", "letter", "--draft", "--strict", "--since"):
        assert name in outcome.out
