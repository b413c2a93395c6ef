"""Measures the running product over HTTP on a large history: `python -m tools.bench --orders 10000 --db sqlite`."""
