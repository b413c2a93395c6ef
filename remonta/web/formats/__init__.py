"""Dates as the readers of each language write them."""
