"""The product archive: units, their owners and their history."""
