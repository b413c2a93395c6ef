"""Figures across the rooms: read, never written, each the same table on the page, behind a chart and in a file."""

from remonta.reports.queries.overview import Overview, Tile, overview
from remonta.reports.queries.registry import Listed, report, reports_for
from remonta.reports.queries.shapes import Column, Line, Report, Wanted

__all__ = ["Column", "Line", "Listed", "Overview", "Report", "Tile", "Wanted", "overview", "report", "reports_for"]
