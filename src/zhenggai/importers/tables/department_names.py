"""Split a cell of departments: who leads, who helps, and cells labelled 责任领导:… 责任科室:…"""

import re
from typing import NamedTuple

from zhenggai.importers.tables.grid import BLANKS
from zhenggai.importers.tables.list_items import HALF_WIDTH
from zhenggai.importers.tables.synonyms import meaning

_SEPARATORS = re.compile(r"[、,;/\n]+(?![^()]*\))")
_LABEL = re.compile(
    r"(?:^|(?<=[\s、,;]))(牵头|主责|主办|责任|承办|配合|协办|协同|协助|参与)"
    r"(?:责任)?(?:科室|部门|单位|处室|股室)?:\s*"
)
_ROLE = re.compile(r"\(([^()]*?)(牵头|主责|主办|配合|协办|协助)(?:科室|部门|单位)?\)")
_TAIL = re.compile(r"^(.{2,})(牵头|主办|配合|协办|协助)$")
_HELPING = ("配合", "协办", "协同", "协助", "参与")
_EVERYONE = re.compile(
    r"^(?:机关|局|县直)?(?:各|全体|所有|相关|有关)(?:.*(?:科室|部门|单位|处室|股室|支部|站所))"
)
NOTHING = frozenset(("/", "-", "--", "—", "——", "－", "无", "\\", "／"))
"""What people write into a cell of names so that it is not empty."""


class Departments(NamedTuple):
    """Who leads and who helps, in the order written, and what is to be pointed at."""

    leading: tuple[str, ...] = ()
    helping: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def split_departments(text: str, *, helps: bool = False) -> Departments:
    """Return the departments of a cell; `helps` where its column is of those that help.

    Separators, labels and brackets may be full-width.
    """
    plain = text.translate(HALF_WIDTH)
    leading: list[str] = []
    helping: list[str] = []
    remarks: list[str] = []
    for role, words in _labelled_roles(plain, helps=helps):
        for part in _SEPARATORS.split(words):
            _take(part.strip(BLANKS + "\t."), leading, helping, remarks, helps=role)
    lead = tuple(dict.fromkeys(leading))
    helpers = tuple(one for one in dict.fromkeys(helping) if one not in lead)
    return Departments(
        tuple(_as_written(one, plain, text) for one in lead),
        tuple(_as_written(one, plain, text) for one in helpers),
        tuple(remarks),
    )


def _as_written(name: str, plain: str, text: str) -> str:
    """Return a name with the brackets it was written with: both texts are of one length."""
    start = plain.find(name)
    return text[start : start + len(name)] if start >= 0 else name


def _labelled_roles(plain: str, *, helps: bool) -> list[tuple[bool, str]]:
    pieces: list[tuple[bool, str]] = []
    start = 0
    for label in _LABEL.finditer(plain):
        pieces.append((helps, plain[start : label.start()]))
        helps, start = label[1] in _HELPING, label.end()
    return [*pieces, (helps, plain[start:])]


def _take(
    part: str, leading: list[str], helping: list[str], remarks: list[str], *, helps: bool
) -> None:
    """Put one department, and those that its brackets name as helping, where they belong."""
    bracketed: list[tuple[bool, str]] = []
    for match in _ROLE.finditer(part):
        role = match[2] in _HELPING
        names = match[1].strip(BLANKS + "由:")
        if names:
            bracketed.append((role, names))
        else:
            helps = role
    name = _ROLE.sub("", part).strip(BLANKS)
    if tail := _TAIL.match(name):
        remarks.append(f"“{name}”按“{tail[1]}”{tail[2]}读入")
        name, helps = tail[1], tail[2] in _HELPING
    if name and name not in NOTHING:
        (helping if helps else leading).append(name)
        if _EVERYONE.match(name):
            remarks.append(f"“{name}”不是一个科室")
    for role, names in bracketed:
        for one in filter(None, (one.strip(BLANKS) for one in _SEPARATORS.split(names))):
            (helping if role else leading).append(one)


_PERSONAL_LABEL = re.compile(r"(?:^|(?<=[\s、,;。]))([\u4e00-\u9fff]{1,8}):\s*")


def split_labelled(text: str) -> dict[str, str] | None:
    """Return what a cell says under labels that name fields (责任领导:…); None without any."""
    plain = text.translate(HALF_WIDTH)
    labels = [
        (match, fields)
        for match in _PERSONAL_LABEL.finditer(plain)
        if len(fields := meaning(match[1]).fields) == 1
    ]
    if not labels or plain[: labels[0][0].start()].strip(BLANKS):
        return None
    ends = [match.start() for match, _ in labels[1:]] + [len(plain)]
    values: dict[str, str] = {}
    for (match, fields), end in zip(labels, ends, strict=True):
        value = text[match.end() : end].strip(BLANKS + "、,，;；。")
        if fields[0] in values:
            value = f"{values[fields[0]]}、{value}"
        values[fields[0]] = value
    return values
