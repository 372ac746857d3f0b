"""`zhenggai import`: text, Markdown and Word are read, and nothing is overwritten."""

from datetime import date
from pathlib import Path

import docx
import pytest

from commandline import ROOT, Zhenggai
from word_files import paragraph, run, word_file
from zhenggai import load, render

FIXTURES = ROOT / "tests" / "notice" / "fixtures"
PUBLISHED = FIXTURES / "published-2021.txt"
FLAT = FIXTURES / "a-flat.txt"


def _announced(folder: Path) -> str:
    """Return the notice as it will read once responsibilities and deadlines are filled in."""
    return render(load(folder), date(2023, 1, 1), form="text")


@pytest.mark.parametrize("name", [path.stem for path in sorted(FIXTURES.glob("*.txt"))])
def test_announce_gives_an_imported_notice_back(
    name: str, tmp_path: Path, zhenggai: Zhenggai
) -> None:
    folder = tmp_path / "台账"
    outcome = zhenggai("import", str(FIXTURES / f"{name}.txt"), "-o", str(folder))
    assert outcome.code == 0
    text = (FIXTURES / f"{name}.txt").read_text(encoding="utf-8")
    same = "由台账写出的通报与原文逐字相同" in outcome.out
    assert same == (name != "traps")
    assert (_announced(folder) == text) == same


