"""Every letter in a drawing has a shape in the course's fonts.

A drawing's letters are set in the course's own typeface, on the web and in print, whatever typeface it was drawn
with. A sign that this typeface lacks would be an empty box. Turn such a text into paths in your drawing program
(Inkscape: Path > Object to Path), or write it in words.

Right, in cases/two-doors/map.svg:

    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">
      <text y="9">Call</text>
    </svg>

Wrong, in cases/two-doors/map.svg:

    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">
      <text y="9">☎</text>
    </svg>
"""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.fonts import no_font
from samspill.check.rule import Finding
from samspill.model import Course
from samspill.typeface.glyphs import unlettered

CODE = "H003"


def find(course: Course) -> Iterator[Finding]:
    """Yield each text of a drawing with characters that its typeface lacks."""
    for path, asset in course.assets.items():
        for line, text in asset.letters:
            if bad := unlettered(text):
                yield path, line, 1, f"{no_font(bad)} in the drawing", "turn the text into paths, or write words"
