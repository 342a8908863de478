"""Find the browser that the site's tests drive; run as a script, install one where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

# The same engine without a window opens a page in half the time.
WINDOWLESS = "chromium-headless-shell"
NAMES = (
    WINDOWLESS,
    "chromium",
    "google-chrome",
    "google-chrome-stable",
    "chromium-browser",
    "chrome",
    "microsoft-edge",
)
PRINTING = (*NAMES[1:], WINDOWLESS)  # without a window it sets bold letters apart
MISSING = (
    "No Chromium or Chrome was found for the tests of the site: install one "
    f"(Debian: apt-get install {WINDOWLESS}; elsewhere: playwright install chromium) and run the tests again."
)


def find(names: tuple[str, ...] = NAMES) -> str | None:
    """The path of the first of these browsers that starts, or None."""
    for name in names:
        if (path := shutil.which(name)) and starts(path):
            return path
    return playwrights_own()


def playwrights_own() -> str | None:
    # In a process of its own: Playwright's synchronous interface refuses to run inside a test's event loop.
    ask = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as playwright: print(playwright.chromium.executable_path)"
    )
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True)
    path = done.stdout.strip()
    return path if path and Path(path).exists() else None


def starts(path: str) -> bool:
    """Whether it is a browser: some systems have a script of that name that only says where to get one."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def install() -> None:
    """Debian's Chromium, with and without a window, where that is possible, else Playwright's."""
    if os.geteuid() == 0 and is_debian() and shutil.which("apt-get"):
        print("Installing Debian's Chromium for the tests of the site ...", flush=True)
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        install = "apt-get install -y -qq --no-install-recommends"
        for command in ("apt-get update -qq", f"{install} chromium", f"{install} {WINDOWLESS}"):
            subprocess.run(command.split(), env=environment, stdout=subprocess.DEVNULL)
    if find() is None:
        print("Installing Playwright's Chromium for the tests of the site ...", flush=True)
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"])


def is_debian() -> bool:
    release = Path("/etc/os-release")
    return release.exists() and "ID=debian" in release.read_text(encoding="utf-8").splitlines()


def main() -> int:
    if find() is None:
        install()
    if find() is None:
        print(MISSING, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
