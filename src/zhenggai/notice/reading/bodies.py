"""What is told of a finding: its measures and their outcome, who answers for it, how far it is.

Each paragraph is cut into words that have a key of their own and words between them. The latter
are kept with the finding (通报写法), so that nothing of the paragraph is lost and nothing is
told twice.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from zhenggai.ledger.department_roles import department_roles
from zhenggai.model.amounts import AmountTextError, in_yuan, parse_amount
from zhenggai.model.dates import DateTextError, parse_deadline
from zhenggai.model.names import split_names
from zhenggai.model.problem import shorten
from zhenggai.model.terms import Kind
from zhenggai.notice.reading import claimed_states, titles
from zhenggai.notice.reading.claimed_states import Form
from zhenggai.notice.reading.draft import Line
from zhenggai.notice.reading.labels import Holds, Labelled, holds_of, is_label, pieces
from zhenggai.notice.reading.marks import Mark, Style, mark_of, series_of
from zhenggai.notice.reading.readings import Read, Reading

_LONGEST_LEAD = 60
_TABLE = re.compile(r"\S(?:\t|\u3000{2,}| {2,})\S")
_TABLE_TITLE = re.compile(r"附?表\s*[0-9一二三四五六七八九十]*\s*[：:]")
_EXPECTED = re.compile(
    r"(?:预计|计划|力争|拟|将|确保|争取)(?:于|在|到)?\s*"
    r"(?P<day>[0-9]{4}\s*年(?:\s*[0-9]{1,2}\s*月(?:\s*[0-9]{1,2}\s*日|份)?|[上下]半年|第?[一二三四1-4]季度|年?[底末])"
    r"(?:[底末])?(?:之前|以前|前)?)[^。；;，,]{0,6}完成"
)


@dataclass
class Measure:
    """A measure as it was cut out; `manifestation` is the number of what it answers, or 0.

    `state` is what is printed of it alone, `form` how, on which line; `due` the day by which that
    expects it. Of one that `is_ahead` nothing has come yet.
    """

    text: str
    manifestation: int = 0
    outcome: str = ""
    state: str = ""
    form: Form | None = None
    line: int = 0
    due: str = ""
    is_ahead: bool = False


@dataclass
class State:
    """A state as it was printed, of the whole finding or of one of its manifestations (from 1)."""

    words: str
    manifestation: int = 0


@dataclass
class Body:
    """A finding's text taken apart; `patterns` has its paragraphs, placeholders for the rest.

    `also` are words that tell of what was done and are no measure and no outcome of one,
    `expected` the days by which it is expected to be finished, with their lines.
    """

    measures: list[Measure] = field(default_factory=list)
    manifestations: list[str] = field(default_factory=list)
    states: list[State] = field(default_factory=list)
    lead: str = ""
    fields: dict[str, str | list[str]] = field(default_factory=dict)
    patterns: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    series: list[str] = field(default_factory=list)
    decisions: list[Read] = field(default_factory=list)
    also: list[str] = field(default_factory=list)
    expected: list[tuple[str, int]] = field(default_factory=list)

    @property
    def state(self) -> str:
        """Return the state of the finding as a whole, '' where none is said."""
        return next((one.words for one in self.states if one.manifestation == 0), "")

    @property
    def sub_states(self) -> dict[int, str]:
        """Return the states of its manifestations, by their numbers."""
        return {one.manifestation: one.words for one in self.states[::-1] if one.manifestation}

    @property
    def measure_states(self) -> dict[int, str]:
        """Return the states printed of single measures, by their numbers."""
        return {number: one.state for number, one in enumerate(self.measures, 1) if one.state}


def read_body(lines: Sequence[Line], own_style: Style | None) -> Body:
    """Take apart the lines below a finding's heading, and what runs on behind it."""
    body = Body()
    sections = _sections(lines, own_style)
    for number, (heading, below) in enumerate(sections):
        reader = _Reader(body, number, is_alone=len(sections) == 1)
        if heading is not None:
            reader.read([*reader.head(heading), *below])
        else:
            reader.read(below)
    _settle_states(body)
    return body


