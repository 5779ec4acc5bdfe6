"""A notebook that was run, as HTML: nbconvert's own, for `notebook_article.clean` to write anew."""

from __future__ import annotations

from functools import cache
from typing import Any

import nbformat
from jinja2 import PackageLoader
from nbconvert.exporters import HTMLExporter
from traitlets.config import Config

from samspill.reading.cells import PARAMETERS


@cache
def _exporter() -> Any:
    settings = Config()
    settings.HTMLExporter.exclude_input_prompt = True
    settings.HTMLExporter.exclude_output_prompt = True
    settings.TagRemovePreprocessor.enabled = True
    settings.TagRemovePreprocessor.remove_cell_tags = {PARAMETERS}
    settings.CSSHTMLHeaderPreprocessor.enabled = False
    return HTMLExporter(  # type: ignore[no-untyped-call]
        config=settings,
        template_file="notebook.html.jinja",
        extra_loaders=[PackageLoader("samspill.making.engines", "")],
        # What is shown is written anew from lists of what may stand there.
        filters={"clean_html": _as_it_is},
    )


def _as_it_is(html: str | bytes) -> str:
    return html.decode() if isinstance(html, bytes) else html


def content(notebook: bytes) -> str:
    """Return the cells of a notebook as HTML, the code of each in an element of the class `highlight-ipynb`."""
    html, _ = _exporter().from_notebook_node(nbformat.reads(notebook.decode(), 4))  # type: ignore[no-untyped-call]
    return str(html)
