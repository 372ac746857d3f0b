"""Edits of texts in every style: what is meant is there, and no other byte has moved."""

import difflib
from functools import cache
from pathlib import Path

import pytest
from spliced import (
    ADDED,
    CLOSING,
    EVIDENCE,
    STYLES,
    SUPERVISION,
    Edit,
    applied,
    data_of,
    endings,
    intended,
    only_inserted,
)

from commandline import Zhenggai
from golden import compare
from ledger_files import inspection
from zhenggai.errors import InvalidInputError, RefusedError
from zhenggai.ledger.lifecycle import Fill
from zhenggai.storage.edited_file import OpenedFinding, open_finding
from zhenggai.storage.ledger_folder import LedgerFolder
from zhenggai.storage.yaml.nodes import parse
from zhenggai.storage.yaml.text_edits import apply

GOLDEN = Path(__file__).parent / "golden"

EDITS: dict[str, Edit] = {
    "supervision": SUPERVISION,
    "closing": CLOSING,
    "added": ADDED,
    "done 2": Fill(1, {"完成": "2021-04-15"}),
    "outcome 1": Fill(0, {"成效": "修订制度: 3项"}),
    "outcome 2": Fill(1, {"成效": "修订制度: 3项"}),
    "evidence 1": Fill(0, {"佐证": EVIDENCE}),
    "evidence 2": Fill(1, {"佐证": EVIDENCE}),
}
_BY_HAND = "请用 zhenggai edit 或编辑器手工改"
_RARE = "“{}”的写法少见，不能自动修改；" + _BY_HAND
_CR = "这个文件的换行是旧式的CR，不能自动修改；请用编辑器另存为LF或CRLF换行"
_LINES = "“成效”已经有几行文字，不能自动改写；" + _BY_HAND
_MAPPING = "“佐证”写成了“键: 值”，不能自动修改；" + _BY_HAND
_OVER_LINES = "“佐证”跨了几行，不能自动添加；" + _BY_HAND

# The styles that give no safe place for an edit, and what the user is told.
REFUSED: dict[tuple[str, str], str] = {
    **{("old-mac-line-endings", name): _CR for name in EDITS},
    ("evidence-as-mappings", "evidence 1"): _MAPPING,
    ("evidence-as-mappings", "evidence 2"): _MAPPING,
    ("evidence-text-over-lines", "evidence 1"): _OVER_LINES,
    ("evidence-text-over-lines", "evidence 2"): _OVER_LINES,
    ("explicit-empty-key", "supervision"): _RARE.format("记录"),
    ("explicit-empty-key", "closing"): _RARE.format("记录"),
    ("explicit-keys", "added"): _RARE.format("成效"),
    ("explicit-keys", "outcome 1"): _RARE.format("完成"),
    ("explicit-keys", "evidence 1"): _RARE.format("完成"),
    ("explicit-keys", "done 2"): _RARE.format("成效"),
    ("explicit-keys", "outcome 2"): _RARE.format("成效"),
    ("explicit-keys", "evidence 2"): _RARE.format("成效"),
    ("outcome-as-literal", "outcome 1"): _LINES,
    ("outcome-as-literal", "outcome 2"): _LINES,
}
NAMES = sorted(path.stem for path in STYLES.glob("*.yaml"))
STYLED = pytest.mark.parametrize("style", NAMES)


@cache
def _opened(style: str) -> OpenedFinding:
    return open_finding(LedgerFolder(STYLES, ""), f"{style}.yaml", style)


def _taken(style: str) -> dict[str, Edit]:
    return {name: edit for name, edit in EDITS.items() if (style, name) not in REFUSED}


@cache
def _edited(style: str, name: str) -> str:
    return applied(_opened(style).text, [EDITS[name]])


def test_there_are_enough_styles_and_each_is_a_finding() -> None:
    assert len(NAMES) >= 45
    assert [style for style in NAMES if len(_opened(style).finding.measures) != 2] == ["sample"]


@STYLED
def test_an_edit_leaves_exactly_the_data_that_was_meant(style: str) -> None:
    before = data_of(_ended(_opened(style).text))
    for name, edit in _taken(style).items():
        assert data_of(_ended(_edited(style, name))) == intended(before, edit), name


@STYLED
def test_every_byte_but_what_was_put_in_stays_as_it_was(style: str) -> None:
    for name, edit in _taken(style).items():
        assert only_inserted(_opened(style).text, _edited(style, name), edit), name


@STYLED
def test_line_endings_and_a_byte_order_mark_stay(style: str) -> None:
    opened = _opened(style)
    for name in _taken(style):
        new = opened.encoded(_edited(style, name))
        assert endings(new) == endings(opened.content), name
        assert new.startswith(b"\xef\xbb\xbf") == opened.content.startswith(b"\xef\xbb\xbf"), name
        assert new.endswith(b"\n") == opened.content.endswith(b"\n"), name


# Here spaces stood at the ends of lines before, or a value is taken away that had a line to itself.
_SPACED = ("trailing-spaces", "records-null-on-the-next-line", "records-brackets-on-the-next-line")


