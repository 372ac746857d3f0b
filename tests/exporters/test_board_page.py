"""The board as a file: one page, closed to everything, its figures those of `status`."""

import base64
import gzip
import json
import re
from datetime import date
from hashlib import sha256

import pytest

from commandline import SAMPLE
from examples import finding, ledger, measure, report
from zhenggai.exporters.board_page import board
from zhenggai.ledger.standing import LedgerOnDay
from zhenggai.ledger.summary import tally, undecided, warned
from zhenggai.model.terms import Timing
from zhenggai.storage.ledger_folder import read_ledger
from zhenggai.views.board_content import Board

DAY = date(2021, 4, 20)


def _sample(on: date = DAY, *, public: bool = False) -> Board:
    return Board(LedgerOnDay(read_ledger(SAMPLE, "keji-2021"), on), public=public)


def _hidden() -> Board:
    secret = finding(
        "01",
        问题="机要室管理松弛",
        方面="机要工作",
        公开="否",
        不公开理由="涉及工作秘密",
        责任科室="机要科",
        责任人="机要科科长",
        措施=[measure(text="更换机要柜", 佐证="佐证/机要.pdf")],
        记录=[report("2021-03-01") | {"需协调事项": "机要柜经费"}],
    )
    others = [finding(f"{n:03}", 方面="作风建设") for n in range(2, 320)]
    return Board(LedgerOnDay(ledger(secret, *others), DAY), public=False)


def _packed(page: str) -> list[list[object]]:
    found = re.search(r'<script type="text/plain" id="data">([^<]*)</script>', page)
    assert found
    items: list[list[object]] = json.loads(gzip.decompress(base64.b64decode(found[1])))
    return items


@pytest.mark.parametrize("day", ["2021-02-10", "2021-04-20", "2021-05-18", "2021-06-10"])
def test_the_cards_and_the_last_point_are_the_figures_of_the_day(day: str) -> None:
    shown = _sample(date.fromisoformat(day))
    lines = shown.day.lines
    total = tally("", lines)
    assert {card.name: card.number for card in shown.cards} == {
        "逾期": total.overdue,
        "临期": len(warned(lines, Timing.DUE_SOON)),
        "进展缓慢": len(warned(lines, Timing.STALE)),
        "待审核批准": len(undecided(lines)),
        "已销号": total.closed,
    }
    last = shown.trend[-1]
    assert (last.on, last.open, last.overdue) == (
        shown.day.today,
        total.count - total.closed,
        total.overdue,
    )


def test_the_page_allows_its_own_style_and_script_and_nothing_else() -> None:
    page = board(_sample())
    for name in ("style", "script"):
        sources = re.findall(rf"<{name}>(.*?)</{name}>", page, re.DOTALL)
        assert len(sources) == 1
        hashed = base64.b64encode(sha256(sources[0].encode()).digest()).decode()
        assert f"{name}-src 'sha256-{hashed}'" in page
    assert "default-src 'none'" in page
    assert not re.search(r"\sstyle=|\son\w+=|https?://(?!www\.w3\.org)|innerHTML|url\(", page)
    assert re.findall(r'(?:src|href)="([^#"][^"]*)"', page) == []


def test_it_is_small_and_the_same_every_time() -> None:
    assert board(_sample()) == board(_sample())
    assert len(board(_sample()).encode("utf-8")) <= 100_000
    assert board(_hidden()) == board(_hidden())


def test_what_is_not_public_is_marked() -> None:
    page = board(_hidden())
    assert ["01", "机要室管理松弛", "内部"] in [one[:3] for one in _packed(page)]
    few = Board(LedgerOnDay(ledger(finding(公开="否", 不公开理由="涉密")), DAY))
    assert '会议过多 <span class="tag">内部</span>' in board(few)
    assert "机要柜经费" in page


def test_for_the_public_hidden_words_are_absent_and_figures_stay() -> None:
    inside = _hidden()
    outside = Board(inside.day, public=True)
    page = board(outside)
    packed = json.dumps(_packed(page), ensure_ascii=False)
    for words in ("机要", "内部", "办公室"):
        assert words not in page
        assert words not in packed
    assert "另有1个问题不公开，只计入数字" in page
    assert [card.number for card in outside.cards] == [card.number for card in inside.cards]
    assert outside.total == inside.total
    (aspects,) = outside.groups
    assert [(row.label, row.count) for row in aspects.rows] == [
        ("作风建设", 318),
        ("（不公开）", 1),
    ]
    assert outside.coordination == []


def test_for_the_public_no_name_no_evidence_and_no_journal() -> None:
    page = board(_sample(public=True))
    for words in ("办公室负责人", "高新技术科", "分管副局长", '<ol class="journal">'):
        assert words not in page
    assert "存在以会议落实会议现象" in page


def test_the_most_pressing_are_in_the_page_and_the_others_travel_with_it() -> None:
    page = board(_hidden())
    ids = re.findall(r'<span class="row"><span class="id">(\d+)<', page)
    packed = _packed(page)
    assert (len(ids), len(packed)) == (300, 19)
    assert sorted([*ids, *(str(one[0]) for one in packed)]) == sorted(
        row.id for row in _hidden().day.register.rows
    )
    assert "其余19个压缩在页面中" in page


def test_too_many_deadlines_are_counted_by_month() -> None:
    many = _hidden().months
    assert many is not None
    assert (many.by, many.months) == ("责任科室", ["2021-04"])
    assert [(row.label, row.counts) for row in many.rows] == [
        ("（未填写）", [318]),
        ("机要科", [1]),
    ]
    few = _sample()
    assert few.months is None
    assert len(few.dues) == 14


def test_what_is_asked_of_others_stands_first() -> None:
    asked = report("2021-04-01") | {"需协调事项": "评标专家库的使用", "协调层级": "县级"}
    page = board(Board(LedgerOnDay(ledger(finding(记录=[asked], 责任科室="计划财务科")), DAY)))
    assert page.index("评标专家库的使用") < page.index('class="cards"')
    told = Board(LedgerOnDay(ledger(finding(记录=[asked, report("2021-04-10")])), DAY))
    assert told.coordination == []
