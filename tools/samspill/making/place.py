"""What stands below `build/` for people to look at: put in place whole, and known language by language.

`site/` (or `edition/`) holds the sites, `pages/` the files they were made from, `handouts/` the handouts alone.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from samspill.disk import sealed
from samspill.disk.workspace import copy_tree, link_tree, swap, write
from samspill.making.request import Request
from samspill.making.stamp import listing
from samspill.reading.printed import HandoutInfo

if TYPE_CHECKING:
    from samspill.model import Course


#: The folder beside the pages with the theme, where a course lays files of its own over it.
THEME = "theme"


@dataclass(frozen=True)
class Printed:
    """A handout that is made: what pages say of it, and its name in the store."""

    info: HandoutInfo
    name: str


@dataclass(frozen=True)
class Made:
    """A finished site: its name in the store, and what it was made from.

    That is its frame, as a digest, and its files before the engine took them, each with the key of its bytes.
    """

    name: str
    frame: str
    files: Mapping[str, str]
    handouts: Mapping[str, Printed] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """Where the outcome of a build goes; `work` is the folder of what is unfinished.

    `listings` are the hashes of folders that were taken in this build.
    """

    request: Request
    work: Path
    listings: dict[Path, str] = field(default_factory=dict)

    @property
    def pages(self) -> Path:
        """Where the pages of this build are written, for an engine."""
        # Beside the rest of the work, as deep below the root as build/pages, so that relative paths hold in both.
        return self.work.with_name(f"{self.work.name}-pages")

    # --- what stands there

    def changed(self, languages: Iterable[str]) -> set[str]:
        """Return the languages whose site is there and not as it was built."""
        return {
            code for code in languages if os.path.lexists(self.request.output / code) and self.stands(code) is None
        }

    def stands(self, language: str) -> Made | None:
        """Return what the site of a language was made from, or None when it is not there as it was built."""
        known = self._known.get(language, {}).get("all")
        return self.recorded(language) if known is not None and known == self._part(language) else None

    def recorded(self, language: str) -> Made | None:
        """Return what the site of a language was made from when it was built, whether it stands or not."""
        known = self._known.get(language, {})
        try:
            handouts = {
                path: Printed(HandoutInfo(path, *about), name) for path, (name, *about) in known["handouts"].items()
            }
            return Made(known["site"], known["frame"], known["files"], handouts)
        except (KeyError, TypeError, ValueError, AttributeError):
            return None

    def printed(self, language: str) -> Mapping[str, Printed]:
        """Return the handouts that stand in the site of a language as they were put there, by path."""
        found = self.stands(language)
        return found.handouts if found else {}

    def had_handouts(self, language: str) -> bool:
        """Tell whether the site of a language has handouts; one of which nothing is known has."""
        return bool(self._known.get(language, {}).get("handouts", True))

    def _part(self, language: str) -> str:
        """Return a hash of the site of a language and of the pages it was made from."""
        try:
            written = sealed.plain(self.request.pages / f"{language}.yml")
        except OSError:
            written = b""
        folders = (self.request.output / language, self.request.pages / language)
        return hashlib.sha256("\n".join((*map(self._listing, folders), "")).encode() + written).hexdigest()

    def _listing(self, folder: Path) -> str:
        if folder not in self.listings:
            self.listings[folder] = listing(folder)
        return self.listings[folder]

    @property
    def _record(self) -> str:
        return f"{self.request.output.name}-parts.json"

    @cached_property
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
            stands = self.printed(language)
            for handout in handouts:
                self._put(language, handout, stands, new / language / Path(handout.info.path).name)
        output = self.request.folder / "handouts"
        swap(new, output)
        return output

    def put_sites(self, course: Course, finished: Mapping[str, Made]) -> Path:
        """Put the sites in place and return where; languages that were not asked for stay as they are."""
        from samspill.render.web.chooser import chooser  # noqa: PLC0415

        output = self.request.output
        new = self.work / "site"
        new.mkdir()
        published = {code: f"{code}/{course.about.edition}/" for code in course.languages}
        write([chooser(course, published if self.request.edition_layout else None)], new)
        there = {code: self.stands(code) for code in course.languages}
        same = {code for code in course.languages if there[code] == finished.get(code, there[code])}
        for language in course.languages:
            if language in same or language not in finished:
                if sealed.is_folder(output) and sealed.is_folder(output / language):
                    link_tree(output / language, new / language)
            else:
                copy_tree(self.request.store.folder / finished[language].name, new / language)
                stands = self.printed(language)
                for handout in finished[language].handouts.values():
                    self._put(language, handout, stands, new / language / handout.info.path)
        kept = (code for code in course.languages if code in same or code not in finished)
        self._keep_pages([code for code in kept if (new / code).is_dir()])
        known = {code: part for code, part in self._known.items() if (new / code).is_dir()}
        swap(new, output)
        for language in finished:
            if language not in same:
                self._forget(language)
                known[language] = self._about(language, finished[language])
        self.request.store.put(self._record, json.dumps(known).encode())
        return output

    def _forget(self, language: str) -> None:
        for folder in (self.request.output / language, self.request.pages / language):
            self.listings.pop(folder, None)

    def _about(self, language: str, made: Made) -> dict[str, Any]:
        """Return what is to be known of a site that was put in place."""
        handouts = {
            path: (each.name, each.info.kind, each.info.unit, each.info.part, each.info.pages, each.info.size)
            for path, each in made.handouts.items()
        }
        about = {"site": made.name, "frame": made.frame, "files": dict(made.files), "handouts": handouts}
        return about | {"all": self._part(language)}

    def _put(self, language: str, handout: Printed, stands: Mapping[str, Printed], target: Path) -> None:
        """Put a handout at a place: as it `stands` in the site, or else as the store has it."""
        if stands.get(handout.info.path) == handout:
            data: bytes | None = sealed.plain(self.request.output / language / handout.info.path)
        else:
            data = self.request.store.found(handout.name)
        if data is None:
            name = str(self.request.store.folder / handout.name)
            raise OSError(0, "it was removed from the cache while it was needed", name)
        target.parent.mkdir(parents=True, exist_ok=True)
        sealed.put(target, data)

    def _keep_pages(self, others: Sequence[str]) -> None:
        """Leave what the engine was given in pages/, for whoever wants to see it or use another engine.

        `others` are the languages whose site stays as it is.
        """
        pages = self.request.pages
        new = self.pages
        for language in others:
            link_tree(pages / language, new / language)
            sealed.put(new / f"{language}.yml", sealed.plain(pages / f"{language}.yml"))
        swap(new, pages)
