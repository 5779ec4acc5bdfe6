"""What a translation translates: recorded, counted, and compared with the source as it was then."""

from samspill.translation.state import report, summaries

__all__ = ["report", "summaries"]
