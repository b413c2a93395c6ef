"""Template tags and filters of the shared frame."""