def _settle_states(body: Body) -> None:
    """Tell states of single measures from one behind the last measure, which is of the finding.

    Where more than the last of several has one, each speaks of its own measure.
    """
    said = {one.manifestation for one in body.states}
    for group in dict.fromkeys(one.manifestation for one in body.measures):
        mine = [one for one in body.measures if one.manifestation == group]
        told = [one for one in mine if one.state]
        for one in told:
            one.is_ahead = claimed_states.is_going_on(one.state)
        if not told or group in said:
            continue
        if told == mine[-1:] and not (len(mine) > 1 and _is_of_several(mine[-1])):
            _say_of_all(body, mine)
        elif not group:
            body.decisions.append(Read(Reading.EACH_MEASURE, told[0].line, told[0].state))


def settle_expected(body: Body) -> None:
    """Take the day by which a finding is expected to be finished where no deadline is stated."""
    stated = body.fields.get(Holds.DUE.value)
    for day, line in body.expected:
        if stated is None:
            body.fields.setdefault(Holds.DUE.value, day)
        elif stated != day:
            body.decisions.append(Read(Reading.EXPECTED_OTHERWISE, line, day))


def _is_of_several(measure: Measure) -> bool:
    """Whether a clause says that all of some cases are done: 投诉14件，已全部办结.

    Where nothing is counted before it, 均已完成 is said of the measures.
    """
    if measure.form is not Form.CLAUSE or not _OF_SEVERAL.match(measure.state):
        return False
    last = re.split("[，。；;,]", measure.text)[-1]
    return bool(_OF_CASES.search(measure.state) or _COUNTED.search(last))


def _say_of_all(body: Body, measures: list[Measure]) -> None:
    """Take the state behind the last of measures for that of them all."""
    last = measures[-1]
    body.states.append(State(last.state, last.manifestation))
    if last.due and not last.manifestation:
        body.expected.append((last.due, last.line))
    if last.form is not Form.CLAUSE:
        last.is_ahead = False
    elif len(measures) > 1:
        body.decisions.append(Read(Reading.WHOLE_FINDING, last.line, last.state))
    last.state = last.due = ""


def read_heading_labels(body: Body, words: str, line: Line) -> str:
    """Read the labels in the bracket behind a title; return how it is written."""
    return _Reader(body, 0, is_alone=True).labels(words, line)


# -- manifestations ---------------------------------------------------------------------------

Section = tuple[Line | None, list[Line]]


def _sections(lines: Sequence[Line], own_style: Style | None) -> list[Section]:
    """Part a body where （1）（2） head what stands below them or runs on behind them."""
    for style in (Style.SMALL, Style.HALF, Style.BRACKETED, Style.ARABIC, Style.CIRCLED):
        if style is own_style:
            continue
        places = _heads(lines, style)
        if places:
            cuts = [*places, len(lines)]
            parts: list[Section] = [(None, list(lines[: cuts[0]]))]
            for here, there in pairwise(cuts):
                parts.append((lines[here], list(lines[here + 1 : there])))
            return parts
    return [(None, list(lines))]


def _heads(lines: Sequence[Line], style: Style) -> list[int]:
    marked = [
        (place, mark)
        for place, line in enumerate(lines)
        if (mark := mark_of(line.text)) and mark.style is style
    ]
    if not marked or [mark.number for _, mark in marked] != list(range(1, len(marked) + 1)):
        return []
    first = marked[0][0]
    if first and heads_measures(lines[first - 1].text):
        return []
    heading = sum(is_heading(lines, place, mark) for place, mark in marked)
    return [place for place, _ in marked] if heading * 2 > len(marked) else []


def heads_measures(text: str) -> bool:
    """Whether 整改措施： stands by itself: what is counted below it are measures, even one."""
    return holds_of(text) is Holds.MEASURES and "措施" in text


