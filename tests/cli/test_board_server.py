"""`board --serve`: for this machine alone, read-only, and always the last good page."""

import http.client
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from commandline import Zhenggai
from ledger_files import finding, write_ledger
from zhenggai.cli.board_server import LiveBoard, Made, serve
from zhenggai.errors import InvalidInputError, RefusedError

_PAGE = '<html data-version=""><p>%s</p>'


class _Ledger:
    """What the server makes its page of: a text, and what is wrong with it."""

    def __init__(self) -> None:
        self.text, self.problem, self.is_gone = "甲", "", False
        self.made = 0

    def make(self) -> Made:
        self.made += 1
        if self.is_gone:
            raise InvalidInputError("没有台账")
        return Made(_PAGE % self.text, self.problem)

    def seen(self) -> object:
        return self.text, self.problem, self.is_gone

    def live(self) -> LiveBoard:
        board = LiveBoard(self.make, self.seen)
        board.begin()
        return board


def test_the_page_is_made_anew_only_when_something_has_changed() -> None:
    ledger = _Ledger()
    live = ledger.live()
    first = live.answer
    assert not live.refresh()
    ledger.text = "乙"
    assert live.refresh()
    assert ledger.made == 2
    assert live.answer.version != first.version
    assert f'data-version="{live.answer.version}"' in live.answer.page.decode()


def test_while_something_is_broken_the_last_good_page_stays_and_it_is_said() -> None:
    ledger = _Ledger()
    live = ledger.live()
    good = live.answer
    ledger.text, ledger.problem = "坏", "07.yaml:2:1: 写错了"
    assert live.refresh()
    assert live.answer == (good.page, good.version, "07.yaml:2:1: 写错了；看板仍是上一次的内容")
    assert not live.refresh()
    ledger.is_gone = True
    assert live.refresh()
    assert live.answer == (good.page, good.version, "没有台账；看板仍是上一次的内容")
    ledger.text, ledger.problem, ledger.is_gone = "好", "", False
    assert live.refresh()
    assert live.answer.problem == ""
    assert "好" in live.answer.page.decode()


def test_the_first_page_says_what_is_broken_in_it() -> None:
    ledger = _Ledger()
    ledger.problem = "07.yaml:2:1: 写错了"
    live = ledger.live()
    assert live.answer.problem == "07.yaml:2:1: 写错了"
    ledger.is_gone = True
    with pytest.raises(InvalidInputError):
        ledger.live()


@contextmanager
def _served(live: LiveBoard) -> Iterator[tuple[int, list[str]]]:
    """Serve a board; give its port and what is said."""
    said: list[str] = []
    begun, stop = Event(), Event()

    def say(words: str) -> None:
        said.append(words)
        begun.set()

    running = Thread(target=serve, args=(live, 0, say, stop, 0.05))
    running.start()
    try:
        assert begun.wait(10)
        found = re.search(r"127\.0\.0\.1:(\d+)/", said[0])
        assert found
        yield int(found[1]), said
    finally:
        stop.set()
        running.join(10)
    assert not running.is_alive()


def _ask(
    port: int, method: str, path: str = "/", **headers: str
) -> tuple[int, http.client.HTTPMessage, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    found = answer.status, answer.headers, answer.read().decode()
    connection.close()
    return found


def test_it_answers_get_and_head_and_nothing_else() -> None:
    with _served(_Ledger().live()) as (port, _):
        status, headers, page = _ask(port, "GET")
        assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert "甲" in page
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Security-Policy"] == "frame-ancestors 'none'"
        status, headers, body = _ask(port, "HEAD")
        assert (status, body) == (200, "")
        assert int(headers["Content-Length"]) == len(page.encode())
        for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT"):
            status, headers, body = _ask(port, method)
            assert (status, headers["Allow"], body) == (405, "GET, HEAD", "只能读取\n")


@pytest.mark.parametrize(
    "path", ["/index.html", "/../../etc/passwd", "/?a=1", "/%2e%2e/", "/version/"]
)
def test_there_is_one_page_and_no_file(path: str) -> None:
    with _served(_Ledger().live()) as (port, _):
        assert _ask(port, "GET", path)[0] == 404


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1:1", "[::1]", ""]
)
def test_a_page_of_another_site_whose_name_points_here_gets_nothing(host: str) -> None:
    with _served(_Ledger().live()) as (port, _):
        status, _headers, body = _ask(port, "GET", "/", Host=host)
        assert status == 403
        assert "甲" not in body
        assert _ask(port, "GET", "/version", Host=host)[0] == 403
        assert _ask(port, "GET", "/", Host=f"localhost:{port}")[0] == 200


