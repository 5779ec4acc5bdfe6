"""What stands below `build/` for people to look at: put in place whole, and known language by language.

`site/` (or `edition/`) holds the sites, `pages/` the files they were made from, `handouts/` the handouts alone.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from samspill.disk import sealed
from samspill.disk.workspace import copy_tree, swap, write
from samspill.making.request import Request
from samspill.making.stamp import listing

if TYPE_CHECKING:
    from samspill.model import Course
    from samspill.reading.printed import HandoutInfo


@dataclass(frozen=True)
class Printed:
    """A handout that is made: what pages say of it, and its name in the store."""

    info: HandoutInfo
    name: str


@dataclass(frozen=True)
class Place:
    """Where the outcome of a build goes; `work` is the folder of what is unfinished."""

    request: Request
    work: Path

    @property
    def pages(self) -> Path:
        """Where the pages of this build are written, for an engine."""
        # Beside the rest of the work, as deep below the root as build/pages, so that relative paths hold in both.
        return self.work.with_name(f"{self.work.name}-pages")

    # --- what stands there

    def changed(self, languages: Iterable[str]) -> set[str]:
        """Return the languages whose site is there and not as it was built."""
        known = self._known()
        return {
            code
            for code in languages
            if os.path.lexists(self.request.output / code) and known.get(code, {}).get("files") != self._part(code)
        }

    def had_handouts(self, language: str) -> bool:
        """Tell whether the site of a language has handouts; one of which nothing is known has."""
        return bool(self._known().get(language, {}).get("handouts", True))

    def _part(self, language: str) -> str:
        """Return a hash of the site of a language and of the pages it was made from."""
        folders = self.request.output, self.request.pages
        parts = [listing(folder / language) for folder in folders if sealed.is_folder(folder)]
        try:
            written = sealed.plain(self.request.pages / f"{language}.yml")
        except OSError:
            written = b""
        return hashlib.sha256("\n".join((*parts, "")).encode() + written).hexdigest()

    @property
    def _record(self) -> str:
        return f"{self.request.output.name}-parts.json"

    def _known(self) -> dict[str, dict[str, Any]]:
        try:
            found = json.loads(self.request.store.found(self._record) or b"{}")
        except ValueError:
            return {}
        known = found if isinstance(found, dict) else {}
        return {code: part for code, part in known.items() if isinstance(part, dict)}

    # --- putting it there

    def put_handouts(self, printed: Mapping[str, Sequence[Printed]]) -> Path:
        """Put handouts in place without a site, and return where."""
        new = self.work / "handouts"
        for language, handouts in printed.items():
            for handout in handouts:
                self._put(handout, new / language / Path(handout.info.path).name)
        output = self.request.folder / "handouts"
        swap(new, output)
        return output

    def put_sites(
        self, course: Course, finished: Mapping[str, Path], printed: Mapping[str, Sequence[Printed]]
    ) -> Path:
        """Put the sites in place and return where; languages that were not asked for stay as they are."""
        from samspill.render.web.chooser import chooser  # noqa: PLC0415

        output = self.request.output
        new = self.work / "site"
        new.mkdir()
        published = {code: f"{code}/{course.about.edition}/" for code in course.languages}
        write([chooser(course, published if self.request.edition_layout else None)], new)
        for language in course.languages:
            if language in finished:
                copy_tree(finished[language], new / language)
                for handout in printed[language]:
                    self._put(handout, new / language / handout.info.path)
            elif sealed.is_folder(output) and sealed.is_folder(output / language):
                copy_tree(output / language, new / language)
        had = {code: bool(printed[code]) if code in finished else self.had_handouts(code) for code in course.languages}
        self._keep_pages([code for code in course.languages if code not in finished and (new / code).is_dir()])
        swap(new, output)
        parts = {
            code: {"files": self._part(code), "handouts": had[code]}
            for code in course.languages
            if (output / code).is_dir()
        }
        self.request.store.put(self._record, json.dumps(parts).encode())
        return output

    def _put(self, handout: Printed, target: Path) -> None:
        data = self.request.store.found(handout.name)
        if data is None:
            name = str(self.request.store.folder / handout.name)
            raise OSError(0, "it was removed from the cache while it was needed", name)
        target.parent.mkdir(parents=True, exist_ok=True)
        sealed.put(target, data)

    def _keep_pages(self, others: Iterable[str]) -> None:
        """Leave what the engine was given in pages/, for whoever wants to see it or use another engine.

        `others` are the languages whose site stays as it is.
        """
        pages = self.request.pages
        new = self.pages
        for language in others:
            copy_tree(pages / language, new / language)
            sealed.put(new / f"{language}.yml", sealed.plain(pages / f"{language}.yml"))
        swap(new, pages)
