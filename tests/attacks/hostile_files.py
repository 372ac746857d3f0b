"""Files made to hang a reader, to fill its memory or to have it believe what is not there."""

import io
import zipfile
import zlib
from collections.abc import Callable

from word_files import members, packed, paragraph, root, run, table, word_file

_PART = "word/document.xml"


def _forged(files: dict[str, bytes], name: str, packed_part: bytes, said: int) -> bytes:
    """Pack members, one of them from a stream of its own whose size the directory forges."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for other, text in files.items():
            if other != name:
                archive.writestr(other, text)
        entry = zipfile.ZipInfo(name)
        entry.compress_type = zipfile.ZIP_STORED
        archive.writestr(entry, packed_part)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.file_size = said
    written = content.getvalue()
    # The member's own head says as yet that it is stored.
    at = written.index(b"PK\x03\x04", entry.header_offset)
    head = bytearray(written[at : at + 30])
    head[8:10] = (8).to_bytes(2, "little")
    head[22:26] = said.to_bytes(4, "little")
    return written[:at] + bytes(head) + written[at + 30 :]


def _blown_up(before: str, again: str, megabytes: int, after: str) -> bytes:
    """Give a deflated stream that repeats something for so many megabytes, made at no cost."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    start = packer.compress(before.encode()) + packer.flush(zlib.Z_FULL_FLUSH)
    block = again.encode() * ((1 << 20) // len(again.encode()))
    one = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    end = packer.compress(after.encode()) + packer.flush()
    return start + one * megabytes + end


def _bomb(megabytes: int) -> bytes:
    """Give a document of so many megabytes of blanks that says it has a thousand."""
    before, _, after = root("document", "<w:body>!</w:body>").partition("!")
    stream = _blown_up(before, " ", megabytes, after)
    return _forged(members(""), _PART, stream, 1000)


def _with(name: str, content: bytes) -> bytes:
    return packed(members(paragraph(run("甲"))) | {name: content})


def _body(xml: str) -> bytes:
    return word_file(xml)


def _nested(name: str, times: int, inside: str) -> str:
    return f"<w:{name}>" * times + inside + f"</w:{name}>" * times


def _entities() -> bytes:
    kinds = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "甲" * 10}">' for n in range(9))
    text = root("document", f"<w:body>{paragraph(run('&e8;'))}</w:body>")
    return _with(_PART, f"<!DOCTYPE w [{kinds}]>{text}".encode())


def _outside() -> bytes:
    text = root("document", f"<w:body>{paragraph(run('&e;'))}</w:body>")
    return _with(_PART, f'<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]>{text}'.encode())


def _many_members(number: int) -> bytes:
    return packed(
        members(paragraph(run("甲"))) | {f"word/{n}": b"" for n in range(number)},
        zipfile.ZIP_STORED,
    )


def _twice() -> bytes:
    one, other = (members(paragraph(run(text))) for text in "甲乙")
    content = io.BytesIO(packed(one))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("WORD/document.xml", other[_PART])
    return content.getvalue()


def _encrypted() -> bytes:
    content = bytearray(word_file(paragraph(run("甲"))))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(mark, at + 4)
    return bytes(content)


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)


def _styles(chain: Callable[[int], int], number: int) -> str:
    return "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{chain(n)}"/></w:style>'
        for n in range(number)
    )


def _in_style(number: int) -> str:
    return "".join(
        paragraph(run("甲"), properties=f'<w:pStyle w:val="s{n}"/>') for n in range(number)
    )


def _numbering(form: str, text: str, start: int, links: int = 0) -> str:
    level = (
        f'<w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )
    linked = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:numStyleLink w:val="x"/></w:abstractNum>'
        for n in range(1, links)
    )
    used = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(links or 1)
    )
    return f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>{linked}{used}'


def _counted(number: int, every: int = 1) -> str:
    return "".join(
        paragraph(run("甲"), properties=f'<w:numPr><w:numId w:val="{n % every}"/></w:numPr>')
        for n in range(1, number)
    )


