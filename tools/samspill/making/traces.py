"""What was read to make each page and each sheet, kept from one build to the next.

A page is made anew only when something it was made from has changed: the structure of the course, the tool, or one of
the parts of texts it read. Nobody says beforehand which those are; they are noted while it is made
(`reading/watched.py`). So a change of one section costs the pages and sheets that show it, and nothing is forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from samspill.disk.store import Store, Table, key

if TYPE_CHECKING:
    from samspill.document.whole import Document
    from samspill.model import Course, Kind
    from samspill.reading.watched import Watch

#: The name of the traces in the store.
NAME = "traces.json"
#: Documents held at once: the sheets of a unit are made one after the other, among them now and then another's.
HELD = 6


class Traces:
    """The traces of a build: of every value the parts that were read to make it, and what they said."""

    def __init__(self, store: Store, tool: str, watch: Watch) -> None:
        self.watch = watch
        #: Whether everything was made anew so far.
        self.anew = True
        self._store, self._tool = store, tool
        self._table = Table(store.table(NAME, tool))
        self._told: dict[tuple[str, Kind, str], tuple[Document, Mapping[str, None]]] = {}

    def after(self, watch: Watch) -> Traces:
        """Return these traces for the course as it is later."""
        later = Traces.__new__(Traces)
        later.__dict__.update(self.__dict__, watch=watch, anew=True, _told={})
        return later

    def value(
        self, name: str, given: str, make: Callable[[], str], says: Callable[[str], str] | None = None
    ) -> str:
        """Return the text that stands for what is called `name`, made anew when what it was made from has changed.

        `given` is what it is made from beside the course. `says` tells what a question is answered to that is no part
        of a text; those begin with `handout`.
        """
        said = (lambda each: says(each) if each.startswith("handout") else self.watch.says(each)) if says else (
            self.watch.says
        )
        if found := self._table.found(name):
            read_name, digest, value = json.loads(found)
            read = self._table.found(read_name)
            if read is not None and digest == self._digest(given, read, said):
                self.anew = False
                return str(value)
        with self.watch.reading() as reading:
            value = make()
        read = "\n".join(reading)
        read_name = f"={key(read)}"
        self._table.put(read_name, read)
        self._table.put(name, json.dumps([read_name, self._digest(given, read, said), value]))
        return value

    def tell(self, course: Course, language: str, kind: Kind, unit: str) -> Document:
        """Return a unit as said in a language, made once for all that stands on it one after the other."""
        from samspill.document.unit import document  # noqa: PLC0415

        asked = language, kind, unit
        if found := self._told.pop(asked, None):
            self._told[asked] = found
            self.watch.again(found[1])
            return found[0]
        with self.watch.reading() as read:
            made = document(course, language, kind, unit)
        while len(self._told) >= HELD:
            del self._told[next(iter(self._told))]
        self._told[asked] = made, read
        return made

    def keep(self, *, whole: bool) -> None:
        """Keep the traces for the next build; of a `whole` build, those it used alone."""
        self._store.put_table(NAME, self._tool, self._table.used if whole else self._table.all)

    def _digest(self, given: str, read: str, says: Callable[[str], str]) -> str:
        return key(self.watch.structure, given, *(says(each) for each in read.split("\n") if each))