def is_heading(lines: Sequence[Line], place: int, mark: Mark) -> bool:
    """Whether a marked line heads something: it is short, and measures follow or run on."""
    text = lines[place].text[mark.end :]
    if is_label(text):
        return False
    end = titles.sentence_end(text)
    if end > _LONGEST_LEAD * 2:
        return False
    if rest := text[end:].strip():
        return _runs_on(text, rest) or titles.sounds_like_a_problem(text[:end])
    if place + 1 >= len(lines):
        return titles.is_about(text)
    below = mark_of(lines[place + 1].text)
    if below is None:
        return True
    return below.style is not mark.style and below.number == 1


def _runs_on(text: str, rest: str) -> bool:
    """Whether what follows a heading in its line tells of it: measures, a label, or a state."""
    found = series_of(rest)
    return (
        next(pieces(rest)).holds is not None
        or (found is not None and found[1][0].start == 0)
        or (titles.is_about(text) and claimed_states.SENTENCE.match(rest) is not None)
        or claimed_states.BRACKETED_STATE.match(rest) is not None
    )


# -- paragraphs -------------------------------------------------------------------------------


class _Reader:
    """Reads the paragraphs of one section: the finding's own, or those of a manifestation."""

    def __init__(self, body: Body, manifestation: int, *, is_alone: bool) -> None:
        self.body = body
        self.is_alone = is_alone
        self.manifestation = manifestation
        self.mode = Holds.MEASURES
        self.counted: tuple[str, int] | None = None
        self.any_counted = False

    def head(self, line: Line) -> list[Line]:
        """Read a manifestation's heading; return what runs on behind it, if anything."""
        mark = mark_of(line.text)
        end = mark.end if mark else 0
        text = line.text[end:]
        parted = titles.take_apart(text)
        self.body.manifestations.append(parted.title(text) or text)
        prefix = line.text[:end] + text[: parted.start]
        pattern = prefix + "{具体表现}" + text[parted.stop : parted.end]
        if parted.state:
            self.body.states.append(State(text[slice(*parted.state)], self.manifestation))
        rest = text[parted.end :]
        self.body.patterns.append(pattern)
        if not rest.strip():
            return []
        self.runs_on = rest[: len(rest) - len(rest.lstrip())]
        self.pending = True
        return [Line(line.number, rest.lstrip())]

    def labels(self, words: str, line: Line) -> str:
        """Read words that are labels and what stands behind them, and nothing else."""
        return self._paragraph(Line(line.number, words))

    pending = False
    runs_on = ""
    line = 0

    def read(self, lines: list[Line]) -> None:
        self.any_counted = any(self._counts(line.text) for line in lines)
        for line in lines:
            pattern = self._paragraph(line)
            if self.pending:
                self.body.patterns[-1] += self.runs_on + pattern
                self.pending = False
            else:
                self.body.patterns.append(pattern)

    def _counts(self, text: str) -> bool:
        return any(
            piece.holds in (None, Holds.MEASURES)
            and (found := series_of(text[piece.begin : piece.end])) is not None
            and bool(found)
            for piece in pieces(text)
        )

    def _paragraph(self, line: Line) -> str:
        text, self.line = line.text, line.number
        if _TABLE_TITLE.match(text) or (
            _TABLE.search(text) and not any(p.holds for p in pieces(text))
        ):
            return text
        out = []
        for piece in pieces(text):
            words = text[piece.begin : piece.end]
            out.append(text[piece.start : piece.begin])
            if piece.holds is not None:
                self.mode = piece.holds
                if piece.holds is not Holds.MEASURES:
                    self.counted = None
            out.append(self._piece(words, piece, line))
        return "".join(out)

    def _piece(self, words: str, piece: Labelled, line: Line) -> str:
        if not words.strip():
            return words
        match self.mode:
            case Holds.MEASURES:
                return self._measures(words, is_labelled=piece.holds is not None, line=line)
            case Holds.OUTCOME:
                return self._outcome(words, line)
            case Holds.STATE:
                self.mode = Holds.STATE if piece.holds is None else self.mode
                return self._state(words, piece.label, line)
            case Holds.LEADER | Holds.DEPARTMENTS | Holds.OWNER | Holds.ASSISTING:
                told = self._responsible(words, piece, line)
            case Holds.MANIFESTATIONS:
                self.mode = Holds.MANIFESTATIONS if piece.holds is None else Holds.MEASURES
                return self._manifestations(words)
            case Holds.DUE:
                self._due(words, piece.label, line)
                told = words
            case _:
                if not self.manifestation:
                    note_field(self.body, self.mode, words)
                told = words
        self.mode = Holds.MEASURES
        return told

    def _responsible(self, words: str, piece: Labelled, line: Line) -> str:
        value = words.rstrip("。；;，, \u3000\t")
        if value[-1:] in ("）", ")") and value.count("（") + value.count("(") < value.count(
            "）"
        ) + value.count(")"):
            value = value[:-1]  # the bracket in which the label stands
        key = self.mode.value
        if self.mode is Holds.LEADER and "责任人" in piece.label and key in self.body.fields:
            key = Holds.OWNER.value
        if self.manifestation or key in self.body.fields or not value:
            return words
        if self.mode is Holds.DEPARTMENTS and note_who_leads(self.body, value, line.number):
            return words
        if self.mode in (Holds.DEPARTMENTS, Holds.ASSISTING):
            names = split_names(value)
            self.body.fields[key] = list(names) if len(names) > 1 else value
            if "、".join(names) != value:
                return words
        else:
            self.body.fields[key] = value
        return f"{{{key}}}" + words[len(value) :]

    def _manifestations(self, words: str) -> str:
        """Keep what was found as it is counted, unless headings tell it as well."""
        if not self.is_alone:
            return words
        found = series_of(words)
        cuts = [(one.start, one.end) for one in found[1]] if found else [(0, 0)]
        told = [words[: cuts[0][0]]]
        for (start, begin), (stop, _) in pairwise([*cuts, (len(words), 0)]):
            value = words[begin:stop].rstrip("。；;，, \u3000\t")
            if value:
                self.body.manifestations.append(value)
            shown = "{具体表现}" if value else ""
            told.append(words[start:begin] + shown + words[begin + len(value) : stop])
        return "".join(told)

    def _due(self, words: str, label: str, line: Line) -> None:
        text = re.sub("完成(?:整改)?$", "", words.strip("。；;，,）) \u3000\t"))
        if not self.manifestation and (day := deadline_of(text)):
            if label.startswith(("预计", "计划", "拟")):
                self.body.expected.append((str(day), line.number))
            else:
                self.body.fields.setdefault(Holds.DUE.value, str(day))

    def _outcome(self, words: str, line: Line) -> str:
        """Keep what was achieved with the last measure told before it."""
        if state := claimed_states.stated_alone(words):
            self._say(state, words)
            return words
        found = claimed_states.trailing(words)
        if found:
            self._say(found.words, words[found.start :])
        else:
            self._notice_what_was_not_taken(words, line)
        stop = found.start if found else len(words)
        value = words[:stop].rstrip("。；; \u3000\t")
        mine = [one for one in self.body.measures if one.manifestation == self.manifestation]
        if not mine or mine[-1].outcome or not value:
            self.body.also.append(value)
            return words
        mine[-1].outcome = value
        return "{成效}" + words[len(value) :]

    def _state(self, words: str, label: str, line: Line) -> str:
        if found := claimed_states.behind_label(words):
            self._say(found["state"], words)
            if label == "完成情况" and not self.body.patterns:
                return self._lead_alone(words)
            return words
        mine = [one for one in self.body.measures if one.manifestation == self.manifestation]
        is_work = len(words) > _LONGEST_STATE or _COUNTS_THINGS.search(words) is not None
        if series_of(words) or (not mine and is_work):
            self.mode = Holds.MEASURES
            return self._measures(words, is_labelled=True, line=line)
        if end := claimed_states.trailing(words):
            self._say(end.words, words[end.start :])
        else:
            said = shorten(words.strip("。；;，, \u3000\t"))
            self.body.decisions.append(Read(Reading.NOT_A_STATE, line.number, said))
        self.body.also.append(words)
        return words

    def _expected_alone(self, words: str, line: Line) -> None:
        """Note the day that a paragraph expects the finding to be finished by, and no more."""
        expected = _EXPECTED.match(words.strip())
        if expected and not self.manifestation and (day := deadline_of(expected["day"])):
            self.body.expected.append((str(day), line.number))

    def _notice_what_was_not_taken(self, words: str, line: Line) -> None:
        """Tell of a last clause that sounds like a state and is none that is sure."""
        if not self.body.states and (clause := claimed_states.looks_like_a_state(words)):
            self.body.decisions.append(Read(Reading.NOT_A_STATE, line.number, clause))

    def _say(self, state: str, around: str) -> None:
        self.body.states.append(State(state.strip(), self.manifestation))
        day = None if self.manifestation else expected_day(around)
        if day is not None:
            self.body.expected.append((str(day), self.line))

    # -- measures -----------------------------------------------------------------------------

    def _measures(self, words: str, *, is_labelled: bool, line: Line) -> str:
        found = series_of(words, after=self.counted)
        if found is None:
            return self._unmarked(words, is_labelled=is_labelled, line=line)
        series, marks = found
        lead = words[: marks[0].start]
        told = [self._lead(lead)]
        last = self.counted[1] if self.counted and self.counted[0] == series.name else 0
        for place, mark in enumerate(marks):
            end = marks[place + 1].start if place + 1 < len(marks) else len(words)
            if last and mark.number not in (last + 1, _LAST_OF_ALL, 1):
                kind = "重复" if mark.number <= last else "缺号"
                self.body.doubts.append(
                    f"第{line.number}行的措施序号{kind}：“{words[mark.start : mark.end].strip()}”"
                )
            last = mark.number
            told.append(words[mark.start : mark.end])
            said = words[mark.end : end]
            if not said.strip("。；;，, "):
                self.body.doubts.append(f"第{line.number}行只有序号，没有内容")
            told.append(self._measure(said, is_last=place + 1 == len(marks), line=line))
        self.counted = (series.name, last)
        self.body.series.append(series.name)
        return "".join(told)

    def _measure(self, words: str, *, is_last: bool, line: Line) -> str:
        begin = 0
        state, form, tail = "", None, ""
        if match := _LEADING_STATE.match(words):
            state, form, begin = match["state"], Form.APART, match.end()
        stop = len(words)
        if found := claimed_states.trailing(words[begin:]):
            state, form, stop = found.words, found.form, begin + found.start
            tail = words[stop:]
        elif is_last and not state:
            self._notice_what_was_not_taken(words, line)
        text = words[begin:stop].rstrip("。；; \u3000\t\xa0")
        text = text[:-1] if text[-1:] in "，," and (state or not is_last) else text
        if not text.strip():
            if state:
                self._say(state, words)
            return words
        due = expected_day(tail)
        measure = Measure(text, self.manifestation, state=state, form=form, line=line.number)
        measure.due = str(due) if due else ""
        self.body.measures.append(measure)
        return words[:begin] + "{措施}" + words[begin + len(text) :]

    def _lead(self, lead: str) -> str:
        if not lead.strip():
            return lead
        if match := claimed_states.SENTENCE.match(lead) or _LEADING_STATE.match(lead):
            self._say(match["state"], lead)
        elif found := claimed_states.trailing(lead):
            self._say(found.words, lead[found.start :])
        self.body.also.append(lead)
        first = not self.body.measures and not self.manifestation and not self.body.lead
        if not first:
            return lead
        self.body.lead = lead.strip()
        return lead.replace(self.body.lead, "{导语}", 1)

    def _unmarked(self, words: str, *, is_labelled: bool, line: Line) -> str:
        if not self.any_counted and not self.body.measures:
            first = claimed_states.BEFORE_WHAT_WAS_DONE.match(words)
            if first:  # 已完成整改，建账3本。
                self._say(first["state"], first[0])
                lead = self._lead(first[0])
                return lead + self._unmarked(words[first.end() :], is_labelled=True, line=line)
        if (state := claimed_states.stated_alone(words)) and not is_labelled:
            self._say(state, words)
            if claimed_states.SENTENCE.fullmatch(words.strip()):
                return self._lead_alone(words)
            return words
        if self.any_counted and not is_labelled:
            if not self.body.measures and not self.manifestation and not self.body.lead:
                return self._lead_alone(words)
            if found := claimed_states.trailing(words):
                self._say(found.words, words[found.start :])
            else:
                self._notice_what_was_not_taken(words, line)
                self._expected_alone(words, line)
            self.body.also.append(words)
            return words
        lead = ""
        if match := claimed_states.SENTENCE.match(words):
            self._say(match["state"], match[0])
            lead = self._lead(match[0]) if match.end() < len(words) else match[0]
            words = words[match.end() :]
        told = self._measure(words, is_last=True, line=line)
        if "{措施}" in told and _SEVERAL_SENTENCES.search(self.body.measures[-1].text):
            self.body.decisions.append(Read(Reading.SENTENCES, line.number))
        return lead + told

    def _lead_alone(self, words: str) -> str:
        if self.body.measures or self.manifestation or self.body.lead:
            return words
        self.body.lead = words.strip()
        return "{导语}"


