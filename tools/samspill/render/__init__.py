"""Outputs: pure functions from the model and a language to artifacts: no clock, no disk, no environment."""