@pytest.mark.parametrize("style", [name for name in NAMES if name not in _SPACED])
def test_no_line_that_was_put_in_ends_with_spaces(style: str) -> None:
    before = set(_opened(style).text.splitlines())
    for name in _taken(style):
        lines = set(_edited(style, name).splitlines()) - before
        assert [line for line in lines if line != line.rstrip()] == [], name


@STYLED
def test_edits_follow_one_another_and_records_stand_in_the_order_they_were_added(
    style: str,
) -> None:
    in_turn = ("closing", "outcome 1", "done 2", "supervision", "added")
    edits = [edit for name, edit in _taken(style).items() if name in in_turn]
    data = data_of(_ended(_opened(style).text))
    for edit in edits:
        data = intended(data, edit)
    assert data_of(_ended(applied(_opened(style).text, edits))) == data


@pytest.mark.parametrize(("style", "name"), REFUSED)
def test_a_style_that_gives_no_safe_place_is_refused_with_a_way_on(style: str, name: str) -> None:
    with pytest.raises(RefusedError) as refused:
        applied(_opened(style).text, [EDITS[name]])
    assert str(refused.value) == REFUSED[style, name]


_COMMANDS = {
    "supervision": "log 7 会议制度已形成初稿",
    "closing": "close 7 --by 局党组 --complete",
    "added": "measure add 7 开短会",
    "done": "done 7.{}",
    "outcome": "done 7.{} --outcome 修订制度3项",
    "evidence": "done 7.{} --evidence 签字表.pdf",
}


@pytest.mark.parametrize(("style", "name"), REFUSED)
def test_a_refusal_ends_in_4_and_leaves_the_file_alone(
    style: str, name: str, tmp_path: Path, zhenggai: Zhenggai
) -> None:
    (tmp_path / "inspection.yaml").write_text(inspection(), encoding="utf-8")
    (tmp_path / "签字表.pdf").write_bytes(b"%PDF")
    file = tmp_path / "07.yaml"
    content = _opened(style).content
    file.write_bytes(content)
    kind, _, measure = name.partition(" ")
    words = _COMMANDS[kind].format(measure).split()
    outcome = zhenggai(*words, "--ledger", str(tmp_path), "--today", "2021-04-28")
    assert (outcome.code, outcome.out) == (4, "")
    assert outcome.err.startswith("错误：")
    assert "编辑器" in outcome.err
    assert file.read_bytes() == content


SHOWN = {
    "comments-everywhere": ["supervision", "outcome 1"],
    "flow-mappings": ["supervision", "done 2"],
    "flow-over-lines": ["supervision", "outcome 2"],
    "list-indent-0-then-keys": ["closing", "done 2"],
    "dash-on-its-own-line": ["supervision"],
    "blank-lines": ["supervision", "evidence 1"],
    "records-brackets-with-comment": ["supervision"],
    "records-brackets-over-lines": ["supervision"],
    "records-absent-comment-last": ["closing"],
    "evidence-as-text": ["evidence 1"],
    "aligned-values": ["done 2", "outcome 2", "evidence 2"],
    "scaffold": ["supervision", "outcome 1"],
    "document-end-records-absent": ["supervision"],
    "literal-with-comments": ["supervision"],
}


def test_people_see_what_the_golden_file_shows() -> None:
    shown = [
        f"== {style}: {name}\n{_difference(style, name)}"
        for style, names in SHOWN.items()
        for name in names
    ]
    compare(GOLDEN / "splices.txt", "\n".join(shown))


def _difference(style: str, name: str) -> str:
    before, after = _opened(style).text.splitlines(), _edited(style, name).splitlines()
    _, _, *lines = difflib.unified_diff(before, after, lineterm="", n=2)
    return "".join(f"{line}\n" for line in lines)


def test_nothing_to_write_changes_nothing() -> None:
    text = "问题: 会议过多 # 原文\n"
    root, _ = parse(text, "")
    assert root is not None
    assert apply(text, root, []) == (text, None)


def test_a_text_with_errors_is_not_edited(tmp_path: Path) -> None:
    (tmp_path / "07.yaml").write_text("问题: [", encoding="utf-8")
    message = "^问题7的文件07.yaml有错误，无法读取；请先改正$"
    with pytest.raises(InvalidInputError, match=message):
        open_finding(LedgerFolder(tmp_path, ""), "07.yaml", "7")


@pytest.mark.parametrize("journal", ["记录: 还没有\n", "记录: {日期: 2021-03-05}\n", "记录: ''\n"])
def test_a_journal_that_is_no_list_is_not_edited(journal: str) -> None:
    with pytest.raises(RefusedError, match="“记录”不是列表，不能自动修改"):
        applied(f"问题: 会议过多\n{journal}", [SUPERVISION])


@pytest.mark.parametrize(
    "measures", ["措施: 少开会\n", "措施: [少开会]\n", "措施:\n  内容: 少开会\n"]
)
def test_measures_that_are_no_list_of_mappings_are_not_edited(measures: str) -> None:
    with pytest.raises(RefusedError, match="“措施”不是列表，不能自动修改"):
        applied(f"问题: 会议过多\n{measures}", [Fill(0, {"完成": "2021-04-15"})])


def _ended(text: str) -> str:
    """Give the text with a last newline: lines (|) at its end read as they do with one."""
    return text if text.endswith("\n") else f"{text}\n"
