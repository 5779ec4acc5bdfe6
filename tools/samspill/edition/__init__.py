"""Publishing an edition: all languages or none."""
