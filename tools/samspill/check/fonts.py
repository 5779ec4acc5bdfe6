"""What is said of characters that no font has."""

from __future__ import annotations

#: How many characters without a font a message names.
MOST = 4


def no_font(characters: str) -> str:
    """Say which characters have no font; a word in another script has many, and a few show which."""
    few = ", ".join(f"{char} (U+{ord(char):04X})" for char in characters[:MOST])
    return f"no font for {few}" + (f" and {len(characters) - MOST} more" if len(characters) > MOST else "")
