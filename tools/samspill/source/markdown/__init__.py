"""Markdown to the prose tree, through markdown-it-py.

CommonMark with tables, plus three things of our own: an id at the end of
every heading, slots in braces and citations in Pandoc's syntax. What the tree
cannot hold is reported, never dropped.
"""

from samspill.source.digest import digest
from samspill.source.markdown.front_matter import MAX_FRONT, plain_text
from samspill.source.markdown.sections import parse

__all__ = ["MAX_FRONT", "digest", "parse", "plain_text"]
