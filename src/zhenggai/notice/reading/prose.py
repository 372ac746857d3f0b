"""The parts of prose: organisation before the results, outlook behind them."""

from typing import NamedTuple

from zhenggai.model.notice_settings import LEFT_OUT
from zhenggai.notice.reading.draft import Draft, Line
from zhenggai.notice.reading.lines import Part
from zhenggai.notice.reading.marks import Style, begins_count, mark_of


class Keys(NamedTuple):
    """Where in the notice's settings a part of prose is kept."""

    heading: str
    lead: str
    label: str
    sections: str


ORGANISATION = Keys("组织标题", "组织导语", "组织序号", "组织情况")
OUTLOOK = Keys("下步标题", "下步导语", "下步序号", "下步打算")


def read_prose(draft: Draft, parts: list[Part], keys: Keys) -> None:
    """Read a part: its lead, and its paragraphs; a further part's lines follow as they stand."""
    if not parts:
        return
    part, *further = parts
    own_numbers = draft.notice.get("部分序号") == LEFT_OUT
    draft.notice[keys.heading] = part.line.text if own_numbers else part.heading
    _read(draft, part.lines, keys)
    rest = [{"内容": line.text} for one in further for line in (one.line, *one.lines)]
    if rest:
        draft.notice.setdefault(keys.sections, []).extend(rest)


def read_loose(draft: Draft, lines: list[Line], keys: Keys) -> None:
    """Read a part that no heading parts from what is before it."""
    if lines:
        draft.notice[keys.heading] = LEFT_OUT
        _read(draft, lines, keys)


def _read(draft: Draft, lines: list[Line], keys: Keys) -> None:
    texts = [line.text for line in lines]
    if texts and _labelled(texts[0], 1)[0] is None and not begins_count(texts[0]):
        draft.notice[keys.lead] = texts.pop(0)
    if found := _sections(draft, texts, keys.label):
        draft.notice[keys.sections] = found


def _sections(draft: Draft, texts: list[str], key: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    number = 1
    for whole in texts:
        label, text = _labelled(whole, number)
        if label is None or not text or draft.notice.setdefault(key, label) != label:
            found.append({"内容": whole})
        else:
            found.append(_section(text))
            number += 1
    return found


def _section(text: str) -> dict[str, str]:
    title, _, rest = text.partition("。")
    return {"标题": title, "内容": rest} if title and rest else {"标题": text}


def _labelled(text: str, expected: int) -> tuple[str | None, str]:
    """Part a paragraph's number from it, when it is the expected one."""
    mark = mark_of(text)
    if mark is None or mark.number != expected or mark.style not in (Style.BRACKETED, Style.ARABIC):
        return None, text
    label = mark.pattern.replace("{序号}", "{1}")
    is_kept = "{" in label and label == label.strip()
    return (label, text[mark.end :]) if is_kept else (None, text)
