"""`zhenggai new` at a terminal: a finding is asked for field by field, then the next one."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from shutil import get_terminal_size
from typing import TYPE_CHECKING, TypeVar
from unicodedata import normalize

from zhenggai.cli.console import answered, say, tell
from zhenggai.cli.edit_options import OnDay, required_deadline
from zhenggai.cli.finding_entry import (
    enter,
    ledger_to_enter,
    refuse_beyond_reported,
    refuse_undeclared,
)
from zhenggai.cli.ledger_access import report
from zhenggai.cli.measure_notation import MEASURE_FORM, measure_noted
from zhenggai.cli.typed_ids import is_typed_id
from zhenggai.errors import ExitCode, InvalidInputError, RefusedError, WrongUsageError
from zhenggai.ledger.renaming import names_in_use
from zhenggai.model.ledger_model import Finding
from zhenggai.model.names import split_names
from zhenggai.model.terms import Kind, NameKind
from zhenggai.storage.scaffold import FindingDraft, refuse_faulty
from zhenggai.views.screen_text import visible, width

if TYPE_CHECKING:
    from zhenggai.cli.ledger_access import ReadLedger
    from zhenggai.cli.options import Where
    from zhenggai.ledger.progress_steps import NewMeasure

_HOW = (
    "每项输入以后按回车，不填的直接按回车；有编号的，输入编号或名称。",
    "按Ctrl-C放弃正在输入的问题，已登记的不受影响。",
)
_MOST_CHOICES = 20
_INDENT = "  "


_Answer = TypeVar("_Answer")


class _EndOfInputError(Exception):
    """Nothing more will be typed."""


def ask_for_findings(where: "Where") -> ExitCode:
    """Ask for findings until there is no title; each is written when it is complete."""
    tell(*_HOW)
    number = 0
    one = ledger_to_enter(where)
    with suppress(_EndOfInputError):
        while draft := _asked(one, "下一个问题" if number else "问题"):
            number += len(enter(one, [draft]))
            one = ledger_to_enter(where)
    say(f"共登记{number}个问题" if number else "未登记问题")
    report(one.ledger.problems)
    return ExitCode.OK


def _asked(one: "ReadLedger", what: str) -> FindingDraft | None:
    """Ask for one finding; None where no title is typed, or it is not to be written."""
    asking = _Asking(one)
    while True:
        title = asking.text("title", f"{what}的名称（照抄反馈意见；直接按回车结束）")
        if not title:
            return None
        draft = asking.draft(title)
        if _line("登记这个问题吗？按回车登记，输入 n 重新输入").casefold() not in ("n", "no", "否"):
            return draft


class _Asking:
    """The questions about a finding, and what may be answered in this ledger."""

    def __init__(self, one: "ReadLedger") -> None:
        self._one, self._inspection = one, one.ledger.inspection
        self._day = OnDay(one.day.terms, one.day.today)

    def draft(self, title: str) -> FindingDraft:
        """Ask for all that a finding says beside its title."""
        texts = {"title": title}
        aspects = self._inspection.aspects or self._used(NameKind.ASPECT)
        texts["aspect"] = self._choice("aspect", aspects)
        texts["kind"] = self._choice("kind", [one.value for one in Kind], "；不填是限期整改")
        texts["leader"] = self._choice("leader", self._used(NameKind.LEADER))
        departments = self._used(NameKind.DEPARTMENT)
        texts["departments"] = self._choice("departments", departments, several=True)
        texts["assisting"] = self._choice("assisting", departments, several=True, again=True)
        texts["owner"] = self._choice("owner", self._used(NameKind.OWNER))
        if texts["kind"] == Kind.LONG_TERM.value:
            texts["review_every"] = self.text("review_every", "检视周期（如 每季度）")
        texts["due"] = self._until_sound(
            lambda: self._deadline(_line("整改时限（如 6月底、2021-06-30）"))
        )
        manifestations = list(self._several("manifestations", "具体表现"))
        texts["goal"] = self.text("goal", "整改目标")
        measures = list(self._measures())
        return FindingDraft(texts, {"manifestations": manifestations}, measures)

    def text(self, name: str, question: str) -> str:
        """Ask for a text until it may stand under a field."""
        return self._until_sound(lambda: self._sound(name, _line(question)))

    def _used(self, kind: NameKind) -> list[str]:
        """Return the names of a kind in the order in which the findings first have them.

        So that a name keeps its number while findings are added.
        """
        named: list[str | None] = []
        for line in self._one.day.lines:
            row, measures = line.row, line.row.measures
            of_kind: dict[NameKind, list[str | None]] = {
                NameKind.ASPECT: [row.aspect],
                NameKind.LEADER: [row.leader],
                NameKind.OWNER: [row.owner, *(one.owner for one in measures)],
                NameKind.DEPARTMENT: [
                    *row.departments,
                    *(name for one in measures for name in one.departments),
                ],
            }
            named += of_kind[kind]
        named += sorted(names_in_use(self._one.ledger, kind))
        return list(dict.fromkeys(filter(None, named)))[:_MOST_CHOICES]

    def _choice(
        self,
        name: str,
        choices: Sequence[str],
        more: str = "",
        *,
        several: bool = False,
        again: bool = False,
    ) -> str:
        """Ask for a name, or for several; numbers mean what was listed, before or `again`."""
        if choices and not again:
            tell(*_listed(choices))
        key = Finding.DECLARED[name].key
        how = "编号同上" if choices and again else "编号或名称" if choices else "名称"
        many = "，几个用顿号隔开" if several else ""

        def once() -> str:
            said = _line(f"{key}（{how}{many}{more}）")
            parts = split_names(said) if several else [said]
            return self._sound(name, "、".join(_chosen(part, choices) for part in parts))

        return self._until_sound(once)

    def _deadline(self, said: str) -> str:
        return str(required_deadline(said, self._day, "整改时限")) if said else ""

    def _several(self, name: str, what: str) -> Iterator[str]:
        """Ask for texts, one a line, until none is typed."""
        question = f"{what}（一行一项，直接按回车结束）"
        while said := self.text(name, question):
            yield said
            question = f"{what}，下一项"

    def _measures(self) -> "Iterator[NewMeasure]":
        question = f"措施（一行一项：{MEASURE_FORM}，直接按回车结束）"
        while measure := self._measure(question):
            yield measure
            question = "措施，下一项"

    def _measure(self, question: str) -> "NewMeasure | None":
        return self._until_sound(lambda: self._noted(_line(question)))

    def _noted(self, said: str) -> "NewMeasure | None":
        if not said:
            return None
        measure = measure_noted(said, lambda day: required_deadline(day, self._day, "时限"))
        # The departments that were listed have numbers here, too.
        known = self._used(NameKind.DEPARTMENT)
        named = tuple(_chosen(name, known) for name in measure.departments)
        measure = measure._replace(departments=named)
        draft = FindingDraft({"title": "问题"}, {}, [measure])
        refuse_faulty(draft, self._inspection)
        return measure

    def _sound(self, name: str, said: str) -> str:
        """Return a text; raise what stands against its being written under a field."""
        if not said:
            return ""
        if name == "title" and is_typed_id(said):
            raise WrongUsageError(f"“{said}”像是编号；这里写问题的名称")
        is_list = name == "manifestations"
        draft = FindingDraft(
            {"title": "问题"} | ({} if is_list else {name: said}),
            {name: [said]} if is_list else {},
        )
        refuse_faulty(draft, self._inspection)
        refuse_undeclared(self._one, draft)
        if name in ("title", "aspect"):
            refuse_beyond_reported(self._one, [draft])
        return said

    def _until_sound(self, ask: "Callable[[], _Answer]") -> "_Answer":
        """Ask again, saying why, until what is typed may be written."""
        while True:
            with _told():
                return ask()


@contextmanager
def _told() -> Iterator[None]:
    """Say what stands against an answer."""
    try:
        yield
    except (InvalidInputError, WrongUsageError, RefusedError) as error:
        tell(f"{error}")


def _line(question: str) -> str:
    """Ask for a line; raise _EndOfInputError where no more come."""
    said = answered(f"{question}：")
    if not said:
        tell("")  # what is said next begins a line of its own
        raise _EndOfInputError
    return said.strip()


def _chosen(said: str, choices: Sequence[str]) -> str:
    """Return the name that a number stands for; any other text is a name itself."""
    plain = normalize("NFKC", said).strip()
    if not choices or not re.fullmatch("[0-9]{1,3}", plain):
        return said
    if not 1 <= int(plain) <= len(choices):
        raise WrongUsageError(f"没有编号{plain}；编号是1到{len(choices)}，也可以写名称")
    return choices[int(plain) - 1]


def _listed(choices: Sequence[str]) -> list[str]:
    """Return the choices with their numbers, as many on a line as the terminal has room for."""
    room = get_terminal_size().columns
    lines = [""]
    for number, name in enumerate(choices, start=1):
        entry = f"{_INDENT}{number} {visible(name)}"
        if lines[-1] and width(lines[-1]) + width(entry) > room:
            lines.append("")
        lines[-1] += entry
    return lines
