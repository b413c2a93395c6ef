"""What answers look like: each field is named here on purpose, so nothing is published by accident."""
