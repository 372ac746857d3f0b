"""The parts of prose: organisation before the results, outlook behind them."""

from typing import NamedTuple

from zhenggai.notice.numerals import number_of
from zhenggai.notice.reading.draft import Draft
from zhenggai.notice.reading.lines import BRACKETED, NUMBERED, Part


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
    texts = [line.text for line in part.lines]
    draft.notice[keys.heading] = part.heading
    if texts and _labelled(texts[0], 1)[0] is None:
        draft.notice[keys.lead] = texts.pop(0)
    found = _sections(draft, texts, keys.label)
    found += [{"内容": line.text} for one in further for line in (one.line, *one.lines)]
    if found:
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
    if (match := BRACKETED.match(text)) and number_of(match[2]) == expected:
        return f"{match[1]}{{一}}{match[3]}", match[4].strip()
    if (match := NUMBERED.match(text)) and int(match[1]) == expected:
        return f"{{1}}{text[match.end(1) : match.start(2)]}", match[2]
    return None, text
