"""Chromium without a screen, spoken to through a pipe (``--remote-debugging-pipe``): no driver, no port, no package."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

#: What the browser is called, where it is installed.
NAMES = ("chromium", "chromium-browser", "google-chrome")
_TIME = 60.0
#: Without these, it asks for updates and hosts of its own, which no test needs.
_FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-extensions", "--hide-scrollbars",
    "--disable-dev-shm-usage", "--remote-debugging-pipe", "--font-render-hinting=none",
)  # fmt: skip


def installed() -> str | None:
    """The browser of this machine, if it has one."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


class Page:
    """One page in one browser. `events` are those that the page has sent."""

    def __init__(self, executable: str) -> None:
        self._profile = tempfile.mkdtemp(prefix="nda-lint-browser-")
        theirs_in, self._out = os.pipe()
        self._in, theirs_out = os.pipe()

        def set_up() -> None:
            # It reads from descriptor 3 and writes to 4, whatever these were before.
            source, target = os.dup(theirs_in), os.dup(theirs_out)
            os.dup2(source, 3)
            os.dup2(target, 4)

        self._process = subprocess.Popen(
            [executable, *_FLAGS, f"--user-data-dir={self._profile}", "about:blank"],
            preexec_fn=set_up,  # noqa: PLW1509 - only descriptors are moved
            pass_fds=(3, 4),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self._buffer = b""
        self._number = 0
        self._session: str | None = None
        self.events: list[dict[str, Any]] = []
        target = next(
            info for info in self.send("Target.getTargets")["targetInfos"] if info["type"] == "page"
        )
        attached = self.send("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "Accessibility"):
            self.send(f"{domain}.enable")

    def close(self) -> None:
        """End the browser and forget what it wrote."""
        self._session = None
        try:
            self.send("Browser.close")
        except (OSError, EOFError, RuntimeError):
            self._process.kill()
        self._process.wait(timeout=_TIME)
        os.close(self._in)
        os.close(self._out)
        shutil.rmtree(self._profile, ignore_errors=True)

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and wait for its result."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session is not None:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive(time.monotonic() + _TIME)
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                result: dict[str, Any] = answer["result"]
                return result

    def _receive(self, until: float) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._in], [], [], max(0.0, until - time.monotonic()))
            if not ready:
                raise RuntimeError("the browser does not answer")
            read = os.read(self._in, 1 << 20)
            if not read:
                raise EOFError
            self._buffer += read
        raw, _, self._buffer = self._buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(raw)
        if "method" in message:
            self.events.append(message)
        return message

    # --- what a reader does ---------------------------------------------------------------

    def size(self, width: int, height: int, *, phone: bool = False) -> None:
        """The size of the window, or of a phone."""
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=phone,
        )

    def media(self, *, dark: bool = False, kind: str = "") -> None:
        """Light or dark, screen or paper."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.send("Emulation.setEmulatedMedia", media=kind, features=[scheme])

    def open(self, path: Path) -> None:
        """Open a file and wait until it is there."""
        self.events.clear()
        self.send("Page.navigate", url=path.as_uri())
        until = time.monotonic() + _TIME
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self._receive(until)

    def run(self, script: str) -> Any:
        """The value of a script in the page; the page's own policy does not bind it."""
        result = self.send(
            "Runtime.evaluate",
            expression=script,
            returnByValue=True,
            awaitPromise=True,
            allowUnsafeEvalBlockedByCSP=True,
        )
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"])
        return result["result"].get("value")

    def press(self, key: str) -> None:
        """Press a key and let it go."""
        codes = {"Tab": 9, "Enter": 13, " ": 32}
        text = {"Enter": "\r", " ": " "}.get(key, "")
        common = {"key": key, "code": {" ": "Space"}.get(key, key), "windowsVirtualKeyCode": codes[key]}
        self.send("Input.dispatchKeyEvent", type="keyDown", text=text, **common)
        self.send("Input.dispatchKeyEvent", type="keyUp", **common)

    def picture(self, path: Path, clip: tuple[int, int, int, int] | None = None) -> None:
        """Save what is seen, or a part (left, top, width, height) of the whole page."""
        options: dict[str, Any] = {}
        if clip is not None:
            left, top, width, height = clip
            box = {"x": left, "y": top, "width": width, "height": height, "scale": 1}
            options = {"captureBeyondViewport": True, "clip": box}
        path.write_bytes(
            base64.b64decode(self.send("Page.captureScreenshot", format="png", **options)["data"])
        )

    def paper(self, path: Path) -> None:
        """Save the page as it is printed."""
        done = self.send("Page.printToPDF", printBackground=False, preferCSSPageSize=True)
        path.write_bytes(base64.b64decode(done["data"]))
