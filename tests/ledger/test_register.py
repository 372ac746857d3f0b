"""The register: a line of it for every finding, made of the finding always."""

from datetime import date

from examples import (
    FORMAT_1,
    INSPECTION,
    THREE_STEPS,
    closing,
    dispute,
    entered,
    extension,
    finding,
    ledger,
    long_term,
    measure,
    recognition,
    reopening,
    review,
    supervision,
)
from zhenggai.ledger.register import (
    Event,
    Row,
    Terms,
    Timeline,
    head,
    register,
    row,
    terms,
    timeline,
)
from zhenggai.ledger.warning_levels import of_days
from zhenggai.model.dates import Period
from zhenggai.model.declaration import declare
from zhenggai.model.ledger_model import Finding, Ledger
from zhenggai.model.problem import Problem
from zhenggai.model.terms import Action, Kind, Source, Step
from zhenggai.model.values import TEXT

# What a row says of earlier rounds, where the finding says nothing.


class _Coloured(Finding):
    """A finding with two more fields, one of them a column of the register."""

    colour: str = declare(
        "颜色", TEXT, "什么颜色", default="红", history="free", publish=True, column=True
    )
    size: str = declare(
        "大小", TEXT, "多大", default="大", history="free", publish=True, column=False
    )


def test_a_row_says_what_the_finding_does() -> None:
    subject = finding("07", 方面="作风", 责任领导="分管领导", 责任科室="办公室、人事科", 公开="否")
    assert row(subject) == Row(
        id="07",
        title="会议过多",
        aspect="作风",
        kind=Kind.FIXED_TERM,
        leader="分管领导",
        departments=("办公室", "人事科"),
        owner=None,
        public=False,
        timeline=timeline(subject),
        more=(),
    )
    assert row(subject).number == 7


def test_every_declared_column_that_says_something_is_in_the_row() -> None:
    assert row(finding()).more == ()
    columns = {name for name, declared in Finding.DECLARED.items() if declared.column}
    further = {"source", "source_number", "category", "assisting", "led_by", "handled_with"}
    further |= {"previous", "relation"}
    assert columns <= {*Row._fields, *further}
    said = row(finding(来源="上级督查", 来源文号="3号", 配合科室="人事科、财务科", 领办="党组书记"))
    assert said.more == (
        ("source", Source.SUPERVISOR),
        ("source_number", "3号"),
        ("assisting", ("人事科", "财务科")),
        ("led_by", "党组书记"),
    )
    assert said.further("category") is None
    assert [one.is_of_feedback for one in (said, row(finding()))] == [False, True]


def test_a_column_declared_anew_comes_into_the_row_by_itself() -> None:
    assert row(_Coloured(title="会议过多", id="07")).more == ()
    blue = _Coloured(title="会议过多", id="07", colour="蓝", size="小")
    assert row(blue).more == (("colour", "蓝"),)
    assert row(blue)._replace(more=()) == row(Finding(title="会议过多", id="07"))


def test_a_timeline_has_the_events_in_order_of_date_and_their_places_in_the_file() -> None:
    subject = finding(
        措施=[measure(done="2021-03-20"), measure()],
        记录=[
            closing("2021-05-10"),
            supervision("2021-03-05"),
            extension("2021-03-05", "2021-05-31"),
        ],
    )
    assert timeline(subject) == Timeline(
        kind=Kind.FIXED_TERM,
        due=date(2021, 4, 30),
        review_every=None,
        done=(date(2021, 3, 20), None),
        events=(
            Event(date(2021, 3, 5), Action.SUPERVISION, 1),
            Event(date(2021, 3, 5), Action.EXTENSION, 2, date(2021, 5, 31)),
            Event(date(2021, 5, 10), Action.CLOSING, 0),
        ),
    )


def test_an_event_has_what_the_state_follows_from_and_no_more() -> None:
    subject = finding(
        记录=[
            dispute("2021-03-05"),
            review("2021-03-06", "复核"),
            recognition("2021-03-07"),
            recognition("2021-03-08", "不认可退回"),
            reopening("2021-03-09", "2021-06-30"),
            entered("2021-03-12", closing("2021-03-10")),
        ]
    )
    days = [date(2021, 3, day) for day in range(1, 13)]
    assert timeline(subject).events == (
        Event(days[4], Action.SUPERVISION, 0, disputes=True),
        Event(days[5], Action.REVIEW, 1, step=Step.SECOND_REVIEW),
        Event(days[6], Action.RECOGNITION, 2, accepts=True),
        Event(days[7], Action.RECOGNITION, 3),
        Event(days[8], Action.REOPENING, 4, date(2021, 6, 30)),
        Event(days[11], Action.CLOSING, 5, dated=days[9]),
    )


def test_a_ledgers_register_has_the_rows_of_its_findings_and_what_else_is_known_of_it() -> None:
    findings = (finding("01", 记录=[closing("2021-04-28")]), long_term())
    unread = Problem("看不懂", "改正", path="台账/09.yaml")
    whole = Ledger("keji-2021", "台账", INSPECTION, findings, ("09.yaml",), (unread,))
    made = register(whole)
    assert made.rows == tuple(map(row, findings))
    assert (made.name, made.folder) == ("keji-2021", "台账")
    assert (made.unreadable, made.problems) == (("09.yaml",), (unread,))
    assert made.head == head(INSPECTION)
    assert made.head.terms == terms(INSPECTION)
    assert terms(INSPECTION) == Terms(date(2021, 2, 1), of_days((20, 10, 3)), Period(0, 7))
    assert terms(FORMAT_1) == terms(INSPECTION)._replace(visits_report=True)
    assert terms(THREE_STEPS).closes_by_application
    assert not terms(INSPECTION).closes_by_application
    assert register(ledger()).rows == ()
