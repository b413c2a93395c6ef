"""The book of things: places, moves, and what follows from them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from remonta.kernel.ids import uuid7


class PlaceKind(models.TextChoices):
    BIN = "bin", _("bin")
    SHELF = "shelf", _("shelf")
    DESK = "desk", _("desk")
    BENCH = "bench", _("bench")
    VAN = "van", _("van")
    QUARANTINE = "quarantine", _("quarantine")
    REPAIR = "repair", _("in the repair")
    CUSTOMER = "customer", _("with the customer")
    SUPPLIER = "supplier", _("at the supplier")
    COURIER = "courier", _("on the way")
    SCRAP = "scrap", _("scrapped")
    DIFFERENCE = "difference", _("difference of a count")
    DONOR = "donor", _("a unit taken apart")


LABEL = "L-"
OUTSIDE = (PlaceKind.CUSTOMER, PlaceKind.SUPPLIER, PlaceKind.SCRAP, PlaceKind.DIFFERENCE, PlaceKind.DONOR)
STORES = (PlaceKind.BIN, PlaceKind.SHELF, PlaceKind.VAN)


class Place(models.Model):
    """Where things can be. `code` is what the label says; `thread_id` the work order whose parts a repair place holds.

    `zone` is a part of the store, without one the beginning of the address; `walk` says when one comes past it, without
    it the address does.

    Outside places (customer, supplier, scrap, difference of a count, units taken apart) are the other end of what comes
    and goes, one of a kind for the network.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+", null=True)
    kind = models.CharField(max_length=12, choices=PlaceKind)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120, blank=True)
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    thread_id = models.BigIntegerField(null=True)
    zone = models.CharField(max_length=20, blank=True)
    walk = models.PositiveIntegerField(null=True)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "code"], name="place_code_once"),
            models.UniqueConstraint(fields=["code"], condition=Q(centre=None), name="place_of_network_once"),
            models.UniqueConstraint(fields=["thread_id"], condition=Q(kind="repair"), name="place_of_repair_once"),
        ]

    def __str__(self) -> str:
        return self.name or self.code

    @property
    def label(self) -> str:
        """What the barcode on the place says."""
        return f"{LABEL}{self.pk:06d}"

    @property
    def outside(self) -> bool:
        return self.kind in OUTSIDE


class Lot(models.Model):
    """A batch in which a part was made or delivered; `code` as printed on it, once for a part."""

    uid = models.UUIDField(default=uuid7, unique=True)
    part = models.ForeignKey("catalogue.Part", models.PROTECT, related_name="+")
    code = models.CharField(max_length=60)
    expires_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["part", "code"], name="lot_once")]

    def __str__(self) -> str:
        return self.code


class LotBalance(models.Model):
    """How much of a batch is in a place (thousandths): the sum of its moves. Only outside places go below zero."""

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="balances")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    on_hand = models.BigIntegerField(default=0)
    outside = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lot", "place"], name="lot_balance_once"),
            models.CheckConstraint(condition=Q(outside=True) | Q(on_hand__gte=0), name="lot_never_below_zero"),
        ]
        indexes = [models.Index(fields=["place"], name="lots_in_place", condition=~Q(on_hand=0))]

    def __str__(self) -> str:
        return f"{self.on_hand} of {self.lot_id} in {self.place_id}"


