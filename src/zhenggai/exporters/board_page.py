"""`board`: the board as one page that needs nothing else, neither a network nor a file beside it.

Everything essential is in the page itself, figures, tables and drawings; its script only searches,
filters, sorts and turns pages. Of more findings than a page carries well the others travel
compressed. The same ledger gives the same bytes.
"""

import gzip
import json
import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from zhenggai.ledger.trend import TrendPoint
from zhenggai.model.terms import Stage, Timing
from zhenggai.storage.resources import shipped
from zhenggai.views.board_content import Board, Due, Item
from zhenggai.views.county_content import CountyBoard
from zhenggai.views.phrases import percent

IN_THE_PAGE = 300
"""So many findings are in the page as they are; the others travel compressed."""
_STAGES = [stage.value for stage in Stage]
# Styles and scripts mean the same without blanks beside these; no text in ours has one of them.
_BLANK_IN_STYLE = re.compile(r"\s*([{};,]|:(?= ))\s*")
_BLANK_IN_SCRIPT = re.compile(r"\s*([{};,=+?&|<>()]|:(?= ))\s*")
_TIMINGS = [timing.value for timing in (Timing.OVERDUE, Timing.DUE_SOON, Timing.STALE)]


def board(content: Board) -> str:
    """Write the board of a ledger."""
    first, rest = content.items[:IN_THE_PAGE], content.items[IN_THE_PAGE:]
    return _page(
        "page.html",
        ("style.css",),
        ("script.js",),
        content,
        items=first,
        rest=len(rest),
        packed=Markup(_packed(rest)) if rest else "",  # noqa: S704 - base64 alone
        stages=_STAGES,
        timings=_TIMINGS,
        aspects=_choices(one.aspect for one in (*first, *rest)),
        departments=_choices(
            name for one in (*first, *rest) for name in one.departments.split("、")
        ),
        chart=_chart(content.trend),
        axis=_axis(content.dues, content.day.today),
    )


def county(content: CountyBoard) -> str:
    """Write the board of many ledgers: it has nothing to search, and so no script."""
    return _page("county.html", ("style.css", "county.css"), (), content, percent=percent)


def _page(
    name: str,
    styles: Sequence[str],
    scripts: Sequence[str],
    content: Board | CountyBoard,
    **more: Any,
) -> str:
    """Render a page in its frame; one that is served asks the server for a newer one."""
    folder = shipped("templates") / "board"
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = "\n".join(_bare(folder / one) for one in styles)
    asking = ("watch.js",) if content.served else ()
    script = "\n".join(_bare(folder / one) for one in (*scripts, *asking))
    return environment.get_template(name).render(
        board=content,
        # The page's own style and script, which no ledger has a word in.
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
        style_hash=_hash(style),
        script_hash=_hash(script),
        **more,
    )


def _bare(path: Path) -> str:
    """Return a style or a script without what only its writers need: a page is to be small."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    text = "\n".join(line for line in lines if line and not line.startswith("//"))
    blank = _BLANK_IN_STYLE if path.suffix == ".css" else _BLANK_IN_SCRIPT
    return blank.sub(r"\1", text)


def _hash(source: str) -> str:
    """Return a source's hash as a Content-Security-Policy writes it."""
    return "sha256-" + b64encode(sha256(source.encode("utf-8")).digest()).decode("ascii")


def _choices(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(name for name in names if name))


def _packed(items: Sequence[Item]) -> str:
    """Return findings as JSON, compressed, in base64: the same on every machine."""
    data = json.dumps(items, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    pressed = bytearray(gzip.compress(data, 9, mtime=0))
    pressed[9] = 255  # the system on which it was made: not told
    return b64encode(pressed).decode("ascii")


# The drawings are measured in these units; the page stretches them to their places.
_WIDE, _HIGH = 1000, 240


def _chart(points: Sequence[TrendPoint]) -> dict[str, Any]:
    """Return the lines of the trend, and what its scales say."""
    top = max((max(one[1:]) for one in points), default=0)
    ceiling = _round_up(max(top, 1))
    names = ("open", "overdue", "planned")
    lines = {name: _line([getattr(one, name) for one in points], ceiling) for name in names}
    area = f"0,{_HIGH} {lines['overdue']} {_WIDE},{_HIGH}"
    middle = points[len(points) // 2]
    return {
        "lines": lines,
        "area": area,
        "ceiling": ceiling,
        "half": ceiling // 2 if ceiling % 2 == 0 else None,
        "first": points[0],
        "middle": middle if len(points) > 2 else None,  # noqa: PLR2004 - neither end
        "last": points[-1],
        "wide": _WIDE,
        "high": _HIGH,
    }


def _line(values: Sequence[int], ceiling: int) -> str:
    """Return a line's points: steps, because what is counted does not move between the days."""
    if len(values) == 1:
        values = [*values, *values]
    step = _WIDE / (len(values) - 1)
    at = [(round(step * n, 1), round(_HIGH * (1 - v / ceiling), 1)) for n, v in enumerate(values)]
    return " ".join(f"{x:g},{y:g}" for x, y in at)


def _round_up(number: int) -> int:
    """Return the next number that a scale may end with."""
    scale = 1
    while True:
        for step in (2, 4, 6, 8, 10):
            if number <= step * scale:
                return step * scale
        scale *= 10


def _axis(dues: Sequence[Due], today: date) -> dict[str, Any] | None:
    """Return the line of deadlines: for each of them its bar, and where today and months are."""
    if not dues:
        return None
    first, last = min(today, dues[0].on), max(today, dues[-1].on)
    # Room on both sides, so that no mark is cut off.
    room = max((last - first).days // 40, 1)
    first, last = first - timedelta(room), last + timedelta(room)
    days = (last - first).days

    def at(day: date) -> float:
        return round(_WIDE * (day - first).days / days, 1)

    now = at(today)
    bars = [
        {
            "due": due,
            "x": f"{min(now, at(due.on)):g}",
            "width": f"{abs(at(due.on) - now):g}",
            "mark": f"{at(due.on) - 3:g}",
            "days": (due.on - today).days,
        }
        for due in dues
    ]
    months = [f"{at(day):g}" for day in _months(first, last)]
    return {"bars": bars, "now": f"{now:g}", "months": months, "first": first, "last": last}


def _months(first: date, last: date) -> Iterable[date]:
    """Yield the first days of the months between two days."""
    day = first.replace(day=1)
    while day <= last:
        if day > first:
            yield day
        day = (day + timedelta(32)).replace(day=1)
