"""Notebook pages: one notebook with its code, and the words of each language put in.

A notebook in the course holds code cells and, as markdown cells, placeholders such as `{#table}`: the text
stands in `<language>.md` like every other prose. Its first cell is tagged `parameters` and is replaced by
`words = {…}`. A code cell tagged `folded` is shown closed. `clean` is for the page that was built from it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pprint import pformat
from typing import Any

from samspill.document import links
from samspill.document.prose import blocks, changed, said, words
from samspill.languages import Catalogue
from samspill.markup import Markup, escape, heading, tag
from samspill.model import ROLES, Asset, Course, Page
from samspill.prose import Prose, Section
from samspill.reading.cells import PARAMETERS, named_cells, notebook_path, placed_cells, source_of, tags_of
from samspill.reading.citations import citation
from samspill.reading.context import Context, page_url
from samspill.render.web.html import PART, Writer
from samspill.render.web.notebook_article import clean
from samspill.render.web.pages import borrowed

__all__ = ["clean", "notebook_data", "notebook_meta", "notebook_page", "notebook_path"]

DATA = "course/data/"
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def notebook_data(course: Course, notebook: bytes) -> dict[str, bytes]:
    """Return the data files a notebook names in its code, by file name."""
    code = notebook.decode("utf-8-sig")
    found: dict[str, Asset] = {}
    for path, asset in sorted(course.assets.items()):
        name = path.removeprefix(DATA)
        if path.startswith(DATA) and "/" not in name and name in code:
            found[name] = asset
    return {name: asset.data for name, asset in found.items()}


def notebook_meta(context: Context, page: Page) -> dict[str, object]:
    """Return what other pages say in their front matter, which a notebook file cannot have."""
    course = context.course
    prose = course.text("page", page.id, context.language)
    return {
        "title": prose.title if prose else page.id,
        "description": prose.summary if prose else "",
        "kind": "notebook",
        "kind_name": context.words("common.activity_kinds.notebook"),
        "borrowed": borrowed(prose) if prose else {},
        "contents": _contents(context, page, prose) if prose else [],
        "languages": [code for code in course.languages if course.text("page", page.id, code)],
        "tools": str(_tools(context, page)),
    }


def _contents(context: Context, page: Page, prose: Prose) -> list[dict[str, str]]:
    """Return what is on the page: its sections, which stand in the order of its cells, and its files."""
    writer = Writer(context.words, page_url("page", page.id))
    below = [each for each in prose.sections if each.level == PART and not each.id.endswith(".facilitator")]
    found = [writer.entry(words(context, each.title), each.id) for each in below]
    return [*found, writer.entry(context.words("notebook.files"), "files")]


def _tools(context: Context, page: Page) -> Markup:
    """Return what stands beside the text: how to cite the page."""
    heading = tag("h2", context.words("site.panels.cite"), id="panel-cite")
    writer = Writer(context.words, page_url("page", page.id))
    words = tag("p", writer.inline(said(*citation(context, "page", page.id))))
    panel = tag("section", heading + words, class_="panel", aria_labelledby="panel-cite")
    return tag("div", panel, class_="tools-inner")


def notebook_page(context: Context, page: Page, notebook: bytes, roots: Mapping[str, str] | None = None) -> bytes:
    """Return the notebook of a page in the language of the context, with its text and without results.

    `notebook` is the file as it stands in the course, `roots` is as for `Writer`. The result goes to
    `samspill.making.kernel`. Raises `ContentError`: N002 for a file that is not a notebook of ours, N003 for a
    placeholder without a section or a section without a placeholder.
    """
    prose = context.course.text("page", page.id, context.language)
    if prose is None:
        raise ValueError(f"{page.id} has no text in {context.language}")
    cells = placed_cells(page, prose, notebook)
    labels = _labels(context, context.course.labels.get(page.id, {}))
    folder = f"course/pages/{page.id}"
    inside = replace(context, folder=folder)
    writer = Writer(context.words, page_url("page", page.id), roots or {})
    made = [_markdown("top", _head(inside, writer, page, prose))]
    for cell in cells:
        if cell["cell_type"] == "markdown":
            section = prose.by_id[source_of(cell)[2:-1]]
            made.append(_markdown(section.id.replace(".", "_"), _section(inside, writer, section)))
        else:
            made.append(_code(cell, labels))
    made.append(_markdown("files", _files(context.words, page, notebook_data(context.course, notebook))))
    result = {"cells": named_cells(made), "metadata": _METADATA, "nbformat": 4, "nbformat_minor": 5}
    return (json.dumps(result, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def _labels(context: Context, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the code of a notebook prints in a language, by the names that the code has for it."""
    found: dict[str, Any] = {}
    for name, inner in said.items():
        # In a code cell no word can be marked as another language's.
        texts = all(isinstance(text, str) for text in inner.values())
        found[name] = context.worded(inner).text if texts else _labels(context, inner)
    return found


