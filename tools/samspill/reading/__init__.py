"""A course as said in one language: words, slots, links, citations, and what each plan uses."""
