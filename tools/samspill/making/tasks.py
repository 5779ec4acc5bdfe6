"""What other processes do for a build: each function is sent there by its name, with what it takes.

Each imports what it needs itself, so that a process loads only what it uses.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from pathlib import Path

from samspill.artifact import Artifact
from samspill.disk import sealed
from samspill.disk.store import Store
from samspill.making.workers import adopted
from samspill.reading import memory


def handout(store: Store, name: str, sheet: str) -> None:
    """Typeset a sheet and remember it under a name."""
    from samspill.render import paper  # noqa: PLC0415

    store.put(name, paper.typeset(sheet))


def references(language: str) -> dict[str, str]:
    """Set all references in a language; return what is to be remembered."""
    from samspill.reading.citations import reference_text  # noqa: PLC0415

    for source in adopted().sources.values():
        reference_text(source, language)
    return memory.asked()


def case_map(case: str, language: str) -> dict[str, str]:
    """Lay out the map of a case; return what is to be remembered."""
    from samspill.document.parts import Map  # noqa: PLC0415
    from samspill.document.unit import document  # noqa: PLC0415
    from samspill.drawing.map import coordination_map  # noqa: PLC0415

    course = adopted()
    for part in document(course, language, "case", case).parts:
        if isinstance(part, Map):
            coordination_map(part)
    return memory.asked()


def notebook(waiting: dict[str, bytes], data: dict[str, bytes], path: str, place: Path) -> dict[str, bytes]:
    """Run a notebook in the languages that wait for it; return it as it was run."""
    from samspill.making import kernel  # noqa: PLC0415 - only when something is to be run

    return kernel.execute_all(waiting, data, path, place=place)


def typefaces(store: Store, name: str) -> tuple[Artifact, ...]:
    """Return the site's fonts and how it looks, made when nothing is remembered under a name."""

    def cut() -> bytes:
        from samspill.render.web import fonts, look  # noqa: PLC0415 - they take long to load, and are seldom asked

        made = (*fonts.fonts(), *look.artifacts(adopted()))
        return json.dumps({each.path: base64.b64encode(each.data).decode() for each in made}).encode()

    kept: dict[str, str] = json.loads(store.get(name, cut))
    return tuple(Artifact(path, base64.b64decode(data)) for path, data in kept.items())


@dataclass(frozen=True)
class Site:
    """One language to build: its configuration, where to build, its name in the store, and the pages to clean."""

    language: str
    configuration: Path
    target: Path
    name: str
    notebooks: tuple[str, ...]


def site(store: Store, job: Site) -> None:
    """Build the site of one language and remember it."""
    from samspill.making import engine  # noqa: PLC0415
    from samspill.render.web.notebook_article import clean  # noqa: PLC0415

    engine.build(job.configuration, job.target)
    for name in job.notebooks:
        page = job.target / name
        cleaned = clean(page.read_text("utf-8"), job.language)
        page.unlink()
        sealed.put(page, cleaned.encode())
    engine.index(job.target, job.language)
    store.put_folder(job.name, job.target)
