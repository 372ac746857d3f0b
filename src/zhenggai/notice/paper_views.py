"""What papers are about besides findings: letters, leaders and months, as templates see them."""

from dataclasses import dataclass
from datetime import date

from zhenggai.notice.finding_views import FindingView, MeasureView, written_day


@dataclass(frozen=True, repr=False)
class LetterView:
    """A letter that urges or reminds: of one grade and to one addressee; printed whole its grade.

    `measures` are those past deadlines of their own, `reply_day` is by when an answer is wanted:
    None where none is.
    """

    grade: str
    to: str
    findings: tuple[FindingView, ...]
    measures: tuple[MeasureView, ...]
    reply_day: date | None = None

    @property
    def reply_by(self) -> str:
        """By when an answer is wanted, in words."""
        return written_day(self.reply_day)

    def __repr__(self) -> str:
        return self.grade

    @property
    def ids(self) -> list[str]:
        """The ids of the findings that it is about, those of its measures included."""
        named = (*(one.id for one in self.findings), *(one.id for one in self.measures))
        return list(dict.fromkeys(named))


@dataclass(frozen=True, repr=False)
class LeaderView:
    """A leader with the findings he answers for or leads himself (领办); printed whole the name.

    `led` counts those he leads himself. `pressing` are overdue or due soon, `waiting` wait for a
    step of the procedure, `returned` were sent back and `silent` not reported on in the days told.
    """

    name: str
    findings: tuple[FindingView, ...]
    led: int
    closed: int
    pressing: tuple[FindingView, ...]
    waiting: tuple[FindingView, ...]
    returned: tuple[FindingView, ...]
    silent: tuple[FindingView, ...]
    to_coordinate: tuple[FindingView, ...]

    def __repr__(self) -> str:
        return self.name


@dataclass(frozen=True, repr=False)
class MonthView:
    """The figures at the end of a month, or today; printed whole its name.

    `closed`, `sustained`, `going_on` and `not_started` add up to all findings, `count`.
    """

    name: str
    until: str
    count: int
    closed: int
    sustained: int
    going_on: int
    not_started: int
    newly_closed: int
    overdue: int
    measures: int
    measures_done: int

    def __repr__(self) -> str:
        return self.name
