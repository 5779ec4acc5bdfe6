"""Beginning and recording: new units, languages, translations. Besides `source` nothing else writes course files."""
