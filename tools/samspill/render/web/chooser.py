"""The page at the root of the site: four doors, one per language, and nothing else."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping

from samspill.artifact import Artifact
from samspill.languages import catalogue
from samspill.markup import Markup, tag, void
from samspill.model import Course
from samspill.render.web.fonts import face
from samspill.render.web.look import stack, template
from samspill.tokens import TOKENS, Tokens, laid

_DRAWING = Markup(
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
    foot = f"{edition} · {words('common.licence', licence=about.licence.name)}" if about.licence else edition
    # Only the letters on this page, so that it carries its own type in a few kilobytes.
    names = "".join(entry.name for entry in about.languages)
    letters = frozenset(map(ord, name + foot + names + "".join(about.title.values())))
    upper = frozenset(ord(letter.upper()) for letter in map(chr, letters) if len(letter.upper()) == 1)
    style = _style(letters | upper | {0x20}, laid(course.look))
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:; base-uri 'none'; form-action 'none'"
    lines = (
        void("meta", charset="utf-8"),
        void("meta", http_equiv="Content-Security-Policy", content=policy),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        void("meta", name="color-scheme", content="light dark"),
        void("meta", name="referrer", content="no-referrer"),
        tag("title", name),
        # The one text that is not escaped: a file of ours, with letters of type in it and no word of the course.
        tag("style", Markup(style)),
    )
    head = tag("head", Markup("\n") + Markup("\n").join(lines) + Markup("\n"))
    main = tag("main", _DRAWING + tag("h1", name) + tag("ul", Markup("").join(doors)))
    body = tag("body", Markup("\n") + main + tag("footer", foot) + Markup("\n"))
    whole = tag("html", Markup("\n") + head + Markup("\n") + body + Markup("\n"), lang=course.source_language)
    page = Markup("<!doctype html>\n") + whole + Markup("\n")
    return Artifact("index.html", page.encode())


def _style(letters: frozenset[int], tokens: Tokens) -> str:
    """Return the style of the page with the letters it needs, in as few characters as the template."""
    colours = {name: name for name in ("paper", "card", "ink", "muted", "line")}
    colours |= dict(zip("abc", tokens.strands, strict=True)) | {"leaf": "leaf"}
    coded = {
        name: base64.b64encode(face(f"{family.slug}-{cut}", letters)).decode()
        for name, family, cut in (("title_letters", TOKENS.serif, 600), ("text_letters", TOKENS.sans, 400))
    }
    return template("chooser.css").substitute(
        coded,
        light=";".join(f"--{name}:{tokens.light[colour]}" for name, colour in colours.items()),
        dark=";".join(f"--{name}:{tokens.dark[colour]}" for name, colour in colours.items()),
        titles=stack(TOKENS.serif.alone).replace(", ", ","),
        text=stack(TOKENS.sans.alone).replace(", ", ","),
        side=TOKENS.side.replace(", ", ","),
    )
