"""The tokens as a browser reads them: custom properties of the style sheet, and the colours of the icon."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import resources
from string import Template

from samspill.artifact import Artifact
from samspill.tokens import TOKENS

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


def style_sheet(faces: Iterable[str]) -> Artifact:
    """Return the style sheet that the theme's own stand on: its typefaces, given as rules, and its properties."""
    strands = {f"strand-{number}": f"var(--{colour})" for number, colour in enumerate(TOKENS.strands, 1)}
    everywhere = strands | {
        "serif": stack((TOKENS.serif.web, *TOKENS.serif.fallback)),
        "sans": stack((TOKENS.sans.web, *TOKENS.sans.fallback)),
        "code": stack(TOKENS.code),
        "side": TOKENS.side,
        "round": TOKENS.round,
    }
    style = Template(_STYLE_SHEET).substitute(
        faces="\n".join(faces),
        light=properties({**TOKENS.light, **everywhere}),
        dark=properties(TOKENS.dark),
        print=properties(TOKENS.print),
        veil=TOKENS.veil,
    )
    return Artifact("assets/stylesheets/tokens.css", style.encode())


def icon() -> Artifact:
    """Return the mark of the site as its icon, for either scheme."""
    light, dark = (
        "".join(f".{name}{{stroke:{scheme[strand]}}}" for name, strand in zip("abc", TOKENS.strands, strict=True))
        for scheme in (TOKENS.light, TOKENS.dark)
    )
    return Artifact("assets/images/mark.svg", template("mark.svg").substitute(light=light, dark=dark).encode())
