"""Writes the golden file anew: `python -m tests.access.write_golden`, then review the difference."""

import os
import sys

import pytest

if __name__ == "__main__":
    os.environ["REMONTA_WRITE_GOLDEN"] = "1"
    sys.exit(pytest.main(["tests/access", "-m", "access", "-k", "matrix", *sys.argv[1:]]))
