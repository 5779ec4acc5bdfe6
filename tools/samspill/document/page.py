"""The parts of a page: its sections, and what stands before the first of them."""

from __future__ import annotations

from samspill.document.parts import Part, Passage
from samspill.document.passage import passage
from samspill.document.prose import blocks
from samspill.model import Page
from samspill.prose import Prose
from samspill.reading.context import Context


def parts(context: Context, page: Page, prose: Prose) -> tuple[Part, ...]:
    """Return the sections of a page with what stands below each; the lead is a passage without a title."""
    lead = [Passage("lead", "", (), blocks(context, prose.lead))] if prose.lead else []
    sections = [passage(context, prose, "section", s.id) for s in prose.sections if s.level == 2]
    return (*lead, *(section for section in sections if section is not None))
