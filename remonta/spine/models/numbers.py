"""Numbers that people read aloud."""

from django.db import models


class NumberSeries(models.Model):
    """The next number of a series such as `work_order:3` or `invoice:1:2026`. Locked last, so without gaps."""

    code = models.CharField(max_length=60, unique=True)
    next_value = models.PositiveBigIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.code} → {self.next_value}"
