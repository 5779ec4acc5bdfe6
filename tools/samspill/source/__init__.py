"""From disk to model: the only part of the package that reads content."""

from samspill.source.load import load

__all__ = ["load"]
