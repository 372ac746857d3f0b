"""The blanks of a notice's plain text: how far its lines are indented, where lines are empty."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from zhenggai.model.notice_settings import TextGap
from zhenggai.notice.reading.cleaning import Cleaned
from zhenggai.notice.reading.draft import Draft
from zhenggai.notice.reading.tail import Tail
from zhenggai.notice.rendering import Placed

_BLANKS = {" ": "空格", "\u3000": "全角空格", "\xa0": "不换行空格", "\t": "制表符"}
_TITLE, _BODY, _SIGNATURE, _DATE = "标题", "正文", "落款", "日期"


def read_layout(draft: Draft, cleaned: Cleaned, tail: Tail) -> None:
    """Record indents and empty lines: what most lines of a kind have."""
    said = list(_said(draft, cleaned, tail))
    if said:
        _record_indents(draft, said)


def read_gaps(draft: Draft, cleaned: Cleaned, placed: Sequence[Placed]) -> None:
    """Record where there are empty lines: what most places of a kind have.

    `placed` are the lines that the ledger writes; where those are others than the notice's, the
    kinds of places are not known, and all are alike.
    """
    aside = {line.number for line in draft.unplaced}
    said: list[tuple[str, int]] = []
    empty = 0
    for number, line in cleaned.physical:
        if not line.strip():
            empty += 1
        elif number not in aside:
            said.append((" ".join(line.split()), empty))
            empty = 0
    known = [" ".join(one.text.split()) for one in placed] == [text for text, _ in said]
    gaps: dict[str, Counter[int]] = {}
    for place, (_, number) in enumerate(said[1:], start=1):
        kind = placed[place].gap if known else TextGap.PARAGRAPHS
        gaps.setdefault(kind.value, Counter())[number] += 1
    _record_gaps(draft, gaps)


def _said(draft: Draft, cleaned: Cleaned, tail: Tail) -> Iterator[tuple[str, str]]:
    """Yield what each line is, and its indent."""
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
    for number, line in cleaned.physical:
        if line.strip() and number not in aside:
            indent = line[: len(line) - len(line.lstrip())]
            yield kinds.get(number, _BODY), indent


def _record_indents(draft: Draft, said: list[tuple[str, str]]) -> None:
    usual: dict[str, str] = {}
    for kind in (_TITLE, _BODY, _SIGNATURE, _DATE):
        indents = Counter(indent for one, indent in said if one == kind)
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


def _record_gaps(draft: Draft, gaps: dict[str, Counter[int]]) -> None:
    usual = {where: numbers.most_common(1)[0][0] for where, numbers in gaps.items()}
    between = usual.get(TextGap.PARAGRAPHS.value, 0)
    if set(usual.values()) <= {0}:
        return
    if set(usual.values()) == {1}:
        draft.notice["段间空行"] = "是"
        return
    told = {where: n for where, n in usual.items() if n != between}
    if between:
        told[TextGap.PARAGRAPHS.value] = between
    draft.notice["空行"] = {one.value: str(told[one.value]) for one in TextGap if one.value in told}
