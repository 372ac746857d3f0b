"""A published notice becomes a ledger: its parts recognised, its style recorded.

Recognition is by form alone, line by line. What fits no part is kept as it stands, with its line,
and named; nothing is dropped and nothing is guessed about who was responsible or when.
"""

from collections.abc import Iterator
from typing import Any

from zhenggai.notice.comparing import not_written
from zhenggai.notice.reading.draft import Draft
from zhenggai.notice.reading.finding_sections import read_results
from zhenggai.notice.reading.head import read_head
from zhenggai.notice.reading.lines import cut_parts, read_lines, read_style, results_among
from zhenggai.notice.reading.prose import ORGANISATION, OUTLOOK, read_prose
from zhenggai.notice.reading.tail import read_tail, take_tail
from zhenggai.storage.yaml.text_edits import scalar


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
    yield "inspection.yaml", _yaml(head | {"标识": identifier} | about)
    columns = max(2, len(str(len(draft.findings))))
    for number, data in enumerate(draft.findings, start=1):
        yield f"{number:0{columns}d}.yaml", _yaml(data)


def _yaml(data: dict[str, Any]) -> str:
    return "\n".join([_HEADER, *_lines(data, "")]) + "\n"


def _lines(data: dict[str, Any], indent: str) -> Iterator[str]:
    for key, value in data.items():
        match value:
            case str():
                yield f"{indent}{key}: {scalar(value)}"
            case dict():
                yield f"{indent}{key}:"
                yield from _lines(value, indent + "  ")
            case _:
                yield f"{indent}{key}:"
                for item in value:
                    yield from _item(item, indent + "  ")


def _item(item: Any, indent: str) -> Iterator[str]:
    if isinstance(item, str):
        yield f"{indent}- {scalar(item)}"
        return
    first, *rest = _lines(item, indent + "  ")
    yield f"{indent}- {first.strip()}"
    yield from rest
