"""The typefaces of handouts and drawings: which letters they have and how wide words are in them."""