class Piece(models.Model):
    """One piece of a part kept by serial number, in exactly one place: the target of its last move, or outside.

    `serial` as printed, `serial_normal` as compared; `since` when it came to its place.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    part = models.ForeignKey("catalogue.Part", models.PROTECT, related_name="+")
    serial = models.CharField(max_length=80)
    serial_normal = models.CharField(max_length=80)
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="pieces", null=True)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["part", "serial_normal"], name="piece_once")]
        indexes = [
            models.Index(fields=["serial_normal"], name="piece_serial", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["place", "part"], name="pieces_in_place"),
        ]

    def __str__(self) -> str:
        return self.serial


class Move(models.Model):
    """One line of the book: a unit, or a quantity (thousandths) of a part, left `source` and arrived at `target`.

    Append-only. `piece` and `lot` say which, of a part kept by serial number or by batch; a piece moves alone, as 1000
    thousandths. `thread_id` is the work order it was for; `reason` a code. `cost` is what one cost the centre then, in
    major units of its currency, where that is known: later corrections change averages, never moves.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    unit = models.ForeignKey("equipment.Unit", models.PROTECT, related_name="+", null=True)
    part = models.ForeignKey("catalogue.Part", models.PROTECT, related_name="+", null=True)
    quantity = models.BigIntegerField()
    source = models.ForeignKey(Place, models.PROTECT, related_name="+")
    target = models.ForeignKey(Place, models.PROTECT, related_name="+")
    thread_id = models.BigIntegerField(null=True)
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=30)
    serial = models.CharField(max_length=80, blank=True)
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="+", null=True, db_index=False)
    piece = models.ForeignKey(Piece, models.PROTECT, related_name="+", null=True, db_index=False)
    cost = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    actor = models.CharField(max_length=60)
    account_id = models.BigIntegerField(null=True)
    occurred_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(unit=None) ^ Q(part=None), name="move_of_one_thing"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="move_of_something"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="move_to_elsewhere"),
        ]
        indexes = [
            models.Index(fields=["unit", "id"], name="move_of_unit", condition=Q(unit__isnull=False)),
            models.Index(fields=["part", "id"], name="move_of_part", condition=Q(part__isnull=False)),
            models.Index(fields=["part", "occurred_at"], name="move_of_part_when", condition=Q(part__isnull=False)),
            models.Index(fields=["occurred_at"], name="move_of_parts_when", condition=Q(part__isnull=False)),
            models.Index(fields=["thread_id", "id"], name="move_thread", condition=Q(thread_id__isnull=False)),
            models.Index(fields=["centre", "-id"], name="move_of_centre"),
            models.Index(fields=["piece", "id"], name="move_of_piece", condition=Q(piece__isnull=False)),
            models.Index(fields=["lot", "id"], name="move_of_lot", condition=Q(lot__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.unit_id or self.part_id}: {self.source_id} → {self.target_id}"


class Whereabouts(models.Model):
    """Where a unit is now: the target of its last move, and exactly one place."""

    unit = models.OneToOneField("equipment.Unit", models.PROTECT, related_name="+", primary_key=True)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["place"], name="whereabouts_place")]

    def __str__(self) -> str:
        return f"{self.unit_id} in {self.place_id}"


class Balance(models.Model):
    """How much of a part is in a place (thousandths): the sum of its moves. Only outside places go below zero."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="balances")
    part = models.ForeignKey("catalogue.Part", models.PROTECT, related_name="+")
    on_hand = models.BigIntegerField(default=0)
    reserved = models.BigIntegerField(default=0)
    outside = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["part", "place"], name="balance_once"),
            models.CheckConstraint(condition=Q(outside=True) | Q(on_hand__gte=0), name="balance_never_below_zero"),
            models.CheckConstraint(condition=Q(reserved__gte=0), name="reserved_never_below_zero"),
            models.CheckConstraint(
                condition=Q(outside=True) | Q(reserved__lte=F("on_hand")), name="reserved_is_on_hand"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on_hand} of {self.part_id} in {self.place_id}"


class ReservationState(models.TextChoices):
    OPEN = "open", _("reserved")
    ISSUED = "issued", _("issued")
    RELEASED = "released", _("released")


class Reservation(models.Model):
    """A piece on hand set aside for a work order (`thread_id`)."""

    uid = models.UUIDField(default=uuid7, unique=True)
    part = models.ForeignKey("catalogue.Part", models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    quantity = models.BigIntegerField()
    thread_id = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=ReservationState, default=ReservationState.OPEN)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(quantity__gt=0), name="reservation_of_something")]
        indexes = [
            models.Index(fields=["thread_id"], name="reservation_thread"),
            models.Index(fields=["part", "place"], name="reservation_open", condition=Q(state="open")),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.part_id} for {self.thread_id}"


class PartCost(models.Model):
    """What one of a part costs a centre on average (major units of `currency`), moved by each delivery.

    `quantity` (thousandths) is what the centre's stores held when it was last worked out.
    """

    part = models.ForeignKey("catalogue.Part", models.PROTECT, related_name="+")
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3)
    average = models.DecimalField(max_digits=18, decimal_places=6)
    quantity = models.BigIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["part", "centre"], name="part_cost_once")]

    def __str__(self) -> str:
        return f"{self.part_id} at {self.centre_id}"


class PartCostChange(models.Model):
    """Why an average changed: `added` major units came with `quantity` thousandths. The share of what had left the
    stores by then is `spent`, and moves no average."""

    cost = models.ForeignKey(PartCost, models.PROTECT, related_name="changes")
    move = models.ForeignKey(Move, models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=30)
    quantity = models.BigIntegerField()
    added = models.DecimalField(max_digits=20, decimal_places=6)
    spent = models.DecimalField(max_digits=20, decimal_places=6, default=0)
    before = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    after = models.DecimalField(max_digits=18, decimal_places=6)
    actor = models.CharField(max_length=60)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["cost", "-id"], name="part_cost_changes")]

    def __str__(self) -> str:
        return f"{self.cost_id}: {self.before} → {self.after}"