def note_who_leads(body: Body, value: str, line: int) -> bool:
    """Note who leads and who assists, where a text of departments says so; return whether."""
    told = department_roles(value)
    if not (told.is_said and told.leading):
        return False
    for key, names in ((Holds.DEPARTMENTS, told.leading), (Holds.ASSISTING, told.assisting)):
        if names:
            body.fields.setdefault(key.value, list(names) if len(names) > 1 else names[0])
    if told.is_open:
        body.decisions.append(Read(Reading.WHO_LEADS, line, shorten(value)))
    return True


_KINDS = {
    "立行立改": Kind.IMMEDIATE,
    "即知即改": Kind.IMMEDIATE,
    "限期整改": Kind.FIXED_TERM,
    "长期坚持": Kind.LONG_TERM,
    "长期整改": Kind.LONG_TERM,
}


def kind_of(text: str) -> str:
    """Return the kind of finding (类型) that a text names, '' where it names none."""
    return next((kind.value for words, kind in _KINDS.items() if words in text), "")


def note_field(body: Body, holds: Holds, words: str) -> None:
    """Keep what a label says of the finding; of what is no known kind or amount nothing."""
    value = words.strip("。；;，, \u3000\t")
    if holds in (Holds.KIND, Holds.CATEGORY) and (kind := kind_of(value)):
        holds, value = Holds.KIND, kind
    elif holds is Holds.KIND:
        return
    elif holds in (Holds.SUM_FOUND, Holds.SUM_MENDED):
        try:
            value = in_yuan(parse_amount(value))
        except AmountTextError:
            return
    if value and holds is not Holds.OTHER:
        body.fields.setdefault(holds.value, value)