def _begin(times: int) -> str:
    return '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * times


def _row(properties: str) -> str:
    return f"<w:tr><w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run('甲'))}</w:tc></w:tr>"


_TABLE = table((paragraph(run("甲")),))

# Files that no notice is; each must be refused.
REFUSED: dict[str, Callable[[], bytes]] = {
    "forged size.docx": lambda: _bomb(600),
    "true size.docx": lambda: _body(" " * (50 << 20)),
    "packed by bzip2.docx": lambda: packed(members(" " * (4 << 20)), zipfile.ZIP_BZIP2),
    "empty paragraphs.docx": lambda: _body("<w:p/>" * 2_000_000),
    "attribute.docx": lambda: _body(f'<w:p w:x="{"a" * (22 << 20)}"/>'),
    "one text.docx": lambda: _body(paragraph(run("a" * (20 << 20)))),
    "texts and marks.docx": lambda: _body(
        paragraph(f"<w:r><w:t>{'甲<w:b/>' * 200_000}</w:t></w:r>")
    ),
    "deep.docx": lambda: _body(_nested("smartTag", 100_000, "甲")),
    "entities.docx": _entities,
    "outside entity.docx": _outside,
    "members.docx": lambda: _many_members(20_000),
    "styles.docx": lambda: word_file(paragraph(run("甲")), styles="<w:style/>" * 4_000_000),
    "two documents.docx": _twice,
    "path for a document.docx": lambda: packed(
        {
            name: text.replace(b"word/document.xml", b"../../../../../../etc/passwd")
            for name, text in members(paragraph(run("甲"))).items()
        }
    ),
    "NUL.docx": lambda: _body(paragraph(run("甲\0乙"))),
    "locked by Word.docx": lambda: _OLE + "EncryptedPackage".encode("utf-16-le"),
    "locked zip.docx": _encrypted,
    "old.docx": lambda: _OLE,
    "cut.docx": lambda: word_file(paragraph(run("甲")))[:-200],
    "spreadsheet.docx": lambda: _with(_PART, b'<workbook xmlns="http://x.cn"/>'),
    "large.txt": lambda: b"a" * (100 << 20),
    "line.txt": lambda: "甲".encode() * (3 << 20),
    "utf-16.txt": lambda: b"\xff\xfe" + "甲".encode("utf-16-le") * ((8 << 20) - 2),
    "lone halves.txt": lambda: b"\xff\xfe" + b"\x00\xd8" * 100_000,
    "NUL.txt": lambda: b"\xe7\x94\xb2\0" * 100_000,
    "GB18030.txt": lambda: "甲".encode("gb18030") * ((8 << 20) - 1),
    "backslashes.md": lambda: b"\\" * (3 << 20),
    "lines.md": lambda: b"a\n\n" * (5 << 20),
}


def _notice(line: str) -> str:
    return f"某局党组关于整改情况的通报\n一、整改落实情况\n1.关于“甲”问题的整改。\n{line}\n"


