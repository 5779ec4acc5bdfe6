"""What a translation translates: recorded, counted, and compared with the source as it was then."""