def test_what_was_found_is_shown_and_a_dry_run_writes_nothing(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    folder = tmp_path / "台账"
    outcome = zhenggai("import", str(PUBLISHED), "-o", str(folder), "--dry-run")
    aspects = "第8行写明“3个方面”，没有写明哪个问题属于哪个方面，“方面”未填写"
    assert (outcome.code, outcome.err) == (0, f"请补充：{aspects}\n")
    assert outcome.out == (
        "单位：县科技局党组  巡察组：县委第一巡察组\n"
        "反馈：2021-02-01  落款日期：2021-05-18\n"
        "识别出19个问题，61项措施\n"
        "由台账写出的通报与原文逐字相同\n"
    )
    assert not folder.exists()


def test_lines_that_come_out_differently_are_named(zhenggai: Zhenggai) -> None:
    outcome = zhenggai("import", str(FIXTURES / "traps.txt"), "--dry-run")
    assert outcome.code == 0
    kept = "第9行未放进通报，原样保存在“未识别”里：这一段谁也不知道放在哪里，问题数是{问题数}。\n"
    assert kept in outcome.err
    assert "网页或打印留下的内容不再写出，保存在“未识别”里：第6、18行\n" in outcome.err
    assert "请核对：问题的序号有缺号：第11行是4，前一个是2\n" in outcome.err
    assert "由台账写出的通报与原文有1处不同：\n" in outcome.err
    assert (
        "  原文“这一段谁也不知道放在哪里，问题数是{问题数}。”，写出的是“（没有）”\n" in outcome.err
    )


def test_what_may_be_meant_otherwise_is_told_with_its_lines(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    folder = tmp_path / "台账"
    notice = FIXTURES / "other" / "state-clauses.txt"
    outcome = zhenggai("import", str(notice), "-o", str(folder))
    assert outcome.code == 0
    told = [line for line in outcome.err.splitlines() if line.startswith("请核对：")]
    assert told == [
        "请核对：第9行写明的是“长期坚持”，类型读作长期坚持，措施没有登记为完成",
        "请核对：第15行写明的是各项措施的完成情况（“已完成”等），没有写明整个问题的，问题没有登记为销号",
        "请核对：第17行末尾的“已整改到位”读作整个问题的完成情况，也可能只说最后一项措施",
    ]
    assert "通报写明已完成4个" in outcome.out
    assert "事项: 销号" not in (folder / "04.yaml").read_text(encoding="utf-8")
    assert "事项: 销号" in (folder / "05.yaml").read_text(encoding="utf-8")


def test_the_published_notice_is_warned_of_its_own_figures(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    zhenggai("import", str(PUBLISHED), "-o", str(tmp_path / "台账"))
    words = ("--ledger", str(tmp_path / "台账"), "--today", "2021-05-18")
    assert zhenggai("announce", *words)[:2] == (3, "")
    err = zhenggai("announce", "--draft", *words).err
    assert "这里写“党组会议10次”，inspection.yaml里“通报”的“组织情况”第1项写“党组会议4次”" in err
    assert "这里写“台帐”，别处用“台账”" in err
    assert "通报没有标题；补充标题" in err


def _bytes(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_folder_with_a_ledger_is_left_alone(tmp_path: Path, zhenggai: Zhenggai) -> None:
    zhenggai("import", str(FLAT), "-o", str(tmp_path))
    before = _bytes(tmp_path)
    outcome = zhenggai("import", str(PUBLISHED), "-o", str(tmp_path))
    assert outcome.code == 4
    assert "里已经有台账，未改动任何文件；用 -o 换一个文件夹" in outcome.err
    assert _bytes(tmp_path) == before


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("gb18030", "原文按GB18030编码读出，请核对有无乱码\n"),
        ("utf-16", "原文按UTF-16编码读出，请核对有无乱码\n"),
    ],
)
def test_what_chinese_editors_save_is_read(
    encoding: str, note: str, tmp_path: Path, zhenggai: Zhenggai
) -> None:
    source = tmp_path / "通报.txt"
    source.write_bytes(FLAT.read_text(encoding="utf-8").encode(encoding))
    outcome = zhenggai("import", str(source), "--dry-run")
    assert "识别出3个问题，7项措施" in outcome.out
    assert outcome.err == note


def test_windows_line_ends_are_read_and_told(tmp_path: Path, zhenggai: Zhenggai) -> None:
    source = tmp_path / "通报.txt"
    source.write_bytes(FLAT.read_bytes().replace(b"\n", b"\r\n"))
    outcome = zhenggai("import", str(source), "--dry-run")
    assert "识别出3个问题，7项措施" in outcome.out
    assert outcome.err == "原文的换行不是LF；写出的通报一律用LF\n"


def test_markdown_is_read_as_the_text_it_shows(tmp_path: Path, zhenggai: Zhenggai) -> None:
    zhenggai("import", str(FLAT), "-o", str(tmp_path / "甲"))
    markdown = tmp_path / "通报.md"
    markdown.write_text(render(load(tmp_path / "甲"), date(2022, 10, 8)), encoding="utf-8")
    outcome = zhenggai("import", str(markdown), "-o", str(tmp_path / "乙"))
    assert "逐字相同" in outcome.out
    assert _announced(tmp_path / "乙") == FLAT.read_text(encoding="utf-8")


def test_word_is_read_with_its_tables_in_order(tmp_path: Path, zhenggai: Zhenggai) -> None:
    document = docx.Document()
    for line in FLAT.read_text(encoding="utf-8").splitlines():
        document.add_paragraph(line)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "附件", "整改台账"
    document.add_paragraph("附注", style="List Number")
    source = tmp_path / "通报.docx"
    document.save(str(source))
    outcome = zhenggai("import", str(source), "--dry-run")
    assert "识别出3个问题，7项措施" in outcome.out
    assert "逐字相同" in outcome.out
    assert "附件  整改台账" in zhenggai("import", str(source), "-o", str(tmp_path / "甲")).out + (
        tmp_path / "甲" / "inspection.yaml"
    ).read_text(encoding="utf-8")


_HEADED = ["序号", "问题", "整改措施", "整改情况", "责任单位", "完成时限"]
_ROWS = [
    *(["1", "河道采砂监管不力", "开展巡查12次", "已完成", "水政股", "2022年8月31日"],),
    *(["2", "水库安全管理不到位", "落实巡库员32名", "正在推进", "水库股", "2022年12月底"],),
]


def _document(path: Path, above: list[str], below: list[str]) -> str:
    document = docx.Document()
    for line in above:
        document.add_paragraph(line)
    table = document.add_table(0, len(_HEADED))
    for row in (_HEADED, *_ROWS):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for line in below:
        document.add_paragraph(line)
    document.save(str(path))
    return str(path)


_NOTICE_TITLE = "县水利局党组关于巡察整改情况的通报"
_NOTICE_OPENING = (
    "2022年3月1日至4月29日，县委第二巡察组对县水利局党组进行了巡察，6月10日反馈。"
    "现将整改情况予以公布。"
)


def test_a_document_with_title_opening_and_signature_around_a_table_is_a_notice(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    above, below = [_NOTICE_TITLE, _NOTICE_OPENING], ["县水利局党组", "2022年11月3日"]
    source = _document(tmp_path / "通报.docx", above, below)
    outcome = zhenggai("import", source, "--dry-run")
    assert outcome.code == 0
    assert "识别出2个问题，2项措施" in outcome.out
    assert "按公布的通报读；要按台账读，加 --as 台账" in outcome.err
    ledger = str(tmp_path / "甲")
    as_register = zhenggai("import", source, "-o", ledger, "--dry-run", "--as", "台账")
    assert "列的对应" in as_register.out


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ([_NOTICE_TITLE], []),
        ([_NOTICE_TITLE], ["县水利局党组", "2022年11月3日"]),
        ([_NOTICE_TITLE, _NOTICE_OPENING], []),
        (["县水利局党组巡察整改台账", _NOTICE_OPENING], ["县水利局党组", "2022年11月3日"]),
    ],
)
def test_a_table_without_all_of_these_is_a_register(
    above: list[str], below: list[str], tmp_path: Path, zhenggai: Zhenggai
) -> None:
    source = _document(tmp_path / "台账.docx", above, below)
    outcome = zhenggai("import", source, "-o", str(tmp_path / "甲"), "--dry-run")
    assert "列的对应" in outcome.out
    assert "按公布的通报读" not in outcome.err


def test_what_no_day_could_be_made_of_is_told_by_its_words(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    file = tmp_path / "通报.txt"
    opening = _NOTICE_OPENING.replace("2022年3月1日至4月29日", "2022年3月中旬至4月下旬")
    text = f"{_NOTICE_TITLE}\n{opening}\n一、整改情况\n1.会议多。\n一是少开会。二是开短会。\n"
    file.write_text(text, encoding="utf-8")
    outcome = zhenggai("import", str(file), "--dry-run")
    assert outcome.code == 0
    told = "请补充：巡察的时间写作“2022年3月中旬至4月下旬”，定不了是哪一天的没有填写"
    assert told in outcome.err


def test_word_is_read_as_it_is_seen_and_what_cannot_be_read_is_named(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    lines = FLAT.read_text(encoding="utf-8").splitlines()
    lines[1] = f"<w:ins>{run(lines[1])}</w:ins>{run('藏', '<w:vanish/>')}"
    lines[2:] = [f"<w:smartTag>{run(line)}</w:smartTag>" for line in lines[2:]]
    source = tmp_path / "通报.docx"
    body = paragraph(run(lines[0])) + "".join(map(paragraph, lines[1:]))
    source.write_bytes(word_file(body))
    outcome = zhenggai("import", str(source), "--dry-run")
    assert "由台账写出的通报与原文逐字相同" in outcome.out
    assert outcome.err == ("原文有修订1处，按全部接受以后的文字读出\n原文有隐藏的内容1处，未读取\n")
    white = paragraph(run(" "), run("附注", '<w:color w:val="FFFFFF"/>'))
    source.write_bytes(word_file(body + 2 * white))
    told = "原文有特殊样式的文字：白色的字2处；已照读，请对照原文核对\n"
    assert told in zhenggai("import", str(source), "--dry-run").err
    picture = "<w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r>"
    source.write_bytes(word_file(body + 2 * paragraph(picture)))
    outcome = zhenggai("import", str(source), "--dry-run")
    assert "由台账写出的通报与读出的文字逐字相同" in outcome.out
    assert "原文有无法读取的内容：图片2处；其中是文字的，在Word里改成文字再导入\n" in outcome.err


def test_a_text_that_would_turn_the_terminals_order_about_is_spelled_out(
    tmp_path: Path, zhenggai: Zhenggai
) -> None:
    source = tmp_path / "通报.txt"
    text = FLAT.read_text(encoding="utf-8").replace("县", "县\u202e")
    source.write_text(f"{text}打印\u202e本页\n", encoding="utf-8")
    for words in (["--dry-run"], ["-o", str(tmp_path / "台\u202e账")]):
        outcome = zhenggai("import", str(source), *words)
        assert outcome.code == 0
        assert "\u202e" not in outcome.out + outcome.err
        assert "打印\\u202e本页" in outcome.err
        assert "县\\u202e" in outcome.out


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("空.txt", b"  \n", "里没有文字；核对文件名"),
        (
            "图.txt",
            b"\x89PNG\x00\x00\xff\xff",
            "不是文本；导入txt、md、html、docx或pdf，老式的doc、wps先另存为docx",
        ),
        ("铃.txt", "一、甲\n响\x07".encode(), "第2行有不可见的控制字符（U+0007）；删去后再导入"),
        ("坏.docx", b"PK\x03\x04", "不是能读的docx文件；用Word或WPS另存为docx再导入"),
        ("大.txt", b"a" * ((16 << 20) + 1), "太大，不会是一份通报；核对文件名"),
        ("长.txt", "一是".encode() * (1 << 18), "太长（超过10万字或2000行）"),
        (
            "诗.txt",
            "床前明月光\n".encode(),
            "里未识别出问题；通报要有“1.关于……问题的整改”这样的条目",
        ),
    ],
)
def test_what_is_no_notice_gets_one_sentence(
    name: str, content: bytes, sentence: str, tmp_path: Path, zhenggai: Zhenggai
) -> None:
    (tmp_path / name).write_bytes(content)
    outcome = zhenggai("import", str(tmp_path / name), "-o", str(tmp_path / "台账"))
    assert (outcome.code, outcome.out) == (3, "")
    assert sentence in outcome.err
    assert outcome.err.count("\n") == 1
    assert not (tmp_path / "台账").exists()


def test_a_missing_file_and_a_folder_get_one_sentence(tmp_path: Path, zhenggai: Zhenggai) -> None:
    missing = zhenggai("import", str(tmp_path / "无.txt"))
    assert missing.code == 2
    assert "（路径不存在）；请核对路径" in missing.err
    folder = zhenggai("import", str(tmp_path))
    assert folder.code == 2
    assert "是文件夹；写上通报的文件名" in folder.err


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path, zhenggai: Zhenggai) -> None:
    (tmp_path / "文件").write_text("x", encoding="utf-8")
    outcome = zhenggai("import", str(FLAT), "-o", str(tmp_path / "文件"))
    assert outcome.code == 4
    assert "不能写入" in outcome.err


def test_hostile_words_stay_words(tmp_path: Path, zhenggai: Zhenggai) -> None:
    titles = ["../../x", "a: b #c", "- x: &y *z", "<script>", "[red]x[/red]", "'\""]
    found = "".join(f"{n}.关于“{x}”问题的整改。\n{x}。\n" for n, x in enumerate(titles, start=1))
    source = tmp_path / "通报.txt"
    source.write_text(f"一、整改落实情况\n{found}", encoding="utf-8")
    outcome = zhenggai("import", str(source), "-o", str(tmp_path / "台账"))
    assert (outcome.code, outcome.err) == (0, "")
    assert "逐字相同" in outcome.out
    assert _announced(tmp_path / "台账") == source.read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["台账", "通报.txt"]
