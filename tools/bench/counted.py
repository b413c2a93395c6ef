"""The product's settings with the counting of statements around everything."""

from remonta.settings import *  # noqa: F403
from remonta.settings import MIDDLEWARE as PRODUCT

MIDDLEWARE = ["tools.bench.counting.Counting", *PRODUCT]
