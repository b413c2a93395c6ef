"""Figures: the overview, and each report with its filters and files."""
