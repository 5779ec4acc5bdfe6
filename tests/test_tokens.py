"""Colours, families of type and breakpoints stand once, as tokens, and whatever shows them gets them from there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import pytest
import tinycss2
from PIL import ImageColor

from conftest import PROJECT, compare
from samspill.making.fingerprint import PACKAGES
from samspill.render.web.fonts import _files, rules
from samspill.render.web.look import icon, style_sheet
from samspill.tokens import TOKENS
from website import chromium

#: What may hold a literal: the package, the tools beside it and the theme.
KINDS = (".py", ".css", ".typ", ".js", ".svg", ".html", ".jinja")
FILES = [
    path
    for folder in ("tools", "site_overrides")
    for path in sorted((PROJECT / folder).rglob("*"))
    if path.suffix in KINDS
]
FAMILIES = (TOKENS.serif, TOKENS.sans, TOKENS.names)
#: What a family is called anywhere, and what a style sheet calls one that every browser has.
GENERIC = {"serif", "sans-serif", "monospace", "ui-monospace"}
CALLED = {
    *(name for each in FAMILIES for name in (each.name, each.web, each.file, each.package)),
    *(name for each in FAMILIES for name in (*each.fallback, *each.alone)),
    *TOKENS.code,
} - GENERIC
#: Names of colours: those of CSS, and those of the typesetter that are none of CSS.
COLOURS = {*ImageColor.colormap, "eastern"}
HEX = r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})(?![\w-])"
MIXED = r"\b(?:rgba?|hsla?|hwb|luma|cmyk|(?:ok)?(?:lab|lch)|color)\(\s*[\d.\"'#][^)]*\)?"
#: A condition on the size of the window, and what measures it in a script.
QUERY = (
    r"(?<=\()\s*(?:(min|max)-(width|height)\s*:\s*([\d.]+)(\w+)|(?:[\d.]+\w+\s*[<>]=?\s*)?(?:width|height)\s*[<>][^)]*)"
    r"|\b(?:innerWidth|innerHeight|outerWidth|clientWidth|screen\.width)\b"
)
#: Literals that stay, each with its reason.
EXCEPTIONS = {
    # What the schema of look.yml shows as an example.
    ("model.py", "#0b4a5a"),
    # No ground that is seen: the press knows by it a cell that names its row, and takes it away.
    ("prose.typ", "white"),
    # Families of one letter: the page of languages names the letters it carries so, to weigh less.
    ("chooser.css", "A"),
    ("chooser.css", "S"),
}


# --- finding literals ----------------------------------------------------------------------------------------


def bare(text: str, kind: str) -> str:
    """Return the text of a file without its comments."""
    if kind in (".typ", ".js"):
        return re.sub(r"(?<![:\"'])//.*|(?s:/\*.*?\*/)", "", text)
    return re.sub(r"<!--.*?-->|\{#.*?#\}|<#.*?#>", "", text, flags=re.DOTALL)


@cache
def constants(text: str) -> list[str]:
    """Return the texts in a module but for those that explain it."""
    nodes = list(ast.walk(ast.parse(text)))
    explained = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    texts = (node for node in nodes if isinstance(node, ast.Constant) and id(node) not in explained)
    return [node.value for node in texts if isinstance(node.value, str)]


def declarations(rules: Iterable[Any]) -> Iterator[tuple[str, list[Any]]]:
    """Yield each property in a style sheet with the tokens of its value, those inside functions too."""
    for rule in rules:
        if rule.type not in ("qualified-rule", "at-rule") or rule.content is None:
            continue
        inner = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
        for found in inner:
            if found.type == "declaration":
                yield found.lower_name, list(flat(found.value))
        yield from declarations(inner)


def flat(tokens: Iterable[Any]) -> Iterator[Any]:
    for token in tokens:
        yield token
        yield from flat(getattr(token, "arguments", None) or getattr(token, "content", None) or ())


def queries(rules: Iterable[Any]) -> Iterator[str]:
    """Yield the conditions of a style sheet."""
    for rule in rules:
        if rule.type == "at-rule":
            yield tinycss2.serialize(rule.prelude)
            yield from queries(tinycss2.parse_blocks_contents(rule.content or [], skip_comments=True))


def sheet(text: str) -> list[Any]:
    return list(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True))


def colours(text: str, kind: str) -> set[str]:
    """Return the colours that the text of a file holds."""
    if kind == ".py":
        said = list(constants(text))
        return {found for each in said for found in re.findall(f"{HEX}|{MIXED}", each)} | COLOURS.intersection(said)
    if kind == ".css":
        tokens = [token for _, value in declarations(sheet(text)) for token in value]
        named = {token.value for token in tokens if token.type == "ident" and token.lower_value in COLOURS}
        mixed = {token.serialize() for token in tokens if re.match(MIXED, token.serialize())}
        return named | mixed | {token.serialize() for token in tokens if token.type == "hash"}
    text = bare(text, kind)
    named = {".typ": r"(?<![\w.\"-])({})(?![\w\"(-])", ".js": r"[\"'`]({})[\"'`]"}.get(kind, r"[:=]\s*[\"']?({})\b")
    return {*re.findall(f"{HEX}|{MIXED}", text), *re.findall(named.format("|".join(COLOURS)), text)}


def families(text: str, kind: str) -> set[str]:
    """Return the families of type that the text of a file names."""
    if kind == ".css":
        found = set()
        for name, value in declarations(sheet(text)):
            words = {token.value for token in value if token.type in ("ident", "string")}
            found |= words & (CALLED | GENERIC)
            if name == "font-family":
                found |= {word for word in words if not word.startswith("--")} - {"inherit"}
            if name == "font":
                found |= {token.value for token in value if token.type == "string"}
        return found
    said = constants(text) if kind == ".py" else [bare(text, kind)]
    called = "|".join(sorted(map(re.escape, CALLED | {"sans-serif", "monospace"}), key=len, reverse=True))
    return {found for each in said for found in re.findall(rf"(?<![\w-])(?:{called})(?![\w])", each)}


def breakpoints(text: str, kind: str) -> set[str]:
    """Return where a page changes its shape by the text of a file, as far as no token says so."""
    if kind == ".css":
        said = list(queries(sheet(text)))
    else:
        said = list(constants(text)) if kind == ".py" else [bare(text, kind)]
    found = set()
    for each in said:
        for match in re.finditer(QUERY, each):
            end, side, number, unit = match.group(1, 2, 3, 4)
            known = set(getattr(TOKENS.breakpoints, side).values()) if side else set()
            more = 0.01 if (end, side) == ("min", "width") else 0
            if unit != "rem" or round(float(number) - more, 2) not in known:
                found.add(match[0])
    return found


@cache
def everywhere(look: Any) -> set[tuple[str, str]]:
    """Return what is found in all files, by the name of the file."""
    return {(path.name, found) for path in FILES for found in look(path.read_text("utf-8"), path.suffix)}


@pytest.mark.parametrize(
    ("look", "kind", "text", "found"),
    [
        (colours, ".css", "a { color: #FFF; b: rgb(1 2 3) } @media print { p { border: 1px solid Red } }",
         {"#FFF", "rgb(1 2 3)", "Red"}),
        (colours, ".css", "a { fill: var(--red, tan); background: linear-gradient(var(--x), #1234 44%) }",
         {"tan", "#1234"}),
        (colours, ".css", "/* #fff */ #abc { color: inherit; stroke: currentColor; b: CanvasText transparent }", set()),
        (colours, ".py", 'def f():\n    """#fff"""\n    return f"a #123456 {x}", "red", "#content", "#1", "redder"',
         {"#123456", "red"}),
        (colours, ".typ", "// red\nluma(30%) + rgb(\"#fff\") + luma(x) + fill: blue; teal.lighten(1%)",
         {"luma(30%)", 'rgb("#fff")', "blue", "teal"}),
        (colours, ".js", "a.style = 'red'; // '#fff'\nb = `#abcdef`; red = one('#menu')", {"red", "#abcdef"}),
        (colours, ".svg", '<svg fill="none" stroke="navy"><style>a{fill:#000}</style></svg>', {"navy", "#000"}),
        (colours, ".html", '<meta name="theme-color" content="#fbf9f5"><a href="#content"><!-- #fff -->', {"#fbf9f5"}),
        (families, ".css", 'a { font: 1rem "My Own", serif } b { font-family: Papyrus, var(--x) } c { d: Atkinson }',
         {"My Own", "serif", "Papyrus", "Atkinson"}),
        (families, ".css", "a { font: 700 1rem/1.4 var(--sans); font-family: inherit }", set()),
        (families, ".py", '"""Spectral"""\na = "Spectral-Bold", f"{x}FiraSans-{y}", "Arial, sans-serif", "serif"',
         {"Spectral", "FiraSans", "Arial", "sans-serif"}),
        (families, ".typ", 'let a = text(font: "Fira Sans") // Spectral', {"Fira Sans"}),
        (breakpoints, ".css", "@media (max-width: 40rem) { a { max-width: 41rem } }", set()),
        (breakpoints, ".css", "@media screen and (min-width: 40.01rem) and (min-height: 36rem) { a { b: c } }", set()),
        (breakpoints, ".css", "@media (max-width: 41rem) { @media (min-width: 40rem) { a { b: c } } }",
         {"max-width: 41rem", "min-width: 40rem"}),
        (breakpoints, ".css", "@media (1rem < width < 40rem), (max-width:640px) { a { b: c } }",
         {"1rem < width < 40rem", "max-width:640px"}),
        (breakpoints, ".js", "if (innerWidth < 600) x(); matchMedia(`(min-width: 40.01rem)`) // outerWidth",
         {"innerWidth"}),
        (breakpoints, ".html", '<source media="(max-width: 50rem)"><p style="max-width: 9rem">', {"max-width: 50rem"}),
    ],
)  # fmt: skip
def test_a_literal_is_found(look: Any, kind: str, text: str, found: set[str]) -> None:
    assert look(text, kind) == found


