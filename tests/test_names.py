"""Names that the site, a kind of page or a computer needs itself are refused, and all of them are known."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from conftest import COURSES, PROJECT, Run, change, course
from samspill.check.reserved import FRAME, OWN, kept, refusal
from samspill.model import Course, Kind
from samspill.reading.context import Context
from samspill.reading.printed import HandoutInfo
from samspill.render.paper import handouts
from samspill.render.web import pages
from samspill.render.web.notebook import notebook_page, notebook_path
from samspill.source import load


@cache
def small() -> Course:
    found, _ = load(COURSES / "whole")
    assert found is not None
    return found


def written(text: str) -> list[str]:
    """Every id in the HTML of a page."""
    return re.findall(r'\bid="([^"]*)"', text)


@cache
def rendered() -> list[tuple[str, str, str, list[str]]]:
    """The course, path, kind and ids of every page, as the renderers write them."""
    found = []
    for name, each in (("whole", small()), ("shipped", course())):
        for language in each.languages[:1] if name == "shipped" else each.languages:
            printed = {
                one.path: HandoutInfo(one.path, one.kind, one.unit, one.part, 1, 1) for one in handouts(each, language)
            }
            for page in pages(each, language, printed):
                if page.path.endswith(".md"):
                    text = page.data.decode()
                    kind = re.search(r'^kind: "(.*)"$', text, re.M)
                    assert kind
                    found.append((name, f"{language}/{page.path}", kind[1], written(text)))
            for unit, about in each.pages.items():
                if about.kind == "notebook" and each.text("page", unit, language):
                    raw = each.assets[notebook_path(about)].data
                    cells = json.loads(notebook_page(Context(each, language), about, raw))["cells"]
                    ids = written("\n".join(cell["source"] for cell in cells if cell["cell_type"] == "markdown"))
                    found.append((name, f"{language}/{unit}.ipynb", "notebook", ids))
    return found


def content(name: str, path: str) -> set[str]:
    """The ids that the content gives on a page: its sections, or the entries of a list."""
    each = {"whole": small(), "shipped": course()}[name]
    language, _, rest = path.partition("/")
    unit = Path(rest).stem
    lists = {"glossary.md": each.terms, "objectives.md": each.objectives, "sources.md": each.sources}
    if rest in lists:
        return set(lists[rest])
    kinds: dict[str, Kind] = {"modules": "module", "cases": "case", "worksheets": "worksheet", "pathways": "pathway"}
    kind = kinds.get(rest.partition("/")[0], "page")
    prose = each.text(kind, "home" if rest == "index.md" else unit, language)
    return {section.id for section in prose.sections} if prose else set()


@pytest.mark.build
def test_every_id_that_a_page_gives_itself_is_kept_from_the_content() -> None:
    given: dict[str, set[str]] = {}
    for name, path, kind, ids in rendered():
        own = set(ids) - content(name, path)
        given.setdefault(kind, set()).update(own)
        if kind in OWN:
            assert [one for one in own if not kept(kind, one)] == [], path
    # Lists and the page about translations hold no sections of the content, and each id of a country begins with it.
    assert set(given) - set(OWN) == {"list", "translations", "countries"}
    assert [one for one in given["countries"] if one.partition(".")[0] not in ("no", "dk", "se", "top")] == []
    # And nothing is kept that no page gives.
    assert given["case"] >= {"map", "roles", "guide.open", "outcome.reveal", "later.reveal"}
    assert given["worksheet"] >= {"form"}
    assert given["pathway"] >= {"coverage"}
    assert given["notebook"] >= {"files"}
    assert given["objectives"] >= {"knowledge", "skills", "general-competence"}
    assert given["glossary"] >= {"letter-53"}
    assert given["sources"] >= {"seen-seed", "seen-page", "seen-secondary"}


@pytest.mark.build
def test_no_id_stands_twice_on_a_page() -> None:
    for name, path, _, ids in rendered():
        assert [one for one, times in Counter(ids).items() if times > 1] == [], (name, path)


@pytest.mark.build
def test_every_id_of_the_theme_is_kept() -> None:
    theme = [file for file in (PROJECT / "site_overrides").rglob("*") if file.suffix in (".html", ".js")]
    assert theme
    texts = [file.read_text("utf-8") for file in [*theme, PROJECT / "tools/samspill/making/reload.js"]]
    found = {one for text in texts for one in re.findall(r"""(?:\bid=|\.id = |\bsay\()["']([^"'{]+)["']""", text)}
    assert found >= {"content", "menu", "search", "search-title", "search-words"}
    assert found >= {"samspill-problems", "samspill-behind"}
    assert found <= FRAME
    panels = {one for _, _, _, ids in rendered() for one in ids if one.startswith("panel-")}
    assert found | panels | {"top"} == FRAME


def test_every_place_at_the_root_of_a_site_is_kept_from_pages() -> None:
    roots = {page.path.partition("/")[0].removesuffix(".md") for page in pages(small(), "en", {})}
    lists = {"modules", "cases", "worksheets", "pathways", "countries", "objectives", "glossary", "sources"}
    assert roots >= {*lists, "translations"}
    units = set(small().pages) - {"home"}
    assert [name for name in roots - units if refusal("page", name) is None] == []
    assert [name for name in ("handouts", "assets", "pagefind", "404") if refusal("page", name) is None] == []


@pytest.mark.parametrize(
    ("kind", "unit", "reason"),
    [
        ("case", "aux", "Windows has no file or folder called aux"),
        ("module", "con", "Windows has no file or folder called con"),
        ("worksheet", "com0", "Windows has no file or folder called com0"),
        ("case", "lpt9", "Windows has no file or folder called lpt9"),
        ("case", "index", "the list of all of its kind has this address"),
        ("module", "home", "it is the name of the first page"),
    ],
)
def test_new_says_why_a_name_is_refused(kind: str, unit: str, reason: str, whole: Path, run: Run) -> None:
    before = sorted(whole.rglob("*"))
    result = run("new", kind, unit, root=whole)
    assert (result.status, result.err) == (3, f'samspill: a {kind} cannot be called "{unit}": {reason}\n')
    assert sorted(whole.rglob("*")) == before


@pytest.mark.parametrize("unit", ["console", "auxiliary", "com10", "modules", "glossary", "top"])
def test_other_names_are_free(unit: str, whole: Path, run: Run) -> None:
    assert run("new", "case", unit, root=whole).status == 0


@pytest.mark.parametrize(
    ("path", "old", "new", "place"),
    [
        ("cases/two-doors/case.yml", "sister: {name", "actor: {name", "11:3"),
        ("course/objectives.yml", "id: see-waiting", "id: skills", "2:9"),
        ("course/objectives.yml", "id: see-waiting", "id: facilitator", "2:9"),
        ("course/sources.yml", "id: thompson-1967", "id: seen-page", "2:9"),
        ("course/modules/waiting/module.yml", "options: [a, b]", "options: [a, facilitator]", "12:46"),
        ("course/modules/waiting/module.yml", "id: reading", "id: figure", "5:10"),
        ("course/worksheets/log/worksheet.yml", "[name, service]", "[name, facilitator]", "7:44"),
        ("course/pathways/short/pathway.yml", "- id: one", "- id: assessment", "6:9"),
        ("course/pathways/short/pathway.yml", "- id: one", "- id: rubric", "6:9"),
        ("cases/two-doors/case.yml", "{id: letter,", "{id: role,", "20:10"),
    ],
)
def test_a_name_with_a_meaning_of_its_own(path: str, old: str, new: str, place: str, whole: Path, run: Run) -> None:
    change(whole / path, old, new)
    found = [line for line in run("check", root=whole).out.splitlines() if " S005 " in line]
    assert [line.partition(" S005 ")[0] for line in found] == [f"{path}:{place}:"]
