"""Samspill: model, check and render a course on organising services."""

__version__ = "0.1.0"