# --- nothing stands twice ------------------------------------------------------------------------------------


def test_no_colour_stands_outside_the_tokens() -> None:
    assert everywhere(colours) - EXCEPTIONS == set()


def test_no_family_stands_outside_the_tokens() -> None:
    assert everywhere(families) - EXCEPTIONS == set()


def test_no_breakpoint_stands_outside_the_tokens() -> None:
    assert everywhere(breakpoints) == set()


def test_every_exception_is_still_there() -> None:
    assert everywhere(colours) | everywhere(families) >= EXCEPTIONS


# --- what is made of the tokens ------------------------------------------------------------------------------

SHEET, ICON = style_sheet(rules()), icon()
THEME = "".join(path.read_text("utf-8") for path in (PROJECT / "site_overrides").rglob("*.css"))


def test_what_a_browser_is_given(update: bool) -> None:
    compare({each.path: each.data.decode() for each in (SHEET, ICON)}, "tokens", update=update)


def test_a_scheme_names_what_the_light_one_does() -> None:
    for scheme in (TOKENS.dark, TOKENS.print):
        assert set(scheme) - set(TOKENS.light) == set()
    assert set(TOKENS.strands) <= set(TOKENS.light)


def test_every_property_is_given_and_used() -> None:
    sheets = THEME + SHEET.data.decode()
    used = set(re.findall(r"var\((--[\w-]+)", THEME))
    given = set(re.findall(r"(?<![\w(-])(--[\w-]+):", sheets))
    assert used == given


