"""Rules: of one text, across the parts of a file, across files, and of addresses that must keep working."""
