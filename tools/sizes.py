"""How big the long tests are in this run: the stages set it, the tests read it."""

import os
from pathlib import Path

PROVE_STEPS = int(os.environ.get("REMONTA_PROVE_STEPS", "5000"))
"""Rule executions for each of the three books."""
CRASH_KILLS = int(os.environ.get("REMONTA_CRASH_KILLS", "10"))
"""Processes killed for each database."""
ACCESS_ROLES = int(os.environ.get("REMONTA_ACCESS_ROLES", "0"))
"""How many roles the matrix walks; 0 means all."""
STORY = os.environ.get("REMONTA_STORY", "full")
"""`full`, or `main` for the main line only."""
AXE = os.environ.get("REMONTA_AXE", "pairwise")
"""`pairwise`: each page once, language, theme and width varied; `full`: every combination."""
REPORTS = Path(os.environ.get("REMONTA_REPORTS", Path(__file__).resolve().parents[1] / "var" / "reports"))
"""The folder for what people look at afterwards: screenshots, tables, last lines."""


def report(stage: str, line: str) -> None:
    """Keeps the one line that the stage's command prints last."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    (REPORTS / f"{stage}.txt").write_text(line.rstrip() + "\n")