_LONGEST_STATE = 12
# 调整办公用房7间: how many of what were dealt with is no state; 100%, 2022年 and 3月 are.
_COUNTS_THINGS = re.compile(r"[0-9０-９](?![0-9０-９.．]|\s*(?:[%％年月日/-]|$))")
_OF_CASES = re.compile("办结|解决|销号")
_COUNTED = re.compile("[0-9０-９一二三四五六七八九十][个项件处起户宗笔人台条份家所名篇]")
_OF_SEVERAL = re.compile("均|都|已?全部|已(?:经)?(?:全部|如期|按期|按时)*(?:办结|解决|销号)")
_LEADING_STATE = re.compile(rf"\s*{claimed_states.BRACKETED_STATE.pattern}[：:，,]?\s*")
_SEVERAL_SENTENCES = re.compile("[。；;][^。；;]{2}")
_LAST_OF_ALL = 9


def deadline_of(text: str) -> date | None:
    """Return the last day that a text leaves for something, None where it names none."""
    text = re.sub(r"([底末])(?:之前|以前|前)$", r"\1", re.sub(r"\s+", "", text))
    try:
        return parse_deadline(text)
    except DateTextError:
        return None


def expected_day(text: str) -> date | None:
    """Return the day by which a text expects something to be finished, None where it says none."""
    match = _EXPECTED.search(text)
    return deadline_of(match["day"]) if match else None
