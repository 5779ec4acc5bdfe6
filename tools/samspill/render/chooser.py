"""The page at the root of the site: four doors, one per language, and nothing else."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping

from samspill.model import Course
from samspill.render import Artifact
from samspill.render.fonts import face
from samspill.render.html import escape, tag
from samspill.render.words import catalogue

_STYLE = """
@font-face{font-family:S;font-weight:600;src:url(data:font/woff2;base64,%(serif)s) format("woff2")}
@font-face{font-family:A;src:url(data:font/woff2;base64,%(sans)s) format("woff2")}
:root{color-scheme:light dark;--paper:#fbf9f5;--card:#fff;--ink:#1b2a33;--muted:#4a5b66;--line:#d9d3c7;--a:#0e6377;--b:#a8243b;--c:#3e6332;--leaf:#eaf1e4}
@media(prefers-color-scheme:dark){:root{--paper:#10191e;--card:#17232a;--ink:#e9e6df;--muted:#b4c0c6;--line:#33444d;--a:#7ccbd8;--b:#ff9aa8;--c:#a9cf97;--leaf:#22301f}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;grid-template-rows:1fr auto;background:var(--paper);color:var(--ink);font:1.0625rem/1.55 A,"Segoe UI",Arial,sans-serif}
main{width:min(62rem,100%%);margin:auto;padding:clamp(1.5rem,5vw,4rem) clamp(1rem,4vw,3rem)}
svg{display:block;width:100%%;height:auto;max-height:15rem;fill:none;stroke-width:9;stroke-linecap:round}
.a{stroke:var(--a)}.b{stroke:var(--b)}.c{stroke:var(--c)}circle{fill:var(--paper);stroke-width:6}.who{fill:var(--leaf);stroke:var(--c);stroke-width:7}
h1{font:600 clamp(2.6rem,8vw,4.4rem)/1 S,Georgia,serif;letter-spacing:-.015em;margin:1.2rem 0 2rem}
ul{list-style:none;margin:0;padding:0;display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%%,19rem),1fr));gap:1rem}
a{display:block;height:100%%;padding:1.2rem 1.4rem 1.3rem;background:var(--card);border:1px solid var(--line);border-left:5px solid var(--door);border-radius:14px;color:inherit;text-decoration:none}
li:nth-child(4n+1){--door:var(--a)}li:nth-child(4n+2){--door:var(--b)}li:nth-child(4n+3){--door:var(--c)}li:nth-child(4n){--door:var(--ink)}
a:hover{border-color:var(--door)}a:focus-visible{outline:3px solid var(--a);outline-offset:3px}
b{display:block;font:600 1.45rem/1.2 S,Georgia,serif;text-decoration:underline;text-decoration-thickness:1px;text-underline-offset:.18em}
a:hover b{text-decoration-thickness:3px}
a span{display:block;margin-top:.35rem;color:var(--muted)}
footer{padding:1.2rem clamp(1rem,4vw,3rem);border-top:1px solid var(--line);color:var(--muted);font-size:.95rem}
"""
_DRAWING = (
    '<svg viewBox="0 0 960 220" aria-hidden="true" focusable="false">'
    '<path class="a" d="M10 30C260 30 330 110 560 110S820 96 950 96"/>'
    '<path class="b" d="M10 110H950"/>'
    '<path class="c" d="M10 190C260 190 330 110 560 110S820 124 950 124"/>'
    '<circle class="a" cx="90" cy="32" r="13"/><circle class="b" cx="190" cy="110" r="13"/>'
    '<circle class="c" cx="90" cy="188" r="13"/><circle class="who" cx="560" cy="110" r="26"/></svg>'
)


def chooser(course: Course, roots: Mapping[str, str] | None = None) -> Artifact:
    """Return `index.html`: it offers the languages, remembers nothing and sends nobody anywhere.

    `roots` says where each language stands, `nb/` unless said.
    """
    about = course.about
    name = about.title[course.source_language].partition(":")[0]
    doors = []
    for entry in about.languages:
        what = about.title.get(entry.code, "").partition(":")[2].strip()
        label = tag("b", entry.name) + tag("span", what[:1].upper() + what[1:])
        href = (roots or {}).get(entry.code, f"{entry.code}/")
        doors.append(tag("li", tag("a", label, href=href, hreflang=entry.code, lang=entry.code)))
    words = catalogue(course.source_language)
    edition = words("common.edition_named", edition=about.edition)
    foot = f"{edition} · {words('common.licence')}"
    body = (
        f"<main>{_DRAWING}<h1>{escape(name)}</h1><ul>{''.join(doors)}</ul></main>"
        f"<footer>{escape(foot)}</footer>"
    )
    # Only the letters on this page, so that it carries its own type in a few kilobytes.
    letters = frozenset(map(ord, name + foot + "".join(about.title.values()) + "".join(e.name for e in about.languages)))
    upper = frozenset(ord(letter.upper()) for letter in map(chr, letters) if len(letter.upper()) == 1)
    style = _STYLE % {
        key: base64.b64encode(face(found, letters | upper | {0x20})).decode()
        for key, found in (("serif", "spectral-600"), ("sans", "atkinson-400"))
    }
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:; base-uri 'none'; form-action 'none'"
    page = (
        f'<!doctype html>\n<html lang="{course.source_language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(name)}</title>\n<style>{style}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )
    return Artifact("index.html", page.encode())
