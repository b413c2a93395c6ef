"""The bell, and the texts customers are written."""