def test_what_is_no_http_at_all_does_not_end_it() -> None:
    with _served(_Ledger().live()) as (port, _):
        for raw in (b"\r\n\r\n", b"GET\r\n\r\n", b"\x16\x03\x01\x02", b"GET / HTTP/9.9\r\n\r\n"):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.connect()
            connection.sock.sendall(raw)
            connection.close()
        assert _ask(port, "GET")[0] == 200


def test_a_change_is_seen_and_what_is_broken_is_told_once() -> None:
    ledger = _Ledger()
    live = ledger.live()
    with _served(live) as (port, said):
        first = json.loads(_ask(port, "GET", "/version")[2])
        assert first == {"version": live.answer.version, "problem": ""}
        ledger.problem = "07.yaml:2:1: 写错了"
        _wait(lambda: live.answer.problem)
        broken = json.loads(_ask(port, "GET", "/version")[2])
        assert broken["version"] == first["version"]
        assert broken["problem"].startswith("07.yaml:2:1: 写错了")
        ledger.text, ledger.problem = "乙", ""
        _wait(lambda: "乙" in _ask(port, "GET")[2])
    assert said[1:] == ["07.yaml:2:1: 写错了；看板仍是上一次的内容", "错误已经改正，看板已更新"]


def _wait(is_so: object) -> None:
    pause = Event()
    for _ in range(200):
        if is_so():  # type: ignore[operator]
            return
        pause.wait(0.05)
    raise AssertionError("it did not happen")


def test_a_port_that_is_taken_is_named() -> None:
    taken = "不能在端口{}上打开看板（已被其他程序占用）"
    with _served(_Ledger().live()) as (port, _), pytest.raises(RefusedError) as refused:
        serve(_Ledger().live(), port, lambda _: None, Event())
    assert str(refused.value).startswith(taken.format(port))


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent by a pseudo-terminal")
def test_at_a_terminal_it_says_where_it_is_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    from terminal import Terminal

    write_ledger(tmp_path, {"01": finding()})
    running = Terminal("board", "--serve", "--port", "0", cwd=tmp_path)
    running.wait_for("按Ctrl+C结束")
    code, said = running.end("\x03")
    assert code == 0
    assert "看板已停止" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("board", "写明看板写到哪个文件，如 -o 看板.html；或用 --serve 在浏览器里看"),
        ("board --serve -o a.html", "-o 和 --serve 只能用一个"),
        ("board -o a.html --port 80", "--port 只和 --serve 一起用"),
        ("board --serve --port 70000", "要写0到65535的整数"),
        ("board --county --public -o a.html", "总览供内部使用，没有对外的"),
        ("board --serve --ledger 没有", "没有"),
    ],
)
def test_contradictions_are_refused(
    tmp_path: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch, words: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write_ledger(tmp_path / "台账", {"01": finding()})
    outcome = zhenggai(*words.split())
    assert outcome.code == 2
    assert said in outcome.err


def test_many_ledgers_become_one_page(
    tmp_path: Path, zhenggai: Zhenggai, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("东局", "西局"):
        write_ledger(tmp_path / "全县" / name, {"01": finding(), "02": finding(问题="会议过多")})
    write_ledger(tmp_path / "全县" / "坏局", {"01": finding()}, "反馈日期: [\n")
    where = ("--ledger", "全县", "--today", "2021-05-18")
    alone = zhenggai("board", "-o", "看板.html", *where)
    assert alone.code == 2
    assert "这里有几本台账" in alone.err
    assert "合成一页总览的加 --county" in alone.err
    nowhere = zhenggai("board", "--county", "-o", "没有/总览.html", *where)
    assert nowhere.code == 4
    assert "先建好它的文件夹" in nowhere.err
    outcome = zhenggai("board", "--county", "-o", "总览.html", *where)
    assert outcome.code == 3
    assert outcome.err.startswith("已写入总览.html：2本台账，4个问题\n")
    page = Path("总览.html").read_text(encoding="utf-8")
    assert "有1本台账的inspection.yaml有错误，未计入任何数：坏局" in page
    status = zhenggai("status", "--format", "json", *where)
    assert json.loads(status.out)["total"]["count"] == 4
    secret = {"01": finding(问题="已将问题线索移交")}
    write_ledger(tmp_path / "全县" / "东局", secret, "")
    assert zhenggai("board", "--county", "-o", "再来.html", *where).code in (3, 4)
    assert not Path("再来.html").exists()
