"""The website's pages as Markdown files: front matter, headings and HTML blocks, one set per language."""

from samspill.render.site.chrome import alternates, settings
from samspill.render.site.navigation import navigation
from samspill.render.site.pages import pages

__all__ = ["alternates", "navigation", "pages", "settings"]
