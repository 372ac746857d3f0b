"""The board over HTTP, for this machine alone (127.0.0.1): read-only, always the last good page.

Who opens it in a browser need not type anything: the page asks every few seconds which version
there is, and loads itself again when there is a newer one.
"""

import json
from collections.abc import Callable
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, NamedTuple

from zhenggai.errors import RefusedError, ZhenggaiError, cause

ADDRESS = "127.0.0.1"
PATIENCE = 10.0
"""Seconds that a connection may be silent."""


class Answer(NamedTuple):
    """What there is to be shown: the last good page, its version, and what is broken."""

    page: bytes = b""
    version: str = ""
    problem: str = ""


class Made(NamedTuple):
    """A page made anew, and in Chinese what of the ledger is broken ('' where nothing is)."""

    page: str
    problem: str


class LiveBoard:
    """The page as it is now: made anew when `seen` tells of a change, else kept as it was."""

    def __init__(self, make: Callable[[], Made], seen: Callable[[], object]) -> None:
        self._make, self._seen = make, seen
        self._last: object = None
        self.answer = Answer()

    def refresh(self) -> bool:
        """Look for changes, and make the page anew where there are any; return whether so.

        A page with something broken in it takes no good page's place.
        """
        try:
            # Before the files are read: what changes meanwhile is another change.
            seen = self._seen()
            if seen == self._last:
                return False
            self._last = seen
            made = self._make()
        except ZhenggaiError as error:
            answer = self._still(str(error))
        else:
            answer = self._still(made.problem) if made.problem else _taken(made)
        changed = answer != self.answer
        self.answer = answer
        return changed

    def begin(self) -> None:
        """Make the first page, whatever is broken in it; raise what keeps it from being made."""
        self._last = self._seen()
        self.answer = _taken(self._make())

    def _still(self, problem: str) -> Answer:
        """Return what is shown already, and that it is no longer what the files say."""
        return self.answer._replace(problem=f"{problem}；看板仍是上一次的内容")


def _taken(made: Made) -> Answer:
    """Return a page with its version written into it."""
    version = sha256(made.page.encode("utf-8")).hexdigest()[:16]
    page = made.page.replace('data-version=""', f'data-version="{version}"', 1)
    return Answer(page.encode("utf-8"), version, made.problem)


def serve(
    live: LiveBoard, port: int, say: Callable[[str], None], stop: Event, every: float = 2.0
) -> None:
    """Serve a board until `stop` is set, looking for changes every so many seconds.

    `say` is told the address, and what has become broken or whole again. Raise RefusedError where
    the port cannot be had.
    """
    live.begin()
    try:
        server = _Server((ADDRESS, port), live)
    except OSError as error:
        raise RefusedError(
            f"不能在端口{port}上打开看板（{cause(error)}）；"
            "换一个，如 --port 8422，或写 --port 0 由系统选"
        ) from None
    with server:
        Thread(target=server.serve_forever, daemon=True).start()
        say(f"看板：http://{ADDRESS}:{server.server_port}/（只在这台电脑上能打开；按Ctrl+C结束）")
        _say_what_is_broken(live, "", say)
        try:
            while not stop.wait(every):
                before = live.answer.problem
                if live.refresh():
                    _say_what_is_broken(live, before, say)
        finally:
            server.shutdown()


def _say_what_is_broken(live: LiveBoard, before: str, say: Callable[[str], None]) -> None:
    problem = live.answer.problem
    if problem and problem != before:
        say(problem)
    elif before and not problem:
        say("错误已经改正，看板已更新")


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # On Windows it would let a second program listen on the same port.
    allow_reuse_address = False

    def __init__(self, address: tuple[str, int], live: LiveBoard) -> None:
        self.live = live
        super().__init__(address, _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Pass over a browser that has gone away."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = PATIENCE
    server_version, sys_version = "zhenggai", ""

    def do_GET(self) -> None:
        """Answer with the page, or with which version there is."""
        live, port = self.server.live.answer, self.server.server_port
        hosts = (f"{ADDRESS}:{port}", f"localhost:{port}")
        # A page of another site may have its name point here; it still sends that name.
        if self.headers.get("Host") not in hosts:
            self._send(HTTPStatus.FORBIDDEN, "text/plain", f"只能用 http://{hosts[0]}/ 打开\n")
        elif self.path == "/":
            self._send(HTTPStatus.OK, "text/html", live.page)
        elif self.path == "/version":
            said = {"version": live.version, "problem": live.problem}
            self._send(HTTPStatus.OK, "application/json", json.dumps(said))
        else:
            self._send(HTTPStatus.NOT_FOUND, "text/plain", "这里只有看板一页\n")

    do_HEAD = do_GET  # noqa: N815 - the name that the base class looks for

    def send_error(self, code: int, *_: str | None, **__: str | None) -> None:
        """Answer what is not GET or HEAD, or no HTTP at all, in a word."""
        self.close_connection = True
        refused = HTTPStatus.METHOD_NOT_ALLOWED
        status = refused if code == HTTPStatus.NOT_IMPLEMENTED else HTTPStatus(code)
        self._send(status, "text/plain", "只能读取\n" if status == refused else "请求有误\n")

    def _send(self, status: HTTPStatus, kind: str, content: bytes | str) -> None:
        body = content.encode("utf-8") if isinstance(content, str) else content
        self.send_response(status)
        if status == HTTPStatus.METHOD_NOT_ALLOWED:
            self.send_header("Allow", "GET, HEAD")
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        for name, value in _HEADERS:
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Keep no log: who looks is nobody's business."""


# The page has a policy of its own in it; a header alone can say by whom it may be framed.
_HEADERS = (
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "frame-ancestors 'none'"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
)
