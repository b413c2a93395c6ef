"""Lines of a book are added, never changed: the database itself refuses, before and after other tests emptied it."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction

from remonta.spine.models import Event

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


def line():
    return Event.objects.create(
        subject="spine.job", subject_id=1, seq=1, name="X", version=1, data={}, actor="system:test", occurred_at=NOW
    )


@pytest.mark.parametrize("attempt", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_a_line_can_be_neither_changed_nor_deleted(attempt):
    with transaction.atomic():
        event = line()
    with pytest.raises(DatabaseError, match="is a book"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(name="Y")
    with pytest.raises(DatabaseError, match="is a book"), transaction.atomic():
        Event.objects.filter(pk=event.pk).delete()
    assert Event.objects.values_list("name").get() == ("X",)
