"""What other processes do for a build: each function is sent there by its name, with what it takes.

Each imports what it needs itself, so that a process loads only what it uses.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from samspill.artifact import Artifact
from samspill.disk import sealed
from samspill.disk.store import Store
from samspill.disk.workspace import copy_tree
from samspill.making.engines.protocol import Source
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
    """Return the site's fonts, made when nothing is remembered under a name."""

    def cut() -> bytes:
        from samspill.render.web import fonts  # noqa: PLC0415 - they take long to load, and are seldom asked

        return json.dumps({each.path: base64.b64encode(each.data).decode() for each in fonts.fonts()}).encode()

    kept: dict[str, str] = json.loads(store.get(name, cut))
    return tuple(Artifact(path, base64.b64decode(data)) for path, data in kept.items())


@dataclass(frozen=True)
class Site:
    """One language to build: by which engine, of what, where to build, and its name in the store.

    Where the site differs from another in the store by some files alone, that one's name is `like`, and `pages` are
    those files as an engine takes them, by path.
    """

    engine: str
    source: Source
    target: Path
    name: str
    like: str = ""
    pages: Mapping[str, bytes] = field(default_factory=dict)


def site(store: Store, job: Site) -> None:
    """Build the site of one language and remember it."""
    from samspill.making.engines import engine, search  # noqa: PLC0415

    if not (job.like and _alike(store, job)):
        engine(job.engine).build(job.source, job.target)
    search.index(job.target, job.source.site.language)
    store.put_folder(job.name, job.target)


def _alike(store: Store, job: Site) -> bool:
    """Make a site of the one in the store that it is like, by the engine that makes a page alone; or say it is gone.

    All engines make the same files, so it is nobody's business which of them made a page.
    """
    from samspill.making.engines.direct import Direct  # noqa: PLC0415

    there = store.whole(job.like)
    if there is None:
        return False
    copy_tree(there, job.target)
    sealed.remove(job.target / "pagefind")
    engine = Direct(job.source.site, job.source.theme)
    for path, data in job.pages.items():
        name, made = engine.page(path, data) if path.endswith(".md") else (path, data)
        sealed.remove(job.target / name)
        sealed.put(job.target / name, made)
    return True
