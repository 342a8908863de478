"""Firefox, and WebKit (Safari's engine), as a Linux distribution has them: each by its own protocol.

Playwright brings a WebKit of its own, and asks Debian's Firefox for what that does not know yet.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar

from ports import free_ports
from visiting import UNFOLD
from websocket import WebSocket, create_connection

SECONDS = 120  # for any one answer: a busy machine takes its time
# As the WebDriver standard names keys.
KEYS = {
    "Enter": "\ue007",
    "ArrowLeft": "\ue012",
    "ArrowUp": "\ue013",
    "ArrowRight": "\ue014",
    "ArrowDown": "\ue015",
}
SHIFT = "\ue008"

#: A page is: its figures move, its folds are open, its fonts are there.
READY = f"""async () => {{
    const waiting = () => document.querySelector(".nn-explorer fieldset:disabled");
    for (let tries = 0; waiting() && tries < 300; tries++) await new Promise(r => setTimeout(r, 100));
    await ({UNFOLD})();
    await document.fonts.ready;
}}"""


Answer = TypeVar("Answer")


class Missing(Exception):
    """A sentence that says what is not installed."""


class Engine(Protocol):
    narrowest: int  # pixels that its window can be wide

    def open(self, url: str) -> None: ...
    def widen(self, width: int) -> None: ...
    def run(self, function: str, *arguments: Any) -> Any: ...
    def press(self, key: str, times: int) -> None: ...
    def errors(self) -> list[str]: ...


def program(name: str, package: str) -> str:
    if (path := shutil.which(name)) is None:
        raise Missing(f"{name} is not installed (Debian: apt-get install {package})")
    return path


@contextmanager
def started(*command: str, **options: Any) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(command, text=True, **options)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


def strokes(key: str, times: int) -> list[dict[str, Any]]:
    """A key, struck some times; the one of ``Shift+Enter`` while Shift is down."""
    shift, name = [SHIFT] * key.startswith("Shift+"), key.removeprefix("Shift+")
    down = [{"type": "keyDown", "value": each} for each in (*shift, KEYS.get(name, name))]
    up = [{"type": "keyUp", "value": each["value"]} for each in reversed(down)]
    return [{"type": "key", "id": "keyboard", "actions": (down + up) * times}]


class Firefox:
    """By WebDriver BiDi: JSON over a web socket."""

    narrowest = 320

    def __init__(self, connection: WebSocket) -> None:
        self.connection = connection
        self.numbers = itertools.count()
        self.logged: list[str] = []
        self.send("session.new", capabilities={})
        self.send("session.subscribe", events=["log.entryAdded"])
        # The first window has no focus, without which Space does nothing.
        self.page = self.send("browsingContext.create", type="window")["context"]
        self.widen(1280)

    def send(self, method: str, **parameters: Any) -> Any:
        number = next(self.numbers)
        self.connection.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.connection.recv())
            if message.get("method") == "log.entryAdded" and message["params"]["level"] in ("error", "warn"):
                self.logged.append(message["params"]["text"])
            if message.get("id") == number:
                if message["type"] == "error":
                    raise RuntimeError(f"{method}: {message['message']}")
                return message["result"]

    def open(self, url: str) -> None:
        self.logged.clear()
        self.send("browsingContext.navigate", context=self.page, url=url, wait="complete")

    def widen(self, width: int) -> None:
        self.send("browsingContext.setViewport", context=self.page, viewport={"width": width, "height": 900})

    def run(self, function: str, *arguments: Any) -> Any:
        answer = self.send(
            "script.evaluate",
            expression=f"Promise.resolve(({function})(...{json.dumps(arguments)})).then(JSON.stringify)",
            target={"context": self.page},
            awaitPromise=True,
        )
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"].get("value", "null"))

    def press(self, key: str, times: int) -> None:
        self.send("input.performActions", context=self.page, actions=strokes(key, times))

    def errors(self) -> list[str]:
        return self.logged


class WebKit:
    """By WebDriver: JSON over HTTP, which tells nothing of the console."""

    narrowest = 480

    def __init__(self, driver: str) -> None:
        self.address = driver
        self.address += "/session/" + self.send("/session", capabilities={})["sessionId"]
        self.send("/timeouts", script=SECONDS * 1000)
        self.widen(1280)

    def send(self, command: str, method: str = "POST", **parameters: Any) -> Any:
        data = json.dumps(parameters).encode() if method == "POST" else None
        request = urllib.request.Request(self.address + command, data, method=method)
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            return json.load(answer)["value"]

    def open(self, url: str) -> None:
        self.send("/url", url=url)

    def widen(self, width: int) -> None:
        self.send("/window/rect", x=0, y=0, width=width, height=900)

    def run(self, function: str, *arguments: Any) -> Any:
        script = f"const done = arguments[0]; Promise.resolve(({function})(...{json.dumps(arguments)}))"
        script += ".then(value => done({value}), error => done({error: String(error)}))"
        answer = self.send("/execute/async", script=script, args=[])
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer.get("value")

    def press(self, key: str, times: int) -> None:
        self.send("/actions", actions=strokes(key, times))

    def errors(self) -> list[str]:
        return []


@contextmanager
def firefox(folder: Path) -> Iterator[Engine]:
    path = shutil.which("firefox-esr") or program("firefox", "firefox-esr")
    command = [path, "--headless", "--no-remote", "--profile", str(folder), "--remote-debugging-port", "0"]
    own = os.environ | {"HOME": str(folder)}
    with started(*command, env=own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
        said = patiently(lambda: json.loads((folder / "WebDriverBiDiServer.json").read_text()))
        address = f"ws://{said['ws_host']}:{said['ws_port']}/session"
        connection = create_connection(address, timeout=SECONDS, suppress_origin=True)
        yield Firefox(connection)
        connection.close()


@contextmanager
def webkit(folder: Path) -> Iterator[Engine]:
    driver, screen = program("WebKitWebDriver", "webkit2gtk-driver"), program("Xvfb", "xvfb")
    reading, writing = os.pipe()
    size = ["-screen", "0", "1600x1200x24", "-nolisten", "tcp"]
    with started(screen, "-displayfd", str(writing), *size, pass_fds=[writing], stderr=subprocess.DEVNULL):
        os.close(writing)
        with os.fdopen(reading) as numbers:
            display = f":{numbers.readline().strip()}"
        own = {"DISPLAY": display, "GDK_BACKEND": "x11", "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
        (port,) = free_ports(1)
        with started(driver, f"--port={port}", env=os.environ | own, stdout=subprocess.DEVNULL):
            engine = patiently(lambda: WebKit(f"http://127.0.0.1:{port}"))
            yield engine
            engine.send("", "DELETE")


ENGINES = {"Firefox": firefox, "WebKit": webkit}


def patiently(ask: Callable[[], Answer]) -> Answer:
    """What a program that has just been started answers, once it does."""
    until = time.monotonic() + SECONDS
    while True:
        try:
            return ask()
        except (OSError, ValueError):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
