"""Take the pictures of the README from the built site and its handouts.

Run by `make pictures` after `make site`. Needs the tests' Chromium.
"""

from __future__ import annotations

import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from chromium import FLAGS, executable  # noqa: E402
from samspill.tokens import TOKENS  # noqa: E402

SITE = ROOT / "build" / "site"
OUT = ROOT / ".github" / "pictures"
GROUND = TOKENS.light["line"]
HANDOUTS = (
    "en/handouts/case-each-waits-participant.pdf",
    "en/handouts/case-each-waits-facilitator.pdf",
    "en/handouts/worksheet-learning-log.pdf",
    "en/handouts/pathway-short-who-waits-for-whom.pdf",
)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def save(picture: Image.Image, name: str) -> None:
    """Save a picture with few colours, so that the repository stays small."""
    OUT.mkdir(parents=True, exist_ok=True)
    small = picture.convert("RGB").quantize(128, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    small.save(OUT / f"{name}.png", optimize=True)
    print(OUT.relative_to(ROOT) / f"{name}.png")


def beside(pictures: list[Image.Image], gap: int = 24) -> Image.Image:
    """Put pictures side by side on a quiet ground."""
    width = sum(p.width for p in pictures) + gap * (len(pictures) + 1)
    sheet = Image.new("RGB", (width, max(p.height for p in pictures) + 2 * gap), GROUND)
    left = gap
    for picture in pictures:
        sheet.paste(picture, (left, gap))
        left += picture.width + gap
    return sheet


def shot(browser: Browser, address: str, width: int, height: int, scheme: str, scroll: str = "") -> Image.Image:
    """Return a screenshot of an address."""
    tab = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    tab.goto(address)
    tab.wait_for_timeout(300)
    if scroll:
        tab.locator(scroll).first.evaluate("e => window.scrollTo(0, e.getBoundingClientRect().top + scrollY - 90)")
    path = OUT / "shot.png"
    tab.screenshot(path=path)
    tab.close()
    picture = Image.open(path)
    picture.load()
    path.unlink()
    return picture


def main() -> None:
    """Take them all."""
    if not (SITE / "en" / "index.html").exists():
        raise SystemExit("build the site first: make site")
    OUT.mkdir(parents=True, exist_ok=True)
    web = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(SITE)))
    threading.Thread(target=web.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{web.server_address[1]}/"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=list(FLAGS))
        save(shot(browser, f"{base}en/", 1280, 900, "light"), "home")
        save(shot(browser, f"{base}en/cases/each-waits/", 1280, 1000, "light"), "case")
        case = f"{base}da/cases/each-waits/"
        phones = [
            shot(browser, case, 360, 720, "light"),
            shot(browser, case, 360, 720, "light", "figure"),
            shot(browser, case, 360, 720, "dark", "figure"),
        ]
        save(beside(phones), "phone")
        browser.close()
    pages = [pypdfium2.PdfDocument(SITE / name)[0].render(scale=0.75).to_pil() for name in HANDOUTS]
    save(beside(pages, 16), "handouts")
    web.shutdown()


if __name__ == "__main__":
    main()