def _filled(text: str, characters: int = 99_900) -> str:
    return _notice(text * (characters // len(text)))


_LONG = [
    *(
        "一是",
        "一是二是",
        "二是",
        "1.",
        "1.2.",
        "（1）",
        "(1)甲；",
        "①",
        "一、",
        "（一）",
        "“",
        "”",
    ),
    *("，", "关于“", "根据", "根据，2021年1月1日至", "2021年1月1日", "2021年1月1日，", "对", "向"),
    *("完成情况：", "整改情况：", "联系电话：", "电子邮箱：", "a@", "a.", "地址：", "公示期"),
    *("年", "月", "日", "1", "-", "— ", "第1页", "{", "{问题数}", "}", "党组会议10次", "甲", "a"),
    *("\u3000", "\t", "甲\n", "1.甲\n", "一是甲。二是乙。\n", "\u200b", "\u202e", "反馈，", "巡察"),
    *("。", " a", "问题", "的整改", "”"),
    *("清退资金2万元，", "收回欠款2万元、", "共追缴2万元，上缴2万元，", "约谈3人、", "处理5人，"),
    *(
        "制定制度3项、",
        "完善《甲办法》等2项制度、",
        "制定整改措施3条，已完成2条，",
        "3大类10小类21条，",
    ),
    *("反馈的3个方面1个问题，", "办公室牵头、", "（牵头）、", "预计6月底前完成，", "基本完成，"),
    *("责任科室：甲牵头、", "责任科室：甲（牵头），"),
]
_MARKDOWN = [
    *("\\", "*", "_", "**a", "*a **a ", "`", "`a", "[", "![", "<", "&", "&amp;", "~", "|", "> "),
    *("1. ", "#", "# ", "a\n===\n", "|a", "||\n", "|-|\n", "- a\n", "* * *\n", "\\\n", "  - a\n"),
    *("a*b_c", "<!--", "http://a", "\t", "[a](", "]: ", "- ", "$"),
]

# Files that may be read or refused, as long as it is soon; what takes longest is for the thorough.
SLOW: dict[str, Callable[[], bytes]] = {
    "a span.docx": lambda: _body(
        _TABLE.replace("<w:tcPr/>", '<w:tcPr><w:gridSpan w:val="100000000"/></w:tcPr>')
    ),
    "merged cells.docx": lambda: _body(
        "<w:tbl>" + _row('<w:vMerge w:val="restart"/>') + _row("<w:vMerge/>") * 5_000 + "</w:tbl>"
    ),
    "tables in tables.docx": lambda: _body(
        "<w:tbl><w:tr><w:tc>" * 20 + _TABLE * 2_000 + "</w:tc></w:tr></w:tbl>" * 20
    ),
}
SLOWER: dict[str, Callable[[], bytes]] = {
    "nine million paragraphs.docx": lambda: _body("<w:p/>" * 9_000_000),
    "tags around many.docx": lambda: _body(paragraph(_nested("smartTag", 90, run("甲") * 60_000))),
    "boxes in boxes.docx": lambda: _body(
        "<w:p><w:r><w:pict><w:txbxContent>" * 24
        + paragraph(run("甲"))
        + "</w:txbxContent></w:pict></w:r></w:p>" * 24
    ),
    "fields in fields.docx": lambda: _body(
        paragraph(_begin(60_000) + "<w:r><w:instrText>甲</w:instrText></w:r>" * 20_000)
    ),
    "fields and texts.docx": lambda: _body(
        paragraph(
            '<w:r><w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="separate"/></w:r>'
            * 30_000
            + run("甲") * 30_000
        )
    ),
    "ends deleted.docx": lambda: _body(
        paragraph(run("甲" * 20), properties="<w:rPr><w:del/></w:rPr>") * 30_000
    ),
    "styles in a circle.docx": lambda: word_file(
        _in_style(8_000), styles=_styles(lambda n: (n + 1) % 20_000, 20_000)
    ),
    "letters for a number.docx": lambda: word_file(
        _counted(4_000), numbering=_numbering("lowerLetter", "%1.", 999_999)
    ),
    "long labels.docx": lambda: word_file(
        _counted(4_000), numbering=_numbering("decimal", "甲" * 100_000, 1)
    ),
    "linked lists.docx": lambda: word_file(
        _counted(10_000, 10_000), numbering=_numbering("decimal", "%1.", 1, links=10_000)
    ),
    "notes.docx": lambda: _body(paragraph('<w:r><w:footnoteReference w:id="1"/></w:r>' * 60_000)),
    **{f"{text!r}.txt": lambda text=text: _filled(text).encode() for text in _LONG},  # type: ignore[misc]
    **{f"{text!r}.md": lambda text=text: _filled(text).encode() for text in _MARKDOWN},  # type: ignore[misc]
}
