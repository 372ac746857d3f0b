"""Chromium without a screen, driven over its DevTools protocol, with every network address cut."""

import base64
import json
import os
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from websockets.sync.client import ClientConnection, connect

CHROMIUM = (
    os.environ.get("ZHENGGAI_CHROMIUM")
    or shutil.which("chromium")
    or shutil.which("chromium-browser")
)
"""The browser: the one that ZHENGGAI_CHROMIUM names, else the machine's own; None where none is."""
_WAIT = 30.0


class Page:
    """One tab: what it shows can be asked, clicked and printed; what it complains of is kept."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket, self._last = socket, 0
        self.complaints: list[str] = []
        self.requests: list[str] = []

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Call a method of the protocol and give its result."""
        self._last += 1
        self._socket.send(json.dumps({"id": self._last, "method": method, "params": parameters}))
        while True:
            said = json.loads(self._socket.recv(timeout=_WAIT))
            if said.get("id") == self._last:
                assert "error" not in said, said
                result: dict[str, Any] = said["result"]
                return result
            self._note(said)

    def _note(self, said: dict[str, Any]) -> None:
        parameters = said.get("params", {})
        match said["method"]:
            case "Runtime.exceptionThrown":
                self.complaints.append(str(parameters["exceptionDetails"]))
            case "Runtime.consoleAPICalled":
                self.complaints.append(str(parameters["args"]))
            case "Log.entryAdded":
                self.complaints.append(parameters["entry"]["text"])
            case "Page.javascriptDialogOpening":
                self.complaints.append(parameters["message"])
            case "Network.requestWillBeSent":
                self.requests.append(parameters["request"]["url"])

    def ask(self, expression: str) -> Any:
        """Give the value of an expression in the page."""
        found = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def wait(self, expression: str) -> float:
        """Wait until an expression is true; give the seconds it took."""
        since = monotonic()
        while not self.ask(f"!!({expression})"):
            assert monotonic() - since < _WAIT, expression
            sleep(0.02)
        return monotonic() - since

    def open(self, file: Path, *, script: bool = True, width: int = 1440) -> None:
        """Open a file and wait until it is there."""
        self.call("Emulation.setScriptExecutionDisabled", value=not script)
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=900,
            deviceScaleFactor=1,
            mobile=False,
        )
        self.visit(file.as_uri())

    def visit(self, address: str) -> None:
        """Go to an address and wait until its page is there."""
        scheme = address.partition(":")[0]
        self.call("Page.navigate", url=address)
        self.wait(f"document.readyState === 'complete' && location.protocol === '{scheme}:'")

    def press(self, key: str, text: str = "") -> None:
        """Press a key and let it go."""
        code = {"Tab": 9, "Enter": 13}.get(key, 0)
        common = {"key": key, "windowsVirtualKeyCode": code}
        self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **common)
        self.call("Input.dispatchKeyEvent", type="keyUp", **common)

    def pdf(self) -> bytes:
        """Print on the paper that the page asks for."""
        printed = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        return base64.b64decode(printed["data"])


@contextmanager
def chromium(folder: Path) -> Iterator[Page]:
    """Run Chromium with a profile of its own; no name is found and no address reached."""
    assert CHROMIUM is not None
    command = [
        CHROMIUM,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        "--remote-debugging-port=0",
        f"--user-data-dir={folder}",
        "about:blank",
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        try:
            with connect(_tab(folder), max_size=None) as socket:
                page = Page(socket)
                for domain in ("Page", "Runtime", "Log", "Network"):
                    page.call(f"{domain}.enable")
                yield page
                page.call("Browser.close")
        finally:
            run.terminate()


def _tab(folder: Path) -> str:
    """Give the address of the first tab, once the browser listens."""
    file, since = folder / "DevToolsActivePort", monotonic()
    while not (file.exists() and file.read_text(encoding="ascii").count("\n")):
        assert monotonic() - since < _WAIT, "Chromium does not start"
        sleep(0.05)
    port = file.read_text(encoding="ascii").splitlines()[0]
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list", timeout=_WAIT) as answer:
        tabs = json.load(answer)
    return next(str(tab["webSocketDebuggerUrl"]) for tab in tabs if tab["type"] == "page")
