"""How a course looks, as a browser reads it: custom properties of the style sheet, and the icon in its colours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import resources
from string import Template

from samspill.artifact import Artifact
from samspill.model import Course
from samspill.tokens import TOKENS, Tokens, laid

#: Where the icon of a site stands.
ICON = "assets/images/mark.svg"
_STYLE_SHEET = """\
/* Made of the tokens: tools/samspill/tokens/tokens.yml. */

$faces

:root {
  color-scheme: light;
  $light
}
::backdrop { --veil: $veil; }

@media screen and (prefers-color-scheme: dark) {
  :root:not([data-scheme="light"]) {
    color-scheme: dark;
    $dark
  }
}
@media screen {
  :root[data-scheme="dark"] {
    color-scheme: dark;
    $dark
  }
}
@media print {
  :root { $print }
}
"""


def template(name: str) -> Template:
    """Return a file of `templates/` in which tokens are named `$like_this`."""
    return Template((resources.files("samspill.render.web") / "templates" / name).read_text("utf-8"))


def stack(families: Iterable[str]) -> str:
    """Return families as a style sheet names them, the first that is there to be taken."""
    return ", ".join(f'"{family}"' if " " in family else family for family in families)


def properties(values: Mapping[str, str]) -> str:
    """Return values as custom properties."""
    return " ".join(f"--{name}: {value};" for name, value in values.items())


def artifacts(course: Course) -> tuple[Artifact, ...]:
    """Return what the theme takes of a course: the style sheet that its own stand on, and the icon."""
    from samspill.render.web.fonts import lettered, rules  # noqa: PLC0415 - it imports the fonts

    tokens = laid(course.look)
    own = course.mark
    if own is None:
        return style_sheet(rules(), tokens), icon(tokens)
    data = lettered(own.data, "".join(text for _, text in own.letters)) if own.letters else own.data
    return style_sheet(rules(), tokens), Artifact(ICON, data)


def style_sheet(faces: Iterable[str], tokens: Tokens = TOKENS) -> Artifact:
    """Return the style sheet that the theme's own stand on: its typefaces, given as rules, and its properties."""
    strands = {f"strand-{number}": f"var(--{colour})" for number, colour in enumerate(tokens.strands, 1)}
    everywhere = strands | {
        "serif": stack((tokens.serif.web, *tokens.serif.fallback)),
        "sans": stack((tokens.sans.web, *tokens.sans.fallback)),
        "code": stack(tokens.code),
        "side": tokens.side,
        "round": tokens.round,
    }
    style = Template(_STYLE_SHEET).substitute(
        faces="\n".join(faces),
        light=properties({**tokens.light, **everywhere}),
        dark=properties(tokens.dark),
        print=properties(tokens.print),
        veil=tokens.veil,
    )
    return Artifact("assets/stylesheets/tokens.css", style.encode())


def icon(tokens: Tokens = TOKENS) -> Artifact:
    """Return the mark of the theme as an icon, for either scheme."""
    light, dark = (
        "".join(f".{name}{{stroke:{scheme[strand]}}}" for name, strand in zip("abc", tokens.strands, strict=True))
        for scheme in (tokens.light, tokens.dark)
    )
    return Artifact(ICON, template("mark.svg").substitute(light=light, dark=dark).encode())
