"""Bringing data in from files: upload, mapping, dry run, progress, account, undo."""
