"""Time passes in a running product: `python -m tests.story.passing DAYS`. What is under way should have come so many
days earlier, and what looks for late things by itself looks now."""

import os
import sys
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remonta.settings")
django.setup()

from django.db.models import F  # noqa: E402
from django.utils import timezone  # noqa: E402

from remonta.logistics.models import Batch  # noqa: E402
from remonta.spine.models import Schedule  # noqa: E402


def main() -> None:
    days = timedelta(days=int(sys.argv[1]))
    Batch.objects.filter(state="sent").update(due_at=F("due_at") - days)
    Schedule.objects.filter(name="logistics.late").update(next_at=timezone.now())


main()
