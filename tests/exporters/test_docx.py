"""The Word document follows GB/T 9704-2012, says what the Markdown says, and tells of no one."""

import re
import sys
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import docx as word
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hostile_texts import texts
from zhenggai.errors import InvalidInputError
from zhenggai.exporters import docx
from zhenggai.notice.markdown_blocks import escape
from zhenggai.notice.numerals import full_width

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TWIPS = 20  # in a point
_MM = 1440 / 25.4  # twips in a millimetre

_NOTICE = """# 县农业局党组关于巡察整改情况的通报

现将巡察整改情况予以公布。

## 一、整改工作组织情况

（一）加强组织领导。成立领导小组,由局党组书记任组长。

### （二）在“党的建设”方面

#### 1.关于“会议过多”问题的整改。

一是少开会,开短会(每月1次)。

中共某某县农业局党组

2021年5月18日
"""
_TABLE = """# 清单

| 编号 | 问题 | 签字 | 日期 |
|---|---|---|---|
| 01 | {} | | |
| 批准 | | | |
"""


class Paper:
    """A document as written: its XML, and its paragraphs with what is set on them."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.body = self.part("word/document.xml")[0]
        self.paragraphs = self.body.findall(f"{_W}p")

    def part(self, name: str) -> ET.Element:
        return ET.fromstring(self.parts[name])  # noqa: S314 - written by ourselves

    def with_text(self, text: str) -> ET.Element:
        (found,) = [p for p in self.body.iter(f"{_W}p") if _text(p).startswith(text)]
        return found


def _text(element: ET.Element) -> str:
    return "".join(node.text or "" for node in element.iter(f"{_W}t"))


def _value(element: ET.Element, path: str, name: str = "val") -> str | None:
    found = element.find("/".join(f"{_W}{step}" for step in path.split("/")))
    return None if found is None else found.get(f"{_W}{name}")


def _font(run: ET.Element) -> tuple[str | None, float]:
    """Give a run's font, the same for every script, and its size in points."""
    names = {_value(run, "rPr/rFonts", script) for script in ("eastAsia", "ascii", "hAnsi")}
    (name,) = names
    return name, int(_value(run, "rPr/sz") or 0) / 2


def _fonts(paragraph: ET.Element) -> list[tuple[str | None, float]]:
    return [_font(run) for run in paragraph.findall(f"{_W}r")]


def _written(folder: Path, source: str) -> Paper:
    (folder / "通报.docx").write_bytes(docx.paper(source, None))
    return Paper(folder / "通报.docx")


