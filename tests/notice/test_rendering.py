"""Markdown becomes plain text and HTML: the same words, and nothing that acts or reaches out."""

import re
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import docx as word
import pytest
from hypothesis import given

from decoded import decoded
from hostile_texts import texts
from zhenggai.errors import WrongUsageError
from zhenggai.exporters import docx, html
from zhenggai.model.notice_settings import Notice
from zhenggai.notice import rendering
from zhenggai.notice.markdown_blocks import Block, blocks
from zhenggai.notice.papers import PAPERS
from zhenggai.storage.resources import shipped

_FORM = """# {{ x }}

{{ x }}

## 一、{{ x }}

1.关于“{{ x }}”问题

| 项 | 值 |
|---|---|
| {{ x }} | {{ [x, x] }} |
"""


def _texts(x: str) -> list[str]:
    """Give the texts that the form has for a value."""
    return [x, x, f"一、{x}", f"1.关于“{x}”问题", "项", "值", x, f"{x}、{x}"]


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("templates")
    (folder / "甲.md").write_text(_FORM, encoding="utf-8")
    return folder


class _Page(HTMLParser):
    """Reads a page as a browser does: its tags, their attributes, and the text in each."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[tuple[str, str | None]] = set()
        self.texts: list[str] = []
        self.style = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= set(attrs)
        self.texts.append("")

    def handle_endtag(self, _tag: str) -> None:
        self.texts.append("")

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] == ["style"] and not self.style:
            self.style = data
        elif self.texts:
            self.texts[-1] += data

    def words(self) -> list[str]:
        return [text.strip() for text in self.texts if text.strip()]


def _html(source: str) -> str:
    return html.paper(source, None)


def _literal(text: str) -> str:
    return re.sub(" +", " ", text).strip()


@given(text=texts)
def test_any_text_is_literal_in_plain_text(form: Path, text: str) -> None:
    literal = _literal(text)
    if literal:
        written = rendering.text(rendering.markdown("甲", {"x": literal}, [form]))
        title, paragraph, heading, question, head, row = written.removesuffix("\n").split("\n")
        assert [title, paragraph, heading, question] == _texts(literal)[:4]
        assert (head, row) == ("项  值", f"{literal}  {literal}、{literal}")


_OUR_TAGS = {
    *("html", "head", "meta", "title", "style", "body", "h1", "h2", "p"),
    *("div", "table", "thead", "tbody", "tr", "th", "td"),
}
_OUR_ATTRIBUTES = {
    ("class", "table"),
    ("lang", "zh-CN"),
    ("charset", "utf-8"),
    ("name", "viewport"),
    ("content", "width=device-width, initial-scale=1"),
    ("http-equiv", "Content-Security-Policy"),
    ("content", "default-src 'none'; style-src 'unsafe-inline'"),
}


@given(text=texts)
def test_any_text_is_text_in_html_and_brings_no_tag(form: Path, text: str) -> None:
    literal = _literal(text)
    if literal:
        page = _Page(_html(rendering.markdown("甲", {"x": literal}, [form])))
        # A browser's title ends where a line of it would; the body has it whole.
        title, *body = page.words()
        assert title == literal[:60].strip()
        assert body == _texts(literal)
        assert set(page.tags) == _OUR_TAGS
        assert page.attributes - {("class", "long")} == _OUR_ATTRIBUTES


def test_the_page_needs_nothing_but_itself() -> None:
    page = _html("# 通报\n\n<script src='http://x.cn/a.js'></script>\n\n![图](http://x.cn)\n")
    read = _Page(page)
    assert "script" not in read.tags
    assert not {name for name, _ in read.attributes} & {"src", "href", "onload", "style"}
    assert not re.search(r"url\(|@import|expression", read.style)


def test_a_hostile_title_stays_in_the_title() -> None:
    page = _Page(_html("# \\</title\\>\\<script\\>alert(1)\\</script\\>$body${x}\n\n文\n"))
    words = "</title><script>alert(1)</script>$body${x}"
    assert page.words() == [words, words, "文"]
    assert "script" not in page.tags


def test_an_empty_heading_is_no_line() -> None:
    assert rendering.text("## \n\n文\n") == "文\n"


def test_a_page_without_a_title_is_named_by_its_first_words() -> None:
    assert _Page(_html("没有逾期的问题。\n\n完\n")).words()[0] == "没有逾期的问题。"
    assert _Page(_html("")).words() == []


def test_plain_text_has_a_line_for_each_block() -> None:
    source = "# 题\n\n甲\n\n| a | b |\n|---|---|\n| 1 | |\n\n乙\n"
    assert rendering.text(source) == "题\n甲\na  b\n1  \n乙\n"
    apart = decoded(Notice, {"段间空行": "是", "文末换行": "否"})
    assert rendering.text(source, apart).startswith("题\n\n甲\n\n")
    assert not rendering.text(source, apart).endswith("\n")


@pytest.mark.parametrize(
    ("last", "count"),
    [
        (["现将情况公布如下。", "中共某某县农业局党组", "2021年5月18日"], 2),
        (["现将情况公布如下。", "2021年5月18日"], 1),
        (["联系电话:86882428", "2021年5月18日"], 1),
        (["甲" * 41, "2021年5月18日"], 1),
        (["2021年5月18日"], 1),
        (["中共某某县农业局党组"], 0),
        (["县农业局", "2021年5月18日公布"], 0),
        ([], 0),
    ],
)
def test_signature_and_date_are_known_at_the_end(last: list[str], count: int) -> None:
    assert rendering.ending([Block(0, text) for text in last]) == count


def test_a_heading_or_a_table_is_no_signature() -> None:
    date = Block(0, "2021年5月18日")
    assert rendering.ending([Block(2, "三、附则"), date]) == 1
    assert rendering.ending([Block(0, "", (("甲",),)), date]) == 1
    assert rendering.ending([Block(0, "局党组"), Block(2, "2021年5月18日")]) == 0


def test_signature_and_date_stand_on_the_right_of_a_page() -> None:
    page = _html("# 通报\n\n文\n\n局党组\n\n2021年5月18日\n")
    assert '<p>文</p>\n<p class="end">局党组</p>\n<p class="end">2021年5月18日</p>' in page


_DRAFT = rendering.Marks(draft=True)
_MARKED = rendering.Marks("内部资料", draft=True)


@pytest.mark.parametrize(
    ("source", "marked"),
    [
        ("# 通报\n\n文\n", ["通报", "（征求意见稿）", "文"]),
        ("文\n", ["（征求意见稿）", "文"]),
        ("# 只有题\n", ["只有题", "（征求意见稿）"]),
    ],
)
def test_a_draft_is_marked_below_its_title(tmp_path: Path, source: str, marked: list[str]) -> None:
    (tmp_path / "甲.md").write_text(source, encoding="utf-8")
    written = rendering.markdown("甲", {}, [tmp_path], _DRAFT)
    assert [block.text for block in blocks(written)] == marked
    assert '<p class="draft">（征求意见稿）</p>' in _html(written)


def test_several_forms_are_each_marked_as_drafts(tmp_path: Path) -> None:
    (tmp_path / "甲.md").write_text("# 一\n\n文\n\n# 二\n\n文\n", encoding="utf-8")
    written = rendering.markdown("甲", {}, [tmp_path], _DRAFT)
    assert rendering.text(written) == "一\n（征求意见稿）\n文\n二\n（征求意见稿）\n文\n"


def test_a_marking_stands_above_the_title_of_every_form(tmp_path: Path) -> None:
    (tmp_path / "甲.md").write_text("# 一\n\n文\n\n# 二\n\n文\n", encoding="utf-8")
    written = rendering.markdown("甲", {}, [tmp_path], _MARKED)
    draft = "（征求意见稿）"
    assert rendering.text(written) == f"内部资料\n一\n{draft}\n文\n内部资料\n二\n{draft}\n文\n"
    (tmp_path / "乙.md").write_text("文\n", encoding="utf-8")
    written = rendering.markdown("乙", {}, [tmp_path], _MARKED)
    indented = Notice(indented=True)
    shown = rendering.text(written, indented, _MARKED)
    assert shown == f"内部资料\n{draft}\n\u3000\u3000文\n"


def test_a_printed_page_has_its_marks_at_its_head(tmp_path: Path) -> None:
    (tmp_path / "甲.md").write_text("# 题\n\n文\n", encoding="utf-8")
    page = html.paper(rendering.markdown("甲", {}, [tmp_path], _MARKED), None, _MARKED)
    assert '@top-left { content: "内部资料\u3000（征求意见稿）"' in page
    assert '<p class="marking">内部资料</p>\n<h1>题</h1>' in page
    assert "<title>题</title>" in page


def test_a_word_document_has_its_marks_in_the_head_of_every_page(tmp_path: Path) -> None:
    (tmp_path / "甲.md").write_text("# 一\n\n文\n\n# 二\n\n内部资料\n\n文\n", encoding="utf-8")
    written = rendering.markdown("甲", {}, [tmp_path], _MARKED)
    document = word.Document(BytesIO(docx.paper(written, None, _MARKED)))
    (section,) = document.sections
    heads = [section.header, section.even_page_header]
    assert [one.paragraphs[0].text for one in heads] == ["内部资料\u3000（征求意见稿）"] * 2
    texts = [one.text for one in document.paragraphs if one.text]
    draft = "（征求意见稿）"
    assert texts == ["一", draft, "文", "二", draft, "内部资料", "文"]
    plain = word.Document(BytesIO(docx.paper(written, None)))
    assert [one.text for one in plain.sections[0].header.paragraphs] == [""]


def test_blank_lines_left_by_a_template_are_closed_up(tmp_path: Path) -> None:
    (tmp_path / "甲.md").write_text("\n\n甲\n\n\n\n乙\x07\n\n\n", encoding="utf-8")
    assert rendering.markdown("甲", {}, [tmp_path]) == "甲\n\n乙\n"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("list", "是否想写“lists”；"),
        ("Letter", "是否想写“letter”；"),
        ("notice.md", "是否想写“notice”；"),
        ("通告", ""),
        ("../notice", "是否想写“notice”；"),
        ("", ""),
    ],
)
def test_a_mistyped_template_is_answered_with_those_there_are(name: str, meant: str) -> None:
    with pytest.raises(WrongUsageError) as refused:
        rendering.markdown(name, {}, [shipped("templates")])
    known = "、".join(sorted(PAPERS))
    assert f"没有模板“{name}”；{meant}可用：{known}" == str(refused.value)


def test_the_ledgers_own_template_goes_before_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "notice.md").write_text("自己的", encoding="utf-8")
    folders = [tmp_path, shipped("templates")]
    assert rendering.markdown("notice", {}, folders) == "自己的\n"


def test_each_page_of_html_has_its_signature_and_wide_tables_move_sideways() -> None:
    def table(columns: int) -> str:
        return f"|{' 甲 |' * columns}\n|{'---|' * columns}\n|{' 乙 |' * columns}\n"

    letter = f"文。\n\n{table(2)}\n局党组\n\n2021年5月18日\n\n抄送：纪检组\n\n{table(8)}"
    page = html.paper(f"# 一\n\n{letter}\n# 二\n\n{letter}", None)
    signed = re.findall(r'<p class="end">(.*?)</p>', page)
    assert signed == ["局党组", "2021年5月18日"] * 2
    assert re.findall(r'<div class="(.*?)"><table>', page) == ["table", "table wide"] * 2
    assert page.count("<p>抄送：纪检组</p>") == 2
