"""Coordination maps and figures of modules, as SVG."""
