"""The embedded database: SQLite, with writers that queue fairly."""
