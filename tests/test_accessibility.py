"""Reaching everything: automatic rules, the keyboard, narrow screens, wide spacing, other colours, no motion."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from conftest import Sample
from samspill.languages import catalogue
from website import KINDS, LANGUAGES, Site, expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
#: What a narrow screen can break: sizes, boxes that scroll, and what the opened menu adds.
NARROW_RULES = (
    "color-contrast", "target-size", "scrollable-region-focusable", "aria-hidden-focus", "region", "landmark-unique",
    "button-name", "link-name", "list", "listitem", "heading-order", "page-has-heading-one",
)  # fmt: skip

@pytest.fixture
def languages(sample: Sample, request: pytest.FixtureRequest) -> list[str]:
    """The languages to look at a kind of page in: all, or one, another for the next kind and with the next seed."""
    if sample.everything:
        return list(LANGUAGES)
    return [LANGUAGES[(sample.seed + KINDS.index(request.getfixturevalue("kind"))) % len(LANGUAGES)]]


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Tab]:
    """One tab for all, which keeps what it has loaded."""
    with browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce") as context:
        tab = context.new_page()
        tab.set_default_timeout(20000)
        yield tab


@pytest.fixture
def tab(window: Tab) -> Tab:
    """The tab as it was in the beginning: wide, light, on screen."""
    window.set_viewport_size({"width": 1280, "height": 900})
    window.emulate_media(media="screen", color_scheme="light", forced_colors="none", reduced_motion="reduce")
    window.evaluate("() => { try { localStorage.clear() } catch {} }")
    return window


def violations(tab: Tab, *only: str, within: str = "html") -> list[tuple[str, str]]:
    """What axe finds wrong, by all its rules or only some: the rule and the element."""
    run = {"type": "rule", "values": only} if only else {"type": "tag", "values": TAGS}
    from axe_playwright_python.base import AXE_SCRIPT

    if not tab.evaluate("() => 'axe' in window"):
        tab.evaluate(AXE_SCRIPT)
    found: dict[str, Any] = tab.evaluate(
        "([within, run]) => axe.run(within, {runOnly: run, resultTypes: ['violations'], preload: false})", [within, run]
    )
    return [
        (rule["id"], f"{node['target']} {node['html'][:160]}") for rule in found["violations"] for node in rule["nodes"]
    ]


def open_everything(tab: Tab) -> None:
    """Open every drawer and both menus."""
    tab.evaluate("() => document.querySelectorAll('details').forEach(it => { it.open = true })")
    menu = tab.locator("[data-menu]")
    if menu.count() and menu.is_visible() and menu.get_attribute("aria-expanded") == "false":
        menu.evaluate("it => it.click()")


@pytest.mark.parametrize("kind", KINDS)
def test_no_rule_is_broken(site: Site, tab: Tab, kind: str, languages: list[str], sample: Sample) -> None:
    """All rules once; then, in dark colours on a narrow screen, those that can break there."""
    faults = []
    for page in sample(page for code in languages for page in site.of(code) if page.kind == kind):
        tab.set_viewport_size({"width": 1280, "height": 900})
        tab.emulate_media(color_scheme="light")
        tab.goto(site.url + page.address)
        open_everything(tab)
        found = {"wide, light": violations(tab)}
        tab.emulate_media(color_scheme="dark")
        tab.set_viewport_size({"width": 320, "height": 640})
        open_everything(tab)
        found["narrow, dark"] = violations(tab, *NARROW_RULES)
        if kind == "case":  # in every width and scheme
            tab.emulate_media(color_scheme="light")
            found["narrow, light"] = violations(tab, *NARROW_RULES)
            tab.emulate_media(color_scheme="dark")
            tab.set_viewport_size({"width": 1280, "height": 900})
            found["wide, dark"] = violations(tab, *NARROW_RULES)
        faults += [(page.address, where, each) for where, broken in found.items() for each in broken]
    assert faults == []


def test_no_rule_is_broken_where_the_languages_are_chosen(site: Site, tab: Tab) -> None:
    for width in (1280, 320):
        for scheme in ("light", "dark"):
            tab.set_viewport_size({"width": width, "height": 640})
            tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            tab.goto(site.url)
            assert violations(tab) == []


@pytest.mark.parametrize("language", ["en", "da"])
def test_no_rule_is_broken_in_the_search(site: Site, tab: Tab, language: str) -> None:
    for width in (1280, 320):
        tab.set_viewport_size({"width": width, "height": 640})
        tab.goto(f"{site.url}{language}/about/")
        tab.locator("[data-open-search]").click()
        tab.locator("#search-words").fill({"en": "coordinator", "da": "koordinator"}[language])
        tab.locator(".search-found a").first.wait_for()
        assert violations(tab, within="dialog.search") == []
        tab.emulate_media(color_scheme="dark")
        assert violations(tab, "color-contrast", within="dialog.search") == []
        assert tab.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


#: What stands in a list or panel and is wider than that, each link's words being one long word.
WIDER = """() => {
  const word = 'samhandlingskoordineringsansvarliggjøringsprosessen'.repeat(2);
  for (const link of document.querySelectorAll('.rows a, .pager a, .chips li, .cite p')) link.textContent = word;
  return [...document.querySelectorAll('html, .panel, .rows, .pager, .chips, .contents-here')]
    .filter(box => box.scrollWidth > box.clientWidth + 1).map(box => box.className || box.localName);
}"""


def test_a_long_word_makes_no_list_or_panel_wider_than_its_place(site: Site, tab: Tab) -> None:
    case = next(page for page in site.of("nb") if page.kind == "case")
    for width in (1280, 768, 320):
        tab.set_viewport_size({"width": width, "height": 640})
        tab.goto(site.url + case.address)
        open_everything(tab)
        assert tab.evaluate(WIDER) == [], width


# --- the keyboard ------------------------------------------------------------------------------------------

#: Where the focus is: its place among what can be focused, and what is wrong with how it shows.
FOCUSED = """() => {
  const it = document.activeElement;
  if (it === document.body || it === document.documentElement) return null;
  const box = it.getBoundingClientRect(), faults = [];
  const ringed = style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  if (!ringed(getComputedStyle(it)) && !ringed(getComputedStyle(it, '::after'))) faults.push('no ring');
  if (box.width < 2 || box.height < 2) faults.push('no size');
  if (box.bottom <= 0 || box.top >= innerHeight) faults.push('off the screen');
  if (box.left < -1 || box.right > innerWidth + 1) faults.push('cut at the side');
  if (!it.checkVisibility({visibilityProperty: true, opacityProperty: true})) faults.push('hidden');
  it.dataset.reached = 'yes';
  return [it.outerHTML.slice(0, 90), faults];
}"""
#: What can be focused and never was.
MISSED = """() => [...document.querySelectorAll('a[href], button, summary, input, [tabindex="0"]')]
  .filter(it => it.checkVisibility({visibilityProperty: true}) && !it.dataset.reached)
  .map(it => it.outerHTML.slice(0, 90))"""


def unreachable(tab: Tab) -> list[object]:
    """What the keyboard does not reach, reaches without showing it, or reaches before the link that skips."""
    faults: list[object] = []
    reached = 0
    while True:
        tab.keyboard.press("Tab")
        found = tab.evaluate(FOCUSED)
        if found is None:
            return faults + list(tab.evaluate(MISSED))
        reached += 1
        if reached == 2000:
            return [*faults, "the focus goes in circles"]
        if found[1] or (reached == 1 and 'class="skip"' not in found[0]):
            faults.append(found)


@pytest.mark.parametrize("kind", KINDS)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    site: Site, tab: Tab, kind: str, languages: list[str], sample: Sample
) -> None:
    # The sources, hundreds of links, are built like the glossary.
    codes = languages[:1] if kind == "sources" else languages
    widths = [320, 1280] if sample.everything or kind == "case" else [320]
    faults = []
    for code in codes:
        for width in widths:
            tab.set_viewport_size({"width": width, "height": 700})
            address = site.first(kind, code).address
            tab.goto(site.url + address)
            faults += [(address, width, fault) for fault in unreachable(tab)]
    assert faults == []


def test_the_skip_link_skips(site: Site, tab: Tab) -> None:
    tab.goto(site.url + site.first("case", "nb").address)
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    expect(tab.locator("#content")).to_be_focused()
    tab.keyboard.press("Tab")
    expect(tab.locator("main :focus")).to_have_count(1)


def test_menus_and_search_open_and_close_from_the_keyboard(site: Site, tab: Tab) -> None:
    tab.set_viewport_size({"width": 320, "height": 700})
    tab.goto(site.url + site.first("case", "sv").address)
    menu = tab.locator("[data-menu]")
    menu.focus()
    tab.keyboard.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    link = tab.locator("#menu a").first
    expect(link).to_be_visible()
    link.focus()
    tab.keyboard.press("Escape")
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(link).to_be_hidden()
    expect(menu).to_be_focused()
    tab.keyboard.press("Space")
    expect(link).to_be_visible()
    tab.keyboard.press("Space")
    expect(link).to_be_hidden()

    tongues = tab.locator(".tongue-switch summary")
    tongues.focus()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    expect(tab.locator(".tongue-switch a").first).to_be_focused()
    tab.keyboard.press("Escape")
    expect(tab.locator(".tongue-switch a").first).to_be_hidden()
    expect(tongues).to_be_focused()

    search = tab.locator("[data-open-search]")
    search.focus()
    tab.keyboard.press("Enter")
    expect(tab.locator("#search-words")).to_be_focused()
    tab.keyboard.type("samordnare")
    tab.locator(".search-found a").first.wait_for()
    tab.keyboard.press("Escape")
    expect(tab.locator("dialog.search")).to_be_hidden()
    expect(search).to_be_focused()


def test_no_key_alone_does_anything(site: Site, tab: Tab) -> None:
    """Someone who speaks to the computer may type any letter at any time."""
    address = site.url + site.first("case", "en").address
    tab.goto(address)
    before = tab.evaluate("() => [scrollY, document.activeElement.tagName, document.querySelectorAll('[open]').length]")
    for key in "npfskjhmg,./?":
        tab.keyboard.press(key)
    assert tab.url == address
    expect(tab.locator("dialog.search")).to_be_hidden()
    after = tab.evaluate("() => [scrollY, document.activeElement.tagName, document.querySelectorAll('[open]').length]")
    assert after == before


# --- what people set for themselves ------------------------------------------------------------------------

SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
#: Boxes that cut their text off, what is only for screen readers left out.
CUT = """() => [...document.querySelectorAll('body *')].filter(it => {
  const style = getComputedStyle(it);
  if (style.clipPath !== 'none' || it.closest('svg') || !it.checkVisibility()) return false;
  const cuts = way => ['hidden', 'clip'].includes(way);
  return (cuts(style.overflowX) && it.scrollWidth > it.clientWidth + 1)
    || (cuts(style.overflowY) && it.scrollHeight > it.clientHeight + 1);
}).map(it => it.outerHTML.slice(0, 90))"""
#: Labels of a map that leave the drawing.
OUTSIDE = """() => [...document.querySelectorAll('.map svg')].filter(it => it.checkVisibility()).flatMap(drawing => {
  const frame = drawing.getBoundingClientRect();
  return [...drawing.querySelectorAll('text')].filter(it => {
    const box = it.getBoundingClientRect();
    return box.left < frame.left - 1 || box.right > frame.right + 1;
  }).map(it => it.textContent);
})"""


@pytest.mark.parametrize("kind", KINDS)
def test_wide_spacing_loses_nothing(site: Site, tab: Tab, kind: str, languages: list[str]) -> None:
    """Success criterion 1.4.12, at both widths, with everything open."""
    faults = []
    for code in languages:
        for width in (1280, 320):
            address = site.first(kind, code).address
            tab.set_viewport_size({"width": width, "height": 700})
            tab.goto(site.url + address)
            open_everything(tab)
            tab.evaluate(SPACED)
            wide = tab.evaluate("() => document.documentElement.scrollWidth")
            cut = (*tab.evaluate(CUT), *tab.evaluate(OUTSIDE), *([f"{wide} px wide"] if wide > width else ()))
            faults += [(address, width, fault) for fault in cut]
    assert faults == []


def test_nothing_moves_for_those_who_asked_for_calm(site: Site, tab: Tab) -> None:
    moving = """() => [document.documentElement, ...document.querySelectorAll('body *')].filter(it => {
      const style = getComputedStyle(it);
      return style.transitionDuration !== '0s' || style.animationName !== 'none' || style.scrollBehavior === 'smooth';
    }).length"""
    tab.goto(site.url + site.first("module", "nb").address)
    assert tab.evaluate(moving) == 0
    tab.emulate_media(reduced_motion="no-preference")
    assert tab.evaluate(moving) > 0  # or this test would see nothing


def test_forced_colours_keep_edges_and_lines(site: Site, tab: Tab) -> None:
    """With the system's own colours, what can be pressed keeps its edge, and the map its lines."""
    tab.emulate_media(forced_colors="active", color_scheme="dark")
    tab.goto(site.url + site.first("case", "en").address)
    body = "() => { const style = getComputedStyle(document.body); return [style.backgroundColor, style.color] }"
    ground, ink = tab.evaluate(body)
    assert ground != ink
    for selector in (".switch", ".panel", ".prompt", "details.facilitator", "details.reveal > summary"):
        edge = tab.locator(f"{selector} >> visible=true").first.evaluate(
            "it => [getComputedStyle(it).borderTopStyle, getComputedStyle(it).borderTopColor]"
        )
        assert edge[0] != "none", selector
        assert edge[1] != ground, selector
    drawn = tab.evaluate(
        """() => [...document.querySelectorAll('.map-wide svg path, .map-wide svg line')]
          .map(it => getComputedStyle(it).stroke).filter(colour => colour !== 'none')"""
    )
    assert drawn
    assert ground not in drawn
    tab.goto(site.url + site.first("module", "en").address)
    open_everything(tab)
    # Right and wrong are said in words, never by colour alone.
    assert set(tab.locator(".verdict").all_inner_texts()) == {
        catalogue("en")("site.quiz.right"), catalogue("en")("site.quiz.wrong")
    }  # fmt: skip
