"""The board in a real browser, from a file and with no network."""

import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from chromium import CHROMIUM, Page, chromium
from commandline import ROOT, SAMPLE, environment
from examples import INSPECTION, finding, measure
from ledger_files import finding as finding_text
from ledger_files import write_ledger
from many_units import county_days
from zhenggai.exporters.board_page import board, county
from zhenggai.ledger.standing import LedgerOnDay
from zhenggai.model.ledger_model import Ledger
from zhenggai.storage.ledger_folder import read_ledger
from zhenggai.views.board_content import Board
from zhenggai.views.county_content import CountyBoard

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
    pytest.mark.xdist_group("chromium"),
]
DAY = date(2021, 4, 20)
_RADICALS = str.maketrans(
    "⺠⻓⻔⻋⻅⻆⻉⻚⻛⻜⻝⻢⻥⻦⻩⻬⻮⻰",
    "民长门车见角贝页风飞食马鱼鸟黄齐齿龙",
)
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def _browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with chromium(tmp_path_factory.mktemp("profile")) as page:
        yield page


@pytest.fixture
def page(_browser: Page) -> Page:
    """Give a tab that has complained of nothing yet."""
    _browser.complaints.clear()
    _browser.requests.clear()
    return _browser


def _county(folder: Path) -> Path:
    file = folder / "总览.html"
    file.write_text(county(CountyBoard(county_days(), marking="内部资料")), encoding="utf-8")
    return file


def _written(folder: Path, ledger: Ledger, *, public: bool = False) -> Path:
    file = folder / "看板.html"
    file.write_text(board(Board(LedgerOnDay(ledger, DAY), public=public)), encoding="utf-8")
    return file


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """Give the board of the sample."""
    return _written(tmp_path, read_ledger(SAMPLE, "keji-2021"))


_SHOWN = "[...document.querySelectorAll('#rows .row > .id')].map(e => e.textContent)"


def _shown(page: Page) -> list[str]:
    found: list[str] = page.ask(_SHOWN)
    return found


def _type(page: Page, words: str) -> None:
    page.ask(
        f"q.value = {json.dumps(words)}; q.dispatchEvent(new Event('input', {{bubbles: true}}))"
    )


def _choose(page: Page, name: str, value: str) -> None:
    page.ask(
        f"document.getElementById('f-{name}').value = {json.dumps(value)};"
        "tools.dispatchEvent(new Event('change'))"
    )


def test_it_opens_from_a_file_asks_for_nothing_and_complains_of_nothing(
    page: Page, sample: Path
) -> None:
    page.open(sample)
    page.wait("document.documentElement.dataset.ready")
    assert page.complaints == []
    assert page.requests == [sample.as_uri()]
    assert len(_shown(page)) == 19
    for width in (1440, 1024, 390):
        page.open(sample, width=width)
        assert page.ask("document.documentElement.scrollWidth <= innerWidth"), width


def test_search_filter_and_sort(page: Page, sample: Path) -> None:
    page.open(sample)
    page.wait("document.documentElement.dataset.ready")
    _type(page, "与会人员 签字")
    assert _shown(page) == ["07"]
    assert page.ask("found.textContent") == "找到1个，共19个"
    _type(page, "没有这样的字")
    assert _shown(page) == []
    _type(page, "")
    _choose(page, "timing", "临期")
    assert sorted(_shown(page)) == ["01", "07", "12", "13"]
    _choose(page, "department", "办公室")
    assert sorted(_shown(page)) == ["01", "07", "12"]
    page.ask("document.querySelector('#tools button').click()")
    page.wait("document.querySelectorAll('#rows > li').length === 19")
    by_id = "document.querySelector('#columns [data-key=id] button').click()"
    page.ask(by_id)
    assert _shown(page) == [f"{n:02}" for n in range(1, 20)]
    page.ask(by_id)
    assert _shown(page) == [f"{n:02}" for n in range(19, 0, -1)]
    assert page.complaints == []


def test_without_script_everything_is_there(page: Page, sample: Path) -> None:
    page.open(sample, script=False)
    text = page.ask("document.body.innerText")
    for finding_there in read_ledger(SAMPLE, "keji-2021").findings:
        assert finding_there.title in text
    assert page.ask("getComputedStyle(tools).display") == "none"
    assert page.ask("document.querySelectorAll('.steps li').length") == 61
    assert page.complaints == []


def test_with_the_keyboard_alone(page: Page, sample: Path) -> None:
    page.open(sample)
    page.wait("document.documentElement.dataset.ready")
    page.ask("q.focus()")
    for letter in "07":
        page.press(letter, letter)
    page.wait("document.querySelectorAll('#rows > li').length < 19")
    for _ in range(40):
        page.press("Tab")
        if page.ask("document.activeElement.tagName") == "SUMMARY":
            break
    page.press("Enter", "\r")
    page.wait("document.querySelector('#rows details').open")
    assert page.ask("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_printed_it_is_two_sheets_of_a3_with_every_title(
    page: Page, sample: Path, tmp_path: Path
) -> None:
    page.open(sample)
    (tmp_path / "a.pdf").write_bytes(page.pdf())
    info = subprocess.check_output(["pdfinfo", "a.pdf"], cwd=tmp_path, text=True)  # noqa: S607
    assert re.search(r"Pages: +2\n", info)
    assert "(A3)" in info
    text = subprocess.check_output(["pdftotext", "a.pdf", "-"], cwd=tmp_path, text=True)  # noqa: S607
    # Old versions write some characters of a font as the radicals that look like them.
    text = unicodedata.normalize("NFKC", text.replace("\n", "")).translate(_RADICALS)
    for one in read_ledger(SAMPLE, "keji-2021").findings:
        assert one.title in text


