"""A text file of new findings: a title on each line, and below it, indented, its measures.

Behind a title as behind a measure may stand its deadline and its departments: 内容@时限#责任科室.
A line 键：值 (责任科室：财务科) says more of a finding where it is indented below its title.
Where it is not indented it says so of every title below, until the key stands there again.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from zhenggai.cli.measure_notation import measure_noted
from zhenggai.cli.notes_file import file_called, handed_text
from zhenggai.errors import InvalidInputError, WrongUsageError
from zhenggai.importers.tables.list_items import split_items
from zhenggai.ledger.progress_steps import NewMeasure
from zhenggai.ledger.stated_totals import number_in
from zhenggai.model.dates import DEADLINE_FORMS, DateTextError, parse_deadline
from zhenggai.model.ledger_model import Finding
from zhenggai.model.problem import shorten
from zhenggai.model.values import TEXTS
from zhenggai.storage.scaffold import FindingDraft

_KEYED = re.compile(r"(\w{2,8})[：:]\s*(\S.*)")
_DASHED = re.compile("[-—－–*•·]")
_ITEM = re.compile("[(（]?([0-9]{1,3}|[一二三四五六七八九十]{1,3})[)）.．、]+\\s*(?=\\S)")
_NOT_HERE = ("title", "measures", "records", "split_from", "people", "public", "notice_text")
FIELDS = {one.key: one for name, one in Finding.DECLARED.items() if name not in _NOT_HERE}
"""What a file may say of a finding, by key."""
_NOT_WRITTEN = {
    **dict.fromkeys(
        ("标题", "题目", "名称", "问题名称", "问题"), "问题的名称直接写在行首，不写“问题：”"
    ),
    **dict.fromkeys(("措施", "整改措施"), "措施写在问题下面，前面空两格，每项一行，不写“措施：”"),
    "记录": "记录在登记以后用 zhenggai log、close 等命令写",
}
"""What no line says in words: keys of a ledger's own files, and headings of a table."""


class ListedFinding(NamedTuple):
    """A finding of the file, and the line of its title."""

    line: int
    draft: FindingDraft


class _Line(NamedTuple):
    number: int
    text: str
    is_indented: bool

    @property
    def keyed(self) -> tuple[str, str] | None:
        """The key and the value, where the line says one that is known."""
        found = _KEYED.fullmatch(self.text)
        return (found[1], found[2]) if found and found[1] in FIELDS else None


class _Group(NamedTuple):
    """A title with what holds for it and what stands below it."""

    title: _Line
    held: dict[str, str]
    below: list[_Line]


def read_findings(name: str) -> list[ListedFinding]:
    """Return the findings of a file, or of standard input for `-`; # comments aside.

    Numbers before titles, and before the measures of a finding, are left away where they count
    1, 2, 3. Raise InvalidInputError where a line does not say what it should.
    """
    groups = _groups(name, list(_lines(handed_text(name, "登记问题用的文本"))))
    if not groups:
        raise InvalidInputError(
            f"{file_called(name)}里没有问题；每行写一个问题，措施写在下面，前面空两格"
        )
    titles = _unnumbered([group.title for group in groups])
    return [
        ListedFinding(group.title.number, _draft(name, group, title))
        for group, title in zip(groups, titles, strict=True)
    ]


def _lines(text: str) -> Iterable[_Line]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.lstrip().startswith("# "):
            yield _Line(number, line.strip(), line[0].isspace())


def _groups(name: str, lines: list[_Line]) -> list[_Group]:
    groups: list[_Group] = []
    held: dict[str, str] = {}
    for line in lines:
        key = re.split("[：:]", line.text)[0].rstrip()
        if key != line.text and key in _NOT_WRITTEN:
            raise _fault(name, line, _NOT_WRITTEN[key])
        if line.is_indented:
            if not groups:
                raise _fault(name, line, "前面还没有问题；问题的名称写在行首，措施写在它下面")
            groups[-1].below.append(line)
        elif groups and _DASHED.match(line.text) and not _DASHED.match(groups[0].title.text):
            raise _fault(name, line, "像是一项措施；措施写在问题下面，前面空两格")
        elif keyed := line.keyed:
            held = held | dict([keyed])
        else:
            groups.append(_Group(line, held, []))
    return groups


def _unnumbered(lines: list[_Line]) -> list[str]:
    """Return the texts of lines without the numbers before them, where those count 1, 2, 3."""
    texts = [re.sub(r"^[-*•·]\s+", "", line.text) for line in lines]
    if len(texts) < 2:  # noqa: PLR2004 - one number counts nothing
        return texts
    items = split_items("\n".join(texts))
    whole = len(items.texts) == len(texts) and not items.lead
    kept = [text for text, item in zip(texts, items.texts, strict=False) if item in text]
    return list(items.texts) if whole and len(kept) == len(texts) else _counted(texts)


def _counted(texts: list[str]) -> list[str]:
    """Return texts without the numbers before them where these count, in whatever ways of writing.

    1. beside 2、 and （三）: as people type them.
    """
    found = [_ITEM.match(text) for text in texts]
    numbers = [number_in(one[1]) if one else 0 for one in found]
    if numbers != list(range(1, len(texts) + 1)):
        return texts
    return [text[one.end() :] for text, one in zip(texts, found, strict=True) if one]


def _draft(name: str, group: _Group, title: str) -> FindingDraft:
    texts = dict(group.held)
    lists: dict[str, list[str]] = {}
    plain: list[_Line] = []
    own: set[str] = set()
    for line in group.below:
        if (keyed := line.keyed) is None:
            plain.append(line)
            continue
        key, value = keyed
        if FIELDS[key].kind is TEXTS:
            lists.setdefault(FIELDS[key].name, []).append(value)
        elif key in own:
            raise _fault(name, line, f"这个问题的“{key}”写了两次")
        else:
            own.add(key)
            texts[key] = value
    words = {FIELDS[key].name: value for key, value in texts.items()}
    # What stands behind the title is of this finding, what is held is of many.
    noted = _noted(name, group.title, title)
    words["title"] = noted.text
    if noted.due is not None:
        words["due"] = str(noted.due)
    if noted.departments:
        words["departments"] = "、".join(noted.departments)
    for one in [word for word in words if Finding.DECLARED[word].kind is TEXTS]:
        lists.setdefault(one, [words.pop(one)])
    measures = [
        _noted(name, line, text) for line, text in zip(plain, _unnumbered(plain), strict=True)
    ]
    return FindingDraft(words, lists, measures)


def _noted(name: str, line: _Line, text: str) -> NewMeasure:
    """Return what a line of a title or a measure says, with what stands behind @ and #."""
    try:
        return measure_noted(text, _whole_day)
    except (DateTextError, WrongUsageError) as error:
        raise _fault(name, line, str(error)) from None


def _whole_day(text: str) -> date:
    """Read a deadline; a file is read on any day, so that its year has to be said."""
    try:
        return parse_deadline(text)
    except DateTextError as error:
        raise DateTextError(f"{error}；文件里的日期要写年份，写成 {DEADLINE_FORMS}") from None


def _fault(name: str, line: _Line, sentence: str) -> InvalidInputError:
    return InvalidInputError(
        f"{file_called(name)}第{line.number}行“{shorten(line.text)}”：{sentence}"
    )
