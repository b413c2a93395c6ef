"""What places had when a day ended: it follows from the moves, and makes past days quick to read."""

from django.db import models

from remonta.stock.models.book import Place


class DayEnd(models.Model):
    """How much of a part (thousandths) was in a place when a day (UTC) ended on which it moved there. Days without a
    row ended as the row before says; outside places and repairs have none."""

    part = models.ForeignKey("catalogue.Part", models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    day = models.DateField()
    on_hand = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["part", "place", "day"], name="day_end_once")]

    def __str__(self) -> str:
        return f"{self.on_hand} of {self.part_id} in {self.place_id} on {self.day}"


class ClosedDay(models.Model):
    """A day (UTC) whose ends are written, and the last move there was then."""

    day = models.DateField(unique=True)
    last_move_id = models.BigIntegerField()
    closed_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.day)
