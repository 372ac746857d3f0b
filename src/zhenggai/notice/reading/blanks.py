"""The blanks of a notice's plain text: how far its lines are indented, where lines are empty."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from zhenggai.notice.reading.cleaning import Cleaned
from zhenggai.notice.reading.draft import Draft
from zhenggai.notice.reading.tail import Tail

_BLANKS = {" ": "空格", "\u3000": "全角空格", "\xa0": "不换行空格", "\t": "制表符"}
_TITLE, _BODY, _SIGNATURE, _DATE = "标题", "正文", "落款", "日期"


def read_layout(draft: Draft, cleaned: Cleaned, tail: Tail) -> None:
    """Record indents and empty lines: what most lines of a kind have."""
    said = list(_said(draft, cleaned, tail))
    if said:
        _record_indents(draft, said)
        _record_gaps(draft, said)


def _said(draft: Draft, cleaned: Cleaned, tail: Tail) -> Iterator[tuple[str, str, int]]:
    """Yield what each line is, its indent, and how many empty lines stand before it."""
    kinds = {line.number: _SIGNATURE for line in tail.signatures}
    if tail.date is not None:
        kinds[tail.date.number] = (
            _DATE if draft.notice.get("落款写法") != ["{落款}"] else _SIGNATURE
        )
        if not tail.signatures:
            kinds[tail.date.number] = _SIGNATURE if "落款" in draft.notice else _DATE
    if cleaned.lines and draft.notice.get("标题", "无") != "无":
        kinds[cleaned.lines[0].number] = _TITLE
    aside = {line.number for line in draft.unplaced}
    empty = 0
    for number, line in cleaned.physical:
        if not line.strip():
            empty += 1
        elif number not in aside:
            indent = line[: len(line) - len(line.lstrip())]
            yield kinds.get(number, _BODY), indent, empty
            empty = 0


def _record_indents(draft: Draft, said: list[tuple[str, str, int]]) -> None:
    usual: dict[str, str] = {}
    for kind in (_TITLE, _BODY, _SIGNATURE, _DATE):
        indents = Counter(indent for one, indent, _ in said if one == kind)
        if indents:
            usual[kind] = indents.most_common(1)[0][0]
    others = {usual.get(kind, "") for kind in (_TITLE, _SIGNATURE, _DATE)}
    if others == {""} and usual.get(_BODY, "") in ("", "\u3000\u3000"):
        if usual.get(_BODY):
            draft.notice["段首空两格"] = "是"
        return
    named = {kind: name for kind, indent in usual.items() if (name := _name(indent))}
    if named:
        draft.notice["缩进"] = named


def _name(indent: str) -> str:
    """Say an indent in words: 4个空格; '' for none, or one of several kinds of blanks."""
    match = re.fullmatch("(.)\\1*", indent)
    most = 99
    if match is None or match[1] not in _BLANKS or len(indent) > most:
        return ""
    return f"{len(indent)}个{_BLANKS[match[1]]}"


def _record_gaps(draft: Draft, said: list[tuple[str, str, int]]) -> None:
    gaps: dict[str, Counter[int]] = {}
    for (above, _, _), (kind, _, empty) in pairwise(said):
        gaps.setdefault(_gap(above, kind), Counter())[empty] += 1
    usual = {where: numbers.most_common(1)[0][0] for where, numbers in gaps.items()}
    between = usual.get("段间", 0)
    if set(usual.values()) <= {0}:
        return
    if set(usual.values()) == {1}:
        draft.notice["段间空行"] = "是"
        return
    told = {where: str(n) for where, n in usual.items() if n and (where == "段间" or n != between)}
    if told:
        draft.notice["空行"] = told


def _gap(above: str, kind: str) -> str:
    if above == _TITLE:
        return "标题后"
    if kind == _SIGNATURE and above != _SIGNATURE:
        return "落款前"
    return "日期前" if kind == _DATE else "段间"
