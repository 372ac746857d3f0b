"""What a notice is read from: web pages, PDF, and text in the encodings that people have."""

from pathlib import Path

import pytest
from pdf_files import pdf_file

from zhenggai.errors import InvalidInputError, WrongUsageError
from zhenggai.notice import sources
from zhenggai.notice.comparing import differing
from zhenggai.notice.importing import read_notice

BASE = (Path(__file__).parent / "fixtures" / "small" / "base.txt").read_text(encoding="utf-8")
LINES = BASE.splitlines()


def _page(charset: str = "utf-8") -> str:
    paragraphs = "".join(f"<p>　　{line}</p>\n" for line in LINES[1:])
    menu = "".join(f"<li><a href='x'>{word}</a></li>" for word in ("首页", "机构", "信息公开"))
    return (
        f"<html><head><meta charset={charset}><title>网站</title><script>1.关于</script></head>"
        f"<body><nav><ul>{menu}</ul></nav><h1>{LINES[0]}</h1>"
        "<div>来源：县林业局 <span>发布时间：2022-11-05 10:00</span></div>"
        f"{paragraphs}<div style='display: none'>看不见</div><div>上一篇：无</div></body></html>"
    )


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gb18030", "big5"])
def test_a_web_page_is_read_as_it_is_seen(charset: str, tmp_path: Path) -> None:
    path = tmp_path / "通报.html"
    page = _page(charset)
    if charset == "big5":
        page = "<meta charset=big5><p>縣委關於整改落實的通報</p><p>1.會議過多</p>"
        path.write_bytes(page.encode(charset))
        assert sources.read(path).text == "縣委關於整改落實的通報\n1.會議過多\n"
        return
    path.write_bytes(page.encode("gb18030" if charset == "gb2312" else charset))
    source = sources.read(path)
    assert "看不见" not in source.text
    assert "网站" not in source.text
    draft = read_notice(source.text)
    assert [len(data["措施"]) for data in draft.findings] == [3, 2, 2, 2, 2]
    assert draft.notice["标题"] == LINES[0]
    assert [line.text for line in draft.page] == [
        *("首页", "机构", "信息公开", "来源：县林业局 发布时间：2022-11-05 10:00", "上一篇：无"),
    ]
    assert differing(draft) == []


def test_a_page_s_cells_and_pictures_are_kept_apart_and_told(tmp_path: Path) -> None:
    path = tmp_path / "通报.htm"
    path.write_text(
        "<table><tr><td>环节</td><td>用时</td></tr></table>甲<br>乙&amp;丙<img src=x>",
        encoding="utf-8",
    )
    source = sources.read(path)
    assert source.text == "环节  用时\n甲\n乙&丙\n"
    assert source.notes == ("网页有图片1张，未读取；其中有文字的，改成文字再导入",)
    assert not source.whole


def _wrapped(text: str, width: int) -> list[str]:
    return [
        line[at : at + width] for line in text.splitlines() for at in range(0, len(line), width)
    ]


def test_a_pdf_s_lines_are_put_together_again(tmp_path: Path) -> None:
    lines = _wrapped(BASE, 30)
    path = tmp_path / "通报.pdf"
    path.write_bytes(pdf_file([[*lines[:12], "- 1 -"], [*lines[12:], "- 2 -"]]))
    source = sources.read(path)
    draft = read_notice(source.text)
    assert [len(data["措施"]) for data in draft.findings] == [3, 2, 2, 2, 2]
    assert draft.findings[0]["问题"] == "森林防火责任不实"
    assert draft.inspection["反馈日期"] == "2022-06-10"
    assert (draft.notice["落款"], draft.notice["落款日期"]) == (LINES[-2], "2022-11-03")


def test_scanned_pages_are_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "通报.pdf"
    path.write_bytes(pdf_file([LINES, None, None]))
    source = sources.read(path)
    assert "第2、3页是扫描的图片或空白页，没有文字，未读取" in source.notes
    assert not source.whole
    path.write_bytes(pdf_file([None, None]))
    with pytest.raises(InvalidInputError, match="是扫描件，2页都没有文字；先用文字识别软件"):
        sources.read(path)
    path.write_bytes(b"%PDF-1.5 nothing")
    with pytest.raises(InvalidInputError, match="不是能读的pdf文件"):
        sources.read(path)


def test_big5_is_read_only_where_it_is_asked_for(tmp_path: Path) -> None:
    text = (
        "縣委第二巡察組對縣林業局黨組進行了巡察，整改落實情況如下。\n"
        "1.會議過多的問題。\n一是少開會。\n"
    )
    path = tmp_path / "通报.txt"
    path.write_bytes(text.encode("big5"))
    with pytest.raises(InvalidInputError, match=r"编码无法确定.*--encoding"):
        sources.read(path)
    assert sources.read(path, "big5").text == text
    with pytest.raises(WrongUsageError, match="--encoding 不能写“某码”"):
        sources.read(path, "某码")
    with pytest.raises(InvalidInputError, match="不是utf-8编码"):
        sources.read(path, "utf-8")
    path.write_bytes(text.encode("utf-16"))
    assert sources.read(path).text == text