@pytest.fixture(scope="module")
def notice(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    return _written(tmp_path_factory.mktemp("docx"), _NOTICE)


@pytest.fixture(scope="module")
def normal(notice: Paper) -> ET.Element:
    styles = notice.part("word/styles.xml").findall(f"{_W}style")
    (found,) = [style for style in styles if style.get(f"{_W}styleId") == "Normal"]
    return found


def test_the_page_is_a4_with_the_standards_margins(notice: Paper) -> None:
    size = notice.body.find(f"{_W}sectPr/{_W}pgSz")
    margins = notice.body.find(f"{_W}sectPr/{_W}pgMar")
    assert size is not None
    assert margins is not None
    assert [round(int(size.attrib[f"{_W}{side}"]) / _MM) for side in "wh"] == [210, 297]
    sides = ("top", "bottom", "left", "right")
    assert [round(int(margins.attrib[f"{_W}{side}"]) / _MM) for side in sides] == [37, 35, 28, 26]


def test_the_body_is_fangsong_16_on_22_lines_of_28_characters(
    normal: ET.Element,
) -> None:
    assert _font(normal) == ("仿宋_GB2312", 16)
    assert _value(normal, "pPr/spacing", "lineRule") == "exact"
    line = int(_value(normal, "pPr/spacing", "line") or 0) / _TWIPS
    page = (297 - 37 - 35) * _MM / _TWIPS
    assert int(page / line) == 22
    character = 16 + int(_value(normal, "rPr/spacing") or 0) / _TWIPS
    assert int((210 - 28 - 26) * _MM / _TWIPS / character) == 28
    assert _value(normal, "pPr/spacing", "after") == _value(normal, "pPr/spacing", "before") == "0"
    assert _value(normal, "pPr/widowControl") == "0"
    assert _value(normal, "rPr/lang", "eastAsia") == "zh-CN"


def test_the_title_is_xiaobiaosong_22_in_the_middle_with_a_line_below(notice: Paper) -> None:
    title, blank = notice.paragraphs[:2]
    assert _text(title) == "县农业局党组关于巡察整改情况的通报"
    assert _fonts(title) == [("方正小标宋简体", 22)]
    assert _value(title, "pPr/jc") == "center"
    assert _text(blank) == ""


@pytest.mark.parametrize(
    ("start", "fonts"),
    [
        ("现将", [("仿宋_GB2312", 16)]),
        ("一、", [("黑体", 16)]),
        ("（二）", [("楷体_GB2312", 16)]),
        ("1.", [("仿宋_GB2312", 16)]),
    ],
)
def test_each_level_has_its_font(notice: Paper, start: str, fonts: list[tuple[str, int]]) -> None:
    assert _fonts(notice.with_text(start)) == fonts


def test_a_heading_that_its_text_runs_on_from_is_kaiti_up_to_the_full_stop(notice: Paper) -> None:
    heading, rest = notice.with_text("（一）").findall(f"{_W}r")
    assert (_text(heading), _font(heading)) == ("（一）加强组织领导。", ("楷体_GB2312", 16))
    assert _text(rest) == "成立领导小组，由局党组书记任组长。"
    assert _value(rest, "rPr/rFonts", "eastAsia") is None  # as the body's


@pytest.mark.parametrize("start", ["现将", "一、", "（一）", "（二）", "1.", "一是"])
def test_every_paragraph_begins_two_characters_in_and_is_justified(
    notice: Paper, start: str
) -> None:
    paragraph = notice.with_text(start)
    assert _value(paragraph, "pPr/ind", "firstLineChars") == "200"
    assert _value(paragraph, "pPr/ind", "firstLine") == str(2 * 16 * _TWIPS)
    assert _value(paragraph, "pPr/jc") == "both"


@pytest.mark.parametrize("start", ["一、", "（二）", "1."])
def test_a_heading_never_ends_a_page(notice: Paper, start: str) -> None:
    assert notice.with_text(start).find(f"{_W}pPr/{_W}keepNext") is not None


@pytest.mark.parametrize(
    ("kind", "side", "indent"), [("default", "right", "right"), ("even", None, "left")]
)
def test_page_numbers_stand_outside_between_dashes(
    notice: Paper, kind: str, side: str | None, indent: str
) -> None:
    (footer,) = [
        notice.part(name)
        for name, related in _related(notice).items()
        if related == _footers(notice)[kind]
    ]
    (paragraph,) = footer.findall(f"{_W}p")
    assert _text(paragraph) == "—  —"
    assert "".join(node.text or "" for node in paragraph.iter(f"{_W}instrText")) == "PAGE"
    assert set(_fonts(paragraph)) == {("宋体", 14)}
    assert (_value(paragraph, "pPr/jc") or "left") == (side or "left")
    assert _value(paragraph, "pPr/ind", indent) == str(14 * _TWIPS)
    assert notice.part("word/settings.xml").find(f"{_W}evenAndOddHeaders") is not None


def _footers(paper: Paper) -> dict[str | None, str | None]:
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    found = paper.body.findall(f"{_W}sectPr/{_W}footerReference")
    return {one.get(f"{_W}type"): one.get(relation) for one in found}


def _related(paper: Paper) -> dict[str, str | None]:
    relations = paper.part("word/_rels/document.xml.rels")
    return {f"word/{one.get('Target')}": one.get("Id") for one in relations}


def _left(paragraph: ET.Element) -> float:
    """Give a paragraph's left indent in characters."""
    return int(_value(paragraph, "pPr/ind", "left") or 0) / _TWIPS / 16


_LINE = (210 - 28 - 26) * _MM / _TWIPS / 16  # characters


def test_the_signature_ends_two_characters_from_the_right_and_the_date_starts_two_further_in(
    notice: Paper,
) -> None:
    *_, blank, signature, date = notice.paragraphs
    assert [_text(blank), _text(signature)] == ["", "中共某某县农业局党组"]
    assert _left(signature) == pytest.approx(_LINE - 2 - 10, abs=0.1)
    assert _left(date) == pytest.approx(_left(signature) + 2, abs=0.1)
    assert signature.find(f"{_W}pPr/{_W}keepNext") is not None


def test_a_date_longer_than_the_signature_ends_two_characters_from_the_right(
    tmp_path: Path,
) -> None:
    *_, signature, date = _written(tmp_path, "文。\n\n局党组\n\n2021年5月18日\n").paragraphs
    width = 7 / 2 + 3 + 5 / 4  # digits, characters, and the blanks between them
    assert _left(date) == pytest.approx(_LINE - 2 - width, abs=0.1)
    assert _left(signature) == pytest.approx(_left(date) - 2, abs=0.1)


def test_a_date_alone_and_a_signature_wider_than_the_line_stay_on_the_page(tmp_path: Path) -> None:
    alone = _written(tmp_path, "2021年5月18日\n").paragraphs
    assert [_text(paragraph) for paragraph in alone] == ["2021年5月18日"]
    *_, signature, date = _written(tmp_path, f"文。\n\n{'局' * 40}\n\n2021年5月18日\n").paragraphs
    assert (_left(signature), _left(date)) == (0, 2)


def test_marks_become_full_width_in_sentences_and_stay_in_numbers(tmp_path: Path) -> None:
    source = "(一)会议3,000次,每次1:30(约)?对!详见a.cn;时间9:00\n"
    assert _text(_written(tmp_path, source).paragraphs[0]) == (
        "（一）会议3,000次，每次1:30（约）？对！详见a.cn；时间9:00"
    )


def test_to_whom_a_letter_goes_stands_at_the_margin(tmp_path: Path) -> None:
    paper = _written(
        tmp_path, "# 提醒单\n\n（征求意见稿）\n\n编号:3\n\n办公室:\n\n以下问题即将到期:\n\n完\n"
    )
    assert _value(paper.with_text("编号：3"), "pPr/ind", "firstLineChars") == "0"
    assert _value(paper.with_text("办公室："), "pPr/ind", "firstLineChars") == "0"
    assert _value(paper.with_text("办公室："), "pPr/ind", "firstLine") == "0"
    assert _value(paper.with_text("以下问题"), "pPr/ind", "firstLineChars") == "200"


def test_a_draft_is_marked_in_the_middle_below_the_title(tmp_path: Path) -> None:
    paper = _written(tmp_path, "# 通报\n\n（征求意见稿）\n\n文\n")
    assert [_text(p) for p in paper.paragraphs] == ["通报", "（征求意见稿）", "", "文"]
    mark = paper.with_text("（征")
    assert (_value(mark, "pPr/jc"), _fonts(mark)) == ("center", [("楷体_GB2312", 16)])
    untitled = _written(tmp_path, "（征求意见稿）\n\n文\n")
    assert [_text(p) for p in untitled.paragraphs] == ["（征求意见稿）", "", "文"]


def test_an_empty_heading_is_no_paragraph(tmp_path: Path) -> None:
    assert [_text(p) for p in _written(tmp_path, "## \n\n文\n").paragraphs] == ["文"]


def test_each_further_title_begins_a_page(tmp_path: Path) -> None:
    paper = _written(tmp_path, "# 一\n\n甲\n\n# 二\n\n乙\n")
    first, second = (
        paper.with_text(title).find(f"{_W}pPr/{_W}pageBreakBefore") for title in "一二"
    )
    assert first is not None
    assert first.get(f"{_W}val") == "0"
    assert second is not None
    assert second.get(f"{_W}val") is None


def _columns(paper: Paper) -> list[float]:
    """Give the widths of a table's columns in millimetres."""
    grid = paper.body.findall(f"{_W}tbl/{_W}tblGrid/{_W}gridCol")
    return [int(column.attrib[f"{_W}w"]) / _MM for column in grid]


@pytest.mark.parametrize("question", ["会议过多", "会议过多" * 60])
def test_a_table_has_its_cells_and_fits_the_page(tmp_path: Path, question: str) -> None:
    paper = _written(tmp_path, _TABLE.format(question))
    rows = [
        [_text(cell) for cell in row.findall(f"{_W}tc")]
        for row in paper.body.findall(f"{_W}tbl/{_W}tr")
    ]
    assert rows == [
        ["编号", "问题", "签字", "日期"],
        ["01", question, "", ""],
        ["批准", "", "", ""],
    ]
    widths = _columns(paper)
    assert sum(widths) == pytest.approx(156, abs=0.5)
    assert widths[2] == widths[3] > 2 * widths[0]  # to be signed in
    assert _value(paper.body, "tbl/tblPr/tblStyle") == "TableGrid"


def test_a_tables_head_comes_again_on_every_page_and_no_row_is_parted(tmp_path: Path) -> None:
    rows = _written(tmp_path, _TABLE.format("会议过多")).body.findall(f"{_W}tbl/{_W}tr")
    heads = [row.find(f"{_W}trPr/{_W}tblHeader") is not None for row in rows]
    assert heads == [True, False, False]
    assert all(row.find(f"{_W}trPr/{_W}cantSplit") is not None for row in rows)
    assert [_value(row, "trPr/trHeight") for row in rows] == [None, "680", "1020"]
    kept = [row.find(f"{_W}tc/{_W}p/{_W}pPr/{_W}keepNext") is not None for row in rows]
    assert kept[0]
    cells = [row.find(f"{_W}tc/{_W}p/{_W}r") for row in rows]
    assert [_font(run) for run in cells if run is not None][:2] == [
        ("黑体", 10.5),
        ("仿宋_GB2312", 10.5),
    ]


def _sizes(paper: Paper) -> list[list[int]]:
    """Give the width and height of every section's pages in millimetres."""
    sizes = paper.body.iter(f"{_W}pgSz")
    return [[round(int(size.attrib[f"{_W}{side}"]) / _MM) for side in "wh"] for size in sizes]


def _table_of(columns: int) -> str:
    return f"|{' 甲 |' * columns}\n|{'---|' * columns}\n|{' 乙 |' * columns}\n"


def test_a_page_with_a_wide_table_lies_across_and_the_next_stands_again(tmp_path: Path) -> None:
    wide = f"# 一\n\n文\n\n# 二\n\n{_table_of(8)}\n# 三\n\n{_table_of(12)}\n# 四\n\n文\n"
    paper = _written(tmp_path, wide)
    assert _sizes(paper) == [[210, 297], [297, 210], [420, 297], [210, 297]]
    breaks = [paper.with_text(title).find(f"{_W}pPr/{_W}pageBreakBefore") for title in "一二三四"]
    assert [one is not None and one.get(f"{_W}val") for one in breaks] == ["0"] * 4


def test_a_day_is_never_broken_however_long_its_neighbours_are(tmp_path: Path) -> None:
    cells = ["2021年12月31日", *("甲" * 90 for _ in range(4)), "2021年12月31日"]
    heads = ["整改时限", *"乙丙丁戊", "完成日期"]
    paper = _written(tmp_path, f"| {' | '.join(heads)} |\n|{'---|' * 6}\n| {' | '.join(cells)} |\n")
    character = 10.5 * _TWIPS / _MM
    assert min(_columns(paper)[0], _columns(paper)[-1]) > 9.5 * character


def test_each_page_has_its_signature_and_what_may_stand_below_it(tmp_path: Path) -> None:
    letter = "文。\n\n局党组\n\n20　　年　　月　　日\n\n抄送：纪检组\n\n| 签收 |\n|---|\n| |\n"
    paper = _written(tmp_path, f"# 一\n\n{letter}\n# 二\n\n{letter}")
    signed = [one for one in paper.paragraphs if _text(one) in ("局党组", "20　　年　　月　　日")]
    assert len(signed) == 4
    assert all(_left(one) > 10 for one in signed)


def test_a_short_column_is_as_wide_as_its_words_beside_long_ones(tmp_path: Path) -> None:
    texts = ["05", "甲" * 30, "乙" * 120, "距时限13天"]
    row = f"| {' | '.join(texts)} |"
    paper = _written(tmp_path, f"| 号 | 甲 | 乙 | 情况 |\n|---|---|---|---|\n{row}\n")
    narrow, long, longer, short = _columns(paper)
    character = 10.5 * _TWIPS / _MM
    assert narrow < 5 * character
    assert short > 5 * character
    assert longer / long == pytest.approx(2, abs=0.25)


def test_the_file_tells_of_no_one(notice: Paper) -> None:
    about = notice.part("docProps/core.xml")
    said = {re.sub(r"{.*}", "", one.tag): one.text or "" for one in about}
    said = {name: text for name, text in said.items() if text}
    assert said.pop("title") == "县农业局党组关于巡察整改情况的通报"
    assert said.pop("language") == "zh-CN"
    assert set(said) <= {"created", "modified", "revision"}
    assert b"python-docx" not in b"".join(notice.parts.values())
    assert "word/comments.xml" not in notice.parts


def test_a_long_title_is_cut_where_the_files_own_is_kept(tmp_path: Path) -> None:
    paper = _written(tmp_path, f"# {'题' * 300}\n")
    assert _text(paper.paragraphs[0]) == "题" * 300
    assert word.Document(str(tmp_path / "通报.docx")).core_properties.title == "题" * 255


def test_a_paper_without_title_has_none_in_the_file(tmp_path: Path) -> None:
    _written(tmp_path, "没有待销号的问题。\n")
    document = word.Document(str(tmp_path / "通报.docx"))
    assert (document.core_properties.title, document.core_properties.author) == ("", "")


@settings(max_examples=30)
@given(values=st.lists(texts, min_size=1, max_size=4))
def test_any_text_is_literal_in_the_document(
    tmp_path_factory: pytest.TempPathFactory, values: list[str]
) -> None:
    literals = [text for value in values if (text := re.sub(" +", " ", value).strip())]
    source = "# 题\n\n" + "\n\n".join(f"文{escape(text)}。" for text in literals)
    paper = _written(tmp_path_factory.mktemp("docx"), source)
    assert [_text(p) for p in paper.paragraphs[2:]] == [full_width(f"文{t}。") for t in literals]


def test_without_python_docx_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    absent: Any = None
    monkeypatch.setitem(sys.modules, "docx", absent)
    with pytest.raises(InvalidInputError, match=r"pip install 'zhenggai\[office\]'"):
        docx.paper("文", None)
