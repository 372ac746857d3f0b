"""A published notice becomes a ledger: its parts recognised, its style recorded.

Recognition is by form alone, line by line. What fits no part is kept as it stands, with its line,
and named; nothing is dropped and nothing is guessed about who was responsible or when.
"""

from collections.abc import Iterator

from zhenggai.notice.comparing import not_written
from zhenggai.notice.reading.draft import Draft
from zhenggai.notice.reading.finding_sections import read_results
from zhenggai.notice.reading.head import read_head
from zhenggai.notice.reading.lines import cut_parts, read_lines, read_style, results_among
from zhenggai.notice.reading.prose import ORGANISATION, OUTLOOK, read_prose
from zhenggai.notice.reading.tail import read_tail, take_tail
from zhenggai.storage.yaml.whole_text import whole_text


def read_notice(text: str) -> Draft:
    """Recognise a published notice; what its ledger would not write again is set aside."""
    draft = Draft()
    read_style(draft, text)
    head, parts = cut_parts(read_lines(draft, text))
    tail = take_tail(parts[-1].lines if parts else head)
    read_tail(draft, tail)
    read_head(draft, head)
    place = results_among(parts)
    read_prose(draft, parts[: max(place, 0)], ORGANISATION)
    if place >= 0:
        read_results(draft, parts[place])
    read_prose(draft, parts[place + 1 :], OUTLOOK)
    draft.set_aside(not_written(draft, text))
    return draft


_HEADER = "# 由公布的通报导入。通报未写明的（责任分工、时限、完成日期）未填写，请补充。"


def files(draft: Draft, identifier: str) -> Iterator[tuple[str, str]]:
    """Yield the ledger's files: names and YAML texts; `identifier` is the ledger's (标识)."""
    about = draft.inspection_data()
    head = {key: about.pop(key) for key in ("格式",) if key in about}
    yield "inspection.yaml", whole_text(head | {"标识": identifier} | about, _HEADER)
    columns = max(2, len(str(len(draft.findings))))
    for number, data in enumerate(draft.findings, start=1):
        yield f"{number:0{columns}d}.yaml", whole_text(data, _HEADER)