def test_every_breakpoint_is_used() -> None:
    said = {match for each in queries(sheet(THEME)) for match in re.findall(r"max-width: ([\d.]+)rem", each)}
    assert said == {str(number) for number in TOKENS.breakpoints.width.values()}
    said = {match for each in queries(sheet(THEME)) for match in re.findall(r"min-height: ([\d.]+)rem", each)}
    assert said == {str(number) for number in TOKENS.breakpoints.height.values()}


def test_the_theme_asks_for_files_that_are_made() -> None:
    theme = PROJECT / "site_overrides"
    asked = set(re.findall(r"'(assets/[^']+)' \| url", (theme / "base.html").read_text("utf-8")))
    made = {SHEET.path, ICON.path, *(path for path, _, _ in _files())}
    assert {name for name in asked if not (theme / name).is_file()} - made == set()
    assert {SHEET.path, ICON.path} <= asked


def test_the_packages_of_the_families_are_known_to_the_build() -> None:
    packages = {family.package.replace("_", "-") for family in FAMILIES}
    assert {name for name in PACKAGES if name.startswith("fontpkg-")} == packages
    wanted = set(re.findall(r'"(fontpkg-[\w-]+)"', (PROJECT / "pyproject.toml").read_text("utf-8")))
    assert wanted == packages


#: One element for each colour that a page may have, and a dialog.
BODY = """
<p class="kicker">1</p><p class="lead">2</p><a class="link" href="#x">3</a><code>4</code>
<button class="switch">5</button>
<div class="outdated">6</div><div class="panel">7</div><details class="facilitator"><summary>8</summary></details>
<div class="option right"><p class="verdict">9</p></div><div class="key-points">10</div>
<details class="option wrong" open>
<summary>11</summary></details><img alt=""><svg><path class="s1"/><path class="s2"/><path class="s3"/></svg>
<dialog class="search">12</dialog>
"""
#: What a browser is asked: how often each colour is seen, and in which families.
ASK = """() => {
  const colours = {}, families = new Set();
  document.querySelector('dialog').showModal();
  for (const element of document.querySelectorAll('body, body *')) {
    for (const part of [null, '::backdrop']) {
      if (part && element.tagName !== 'DIALOG') continue;
      const style = getComputedStyle(element, part);
      for (const name of ['color', 'backgroundColor', 'borderTopColor', 'borderLeftColor', 'stroke'])
        colours[style[name]] = (colours[style[name]] || 0) + 1;
      families.add(style.fontFamily);
    }
  }
  return [colours, [...families].sort()];
}"""


@pytest.mark.browser
def test_what_a_browser_sees(update: bool) -> None:
    style = SHEET.data.decode() + (PROJECT / "site_overrides/assets/stylesheets/samspill.css").read_text("utf-8")
    seen = {}
    with chromium() as browser:
        page = browser.new_page()
        for name, media, device, chosen in (
            ("light", "screen", "light", ""),
            ("dark", "screen", "dark", ""),
            ("light-chosen", "screen", "dark", ' data-scheme="light"'),
            ("dark-chosen", "screen", "light", ' data-scheme="dark"'),
            ("printed", "print", "dark", ""),
        ):
            page.emulate_media(media=media, color_scheme=device)  # type: ignore[arg-type]
            page.set_content(f"<!doctype html><html{chosen}><style>{style}</style><body>{BODY}")
            found, called = page.evaluate(ASK)
            lines = [*(f"{count} {colour}" for colour, count in sorted(found.items())), *called]
            seen[f"{name}.txt"] = "\n".join(lines) + "\n"
    assert (seen.pop("light-chosen.txt"), seen.pop("dark-chosen.txt")) == (seen["light.txt"], seen["dark.txt"])
    compare(seen, "seen", update=update)
