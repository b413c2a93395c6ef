"""The catalogue: models, parts, works and prices, kinds of devices, codes."""