def test_a_whole_county_is_one_sheet_of_a3(page: Page, tmp_path: Path) -> None:
    file = _county(tmp_path)
    for width in (1440, 1024, 390):
        page.open(file, width=width)
        assert page.ask("document.documentElement.scrollWidth <= innerWidth"), width
    (tmp_path / "a.pdf").write_bytes(page.pdf())
    info = subprocess.check_output(["pdfinfo", "a.pdf"], cwd=tmp_path, text=True)  # noqa: S607
    assert re.search(r"Pages: +1\n", info)
    assert "(A3)" in info
    assert page.complaints == []
    assert page.requests == [file.as_uri()] * 3


def test_a_served_board_takes_a_change_up_and_keeps_what_was_searched_for(
    page: Page, tmp_path: Path
) -> None:
    folder = write_ledger(
        tmp_path / "台账", {f"{n:02}": finding_text(问题=f"第{n}个问题") for n in range(1, 9)}
    )
    command = ["-m", "zhenggai", "board", "--serve", "--port", "0", "--today", "2021-05-18"]
    with subprocess.Popen(
        [sys.executable, *command],
        cwd=folder,
        env=environment(),
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as running:
        assert running.stderr
        found = re.search(r"http://127\.0\.0\.1:\d+/", running.stderr.readline())
        assert found
        page.visit(found[0])
        page.wait("document.documentElement.dataset.ready")
        _type(page, "第3个")
        assert _shown(page) == ["03"]
        page.ask("document.querySelector('#rows details').open = true")
        (folder / "03.yaml").write_text(finding_text(问题="第3个问题，已改"), encoding="utf-8")
        page.wait("document.querySelector('#rows .title')?.textContent === '第3个问题，已改'")
        page.wait("document.querySelector('#rows details')?.open")
        assert page.ask("q.value") == "第3个"
        assert _shown(page) == ["03"]
        (folder / "04.yaml").write_text("问题: [\n", encoding="utf-8")
        page.wait("!document.getElementById('broken')?.hidden")
        assert "04.yaml:2:1: Y201" in page.ask("broken.textContent")
        assert "看板仍是上一次的内容" in page.ask("broken.textContent")
        running.terminate()
    page.wait("broken.textContent.startsWith('看板已停止更新')")


def test_a_hostile_ledger_runs_nothing(page: Page, tmp_path: Path) -> None:
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
    texts = [
        evil,
        "\u202e倒过来",
        "长" * 10_000,
        "{{ 7*7 }}",
        "'\"><svg onload=alert(3)>",
        "]]>--><!--",
    ]
    made = [
        finding(
            f"{n:03}",
            问题=f"{n}{texts[n % len(texts)]}"[:190],
            责任科室=texts[n % 2] + "科",
            措施=[measure(text=texts[n % len(texts)])],
        )
        for n in range(1, 320)
    ]
    ledger = Ledger("x", "", INSPECTION, tuple(made))
    page.open(_written(tmp_path, ledger))
    page.wait("document.documentElement.dataset.ready === '319'")
    for _ in range(3):
        page.ask("next.click()")
        page.ask("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert page.complaints == []
    assert len(page.requests) == 1
    assert page.ask("document.images.length") == 0
    assert page.ask("document.scripts.length") == 2
    assert page.ask("document.documentElement.scrollWidth <= innerWidth")
    assert "\u202e" not in page.ask("document.body.textContent")


def test_ten_thousand_findings_are_ready_in_time(page: Page, tmp_path: Path) -> None:
    made = [
        finding(
            f"{n:05}",
            问题=f"第{n}个问题：制度执行不到位，会后不落实",
            责任科室=f"第{n % 30}科",
            措施=[measure(text=f"完善第{n}项制度，逐项对照检查"), measure(done="2021-03-01")],
        )
        for n in range(1, 10_001)
    ]
    file = _written(tmp_path, Ledger("x", "", INSPECTION, tuple(made)))
    assert file.stat().st_size <= 2_000_000
    page.open(file)
    page.wait("document.documentElement.dataset.ready === '10000'")
    assert page.ask("performance.now()") < 10_000  # two seconds on a quiet machine
    _type(page, "第9999个")
    page.wait("document.querySelectorAll('#rows > li').length === 1")
    assert _shown(page) == ["09999"]
    page.ask("document.querySelector('#rows details').open = true")
    page.wait("document.querySelectorAll('#rows .steps li').length === 2")
    assert page.complaints == []


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed (npm install axe-core)")
@pytest.mark.parametrize("which", ["one", "county"])
def test_axe_finds_nothing_serious(page: Page, sample: Path, tmp_path: Path, which: str) -> None:
    page.open(sample if which == "one" else _county(tmp_path))
    page.ask(AXE.read_text(encoding="utf-8"))
    page.ask("axe.run().then(r => { window.violations = r.violations })")
    page.wait("window.violations")
    found = page.ask(
        "violations.filter(v => ['serious', 'critical'].includes(v.impact))"
        ".map(v => v.id + ' ' + v.nodes[0].html)"
    )
    assert found == []
