"""The website's pages as files of data and HTML, one set per language."""

from samspill.render.web.chrome import settings
from samspill.render.web.navigation import navigation
from samspill.render.web.pages import pages, plan

__all__ = ["navigation", "pages", "plan", "settings"]
