"""Files and folders: written whole, locked, swapped in; no link below the build folder is followed."""
