"""Why couriers and shipments refuse, in sentences."""

from django.utils.translation import gettext_lazy as _

from remonta.kernel.refusals import Refused


class CourierNameTaken(Refused):
    text = _("The centre has a courier account of this name already.")
    field = "name"


class CourierNameMissing(Refused):
    text = _("Give the courier account a name.")
    field = "name"


class DriverUnknown(Refused):
    text = _("There is no such courier.")
    field = "driver"


class SecretMissing(Refused):
    text = _("This courier needs “%(secret)s”.")
    field = "secrets"


class SecretUnknown(Refused):
    text = _("This courier does not know “%(secret)s”.")
    field = "secrets"


class CourierAddressUnclear(Refused):
    text = _("The address must start with https:// (http:// only on this machine) and must not carry a password.")
    field = "url"


class CourierBusy(Refused):
    text = _("Shipments of this account are still on their way. Archive it when they have arrived.")


class ReceiverMissing(Refused):
    text = _("Say to whom it goes: a name or a company, and a city or a pick-up point.")
    field = "name"


class WeightMissing(Refused):
    text = _("Say what each piece weighs: more than nothing, at most 1000 kg.")
    field = "weight"


class SizeUnclear(Refused):
    text = _("A side of a piece is at most 5 metres.")
    field = "length"


class OnTheWayAlready(Refused):
    text = _("It is “%(state)s” already and cannot be called off any more.")


class NothingToAsk(Refused):
    text = _("Our own drivers mark on their phones what happens; there is nobody to ask.")


class NumberMissing(Refused):
    text = _("Write the number under which the courier has it.")
    field = "outside_number"


class NobodyDrives(Refused):
    text = _("Choose a driver: somebody who works in this centre.")
    field = "driver_uid"


class NotForDrivers(Refused):
    text = _("%(number)s is not carried by our own drivers.")


class AlreadyPlanned(Refused):
    text = _("%(number)s is on a round already.")


class StopMade(Refused):
    text = _("This stop was made already.")


class NotPickedUp(Refused):
    text = _("%(number)s has not been picked up yet.")


class SignatureMissing(Refused):
    text = _("Let the person sign, or write who took it.")
    field = "signed_by"


class StopsUnclear(Refused):
    text = _("The stops have changed meanwhile. Please look at the round again.")
