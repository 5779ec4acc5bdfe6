"""A unit of the course as said in one language: one typed tree that every output matches over.

`tree` holds words and blocks, `parts` what units are made of, each with its audience; the modules beside them build
them from a reading. Nothing here knows what a page or a sheet looks like.
"""
