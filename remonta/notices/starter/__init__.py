"""The texts customers are written with until somebody changes them, in four languages.

Names in braces are filled in; words in square brackets are left out when what they need is unknown.
"""

from remonta.notices.starter import en, pl, ru, zh_hans
from remonta.notices.starter.shape import Starter

STARTER: dict[str, dict[str, Starter]] = {
    "en": en.TEXTS,
    "ru": ru.TEXTS,
    "pl": pl.TEXTS,
    "zh-hans": zh_hans.TEXTS,
}

__all__ = ["STARTER", "Starter"]
