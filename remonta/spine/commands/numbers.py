"""Taking the next number of a series."""

from django.db import transaction

from remonta.spine.models import NumberSeries


def take_number(code: str) -> int:
    """The next number of the series, 1 first; the series stays locked until the transaction ends, so there are no gaps.

    Take numbers last of all locks. Two statements.
    """
    assert transaction.get_connection().in_atomic_block, "take_number() belongs inside a command's transaction"
    series = NumberSeries.objects.select_for_update().filter(code=code).first()
    if series is None:
        NumberSeries.objects.bulk_create([NumberSeries(code=code)], ignore_conflicts=True)
        series = NumberSeries.objects.select_for_update().get(code=code)
    value = series.next_value
    NumberSeries.objects.filter(pk=series.pk).update(next_value=value + 1)
    return value
