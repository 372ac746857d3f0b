"""What was recognised of a notice: the data of inspection.yaml and of each finding."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from zhenggai.model.notice_settings import SetAside
from zhenggai.model.values import NEWEST_FORMAT
from zhenggai.notice.reading.readings import Read


@dataclass(frozen=True)
class Line:
    """One line of the published text, and its number, from 1."""

    number: int
    text: str


@dataclass
class Draft:
    """The ledger as far as it was recognised, and the lines that were not.

    `text` is the notice without what a web page or a printer put into it, which `page` has, and
    `lines` its lines; `doubts` are sentences on what the clerk should look at, `disagreements` on
    numbers of the notice that are not those read; `states` has for each finding the state that was
    printed of it, '' where none was, `sub_states` those of its manifestations by their numbers;
    `unfilled` are sentences on words of the notice that no setting could be made of, as a day of
    which only the month is said; `measure_states` those of its measures. `decisions` are on what
    may be meant otherwise than it was read.
    """

    inspection: dict[str, Any] = field(default_factory=dict)
    notice: dict[str, Any] = field(default_factory=dict)
    findings: list[dict[str, Any]] = field(default_factory=list)
    aspects: list[str] = field(default_factory=list)
    unplaced: list[Line] = field(default_factory=list)
    page: list[Line] = field(default_factory=list)
    text: str = ""
    lines: list[Line] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    disagreements: list[str] = field(default_factory=list)
    sub_states: list[dict[int, str]] = field(default_factory=list)
    unfilled: list[str] = field(default_factory=list)
    measure_states: list[dict[int, str]] = field(default_factory=list)
    decisions: list[Read] = field(default_factory=list)

    def set_aside(self, lines: Iterable[Line]) -> None:
        """Keep lines that have no place, each once, in the order of the text."""
        kept = {line.number: line for line in (*self.unplaced, *lines)}
        self.unplaced = sorted(kept.values(), key=lambda line: line.number)

    def doubt(self, sentence: str) -> None:
        """Note a sentence on what the clerk should look at, once."""
        if sentence not in self.doubts:
            self.doubts.append(sentence)

    def inspection_data(self) -> dict[str, Any]:
        """Return inspection.yaml's content."""
        aspects = {"方面": self.aspects} if self.aspects else {}
        kept = [{"行": str(line.number), "内容": line.text} for line in self.unplaced]
        page = SetAside.PAGE.value
        kept += [{"行": str(x.number), "内容": x.text, "类别": page} for x in self.page]
        kept.sort(key=lambda one: int(one["行"]))
        unplaced = {"未识别": kept} if kept else {}
        notice = {**self.notice, "原文": "是", **unplaced}
        return {"格式": str(NEWEST_FORMAT), **self.inspection, **aspects, "通报": notice}
