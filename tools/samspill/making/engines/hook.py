"""What MkDocs does otherwise for a site of ours; it loads this file by its path, also when it is run by hand.

Nothing that the base theme brings is built or copied: our theme has its own skeleton, styles and scripts, and our own
search; a page for unknown addresses cannot know where the site stands, so it is left to the host. Notebook pages are
made clean.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any


def on_config(config: Any) -> Any:
    """Build no page of the base theme."""
    config.theme.static_templates.clear()
    return config


def on_files(files: Any, config: Any) -> Any:
    """Copy only what lies beside the pages or in our own theme."""
    ours = {Path(config.docs_dir).resolve(), Path(config.theme.custom_dir).resolve()}
    for file in list(files):
        if Path(file.src_dir).resolve() not in ours:
            files.remove(file)
    return files


def on_post_page(output: str, page: Any, config: Any) -> str:
    """Write the page of a notebook anew, without what the notebook renderer brings along."""
    if not page.file.src_uri.endswith(".ipynb"):
        return output
    from samspill.render.web.notebook_article import clean  # noqa: PLC0415

    return clean(output, config.extra["language"])