def _head(context: Context, writer: Writer, page: Page, prose: Prose) -> str:
    say = context.words
    kicker = tag("p", say("common.activity_kinds.notebook"), class_="kicker")
    # Said once for the roles that serve the same objectives: "Teaches and practises …".
    serving: dict[tuple[str, ...], list[str]] = {}
    for role in ROLES:
        if objectives := getattr(page, role):
            serving.setdefault(objectives, []).append(say(f"common.roles.{role}"))
    parts: list[Markup] = []
    for objectives, roles in serving.items():
        found = Markup(", ").join(writer.inline(each.link) for each in links.aims(context, objectives))
        parts.append(escape(context.listed(roles)) + Markup(" ") + found)
    served = Markup(" · ").join(parts)
    lead = tag("p", prose.summary, class_="lead")
    lead += writer.changed(changed(context, prose.changed) if prose.changed else None)
    if served:
        served = served[:1].upper() + served[1:]
        lead += Markup("\n") + tag("p", served, class_="meta")
    return f"{kicker}\n{_anchor('top')}\n\n# {heading(escape(prose.title))}\n\n{lead}"


def _markdown(cell_id: str, source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": cell_id, "metadata": {}, "source": source}


def _code(cell: Mapping[str, Any], labels: Mapping[str, Any]) -> dict[str, Any]:
    tags = tags_of(cell)
    source = source_of(cell)
    if PARAMETERS in tags:
        source = f"words = {pformat(dict(labels), width=100, sort_dicts=False)}"
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": cell.get("id"),
        "metadata": {"tags": tags} if tags else {},
        "outputs": [],
        "source": source,
    }


def _section(context: Context, writer: Writer, section: Section) -> str:
    """Return a section as the text of a markdown cell: its id, its heading and its blocks as HTML."""
    body = writer.blocks(blocks(context, section.blocks))
    if section.id.endswith(".facilitator"):
        summary = tag("summary", context.words("common.for_facilitator"))
        drawer = tag("div", Markup("\n") + body + Markup("\n"), class_="drawer")
        return _solid(tag("details", summary + Markup("\n") + drawer, class_="facilitator", id=section.id))
    title = heading(writer.words_of(words(context, section.title)))
    return f"{_anchor(section.id)}\n\n{'#' * section.level} {title}\n\n{_solid(body)}"


def _anchor(section_id: str) -> Markup:
    """Return an id for the heading that follows: Markdown gives a heading an id of its own making."""
    return tag("p", tag("a", Markup(""), id=section_id))


def _solid(html: str) -> str:
    """Return HTML that Markdown reads as one block."""
    return re.sub(r"\n\s*", "\n", html).strip()


def _files(words: Catalogue, page: Page, data: Mapping[str, bytes]) -> str:
    links = [tag("a", words("notebook.download"), href=f"{page.id}.ipynb", download=True)]
    links += [tag("a", words("notebook.data", name=name), href=name, download=True) for name in data]
    items = Markup("").join(tag("li", link) for link in links)
    note = tag("p", words("notebook.files_note"))
    below = _solid(tag("ul", items) + Markup("\n") + note)
    return f"{_anchor('files')}\n\n## {heading(escape(words('notebook.files')))}\n\n{below}"
