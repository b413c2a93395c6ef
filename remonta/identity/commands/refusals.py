"""What people and network commands refuse with."""

from django.utils.translation import gettext_lazy as _

from remonta.kernel.refusals import NotPermitted, Refused


class BeyondOwnRights(NotPermitted):
    text = _("You cannot give rights that you do not have yourself there.")


class EmailTaken(Refused):
    text = _("Somebody with this e-mail address is already here. Search for them among the people.")
    field = "email"


class LastAdministrator(Refused):
    text = _("This is the last administrator of the network. Make somebody else administrator first.")


class NotOneself(Refused):
    text = _("You cannot disable yourself. Ask another administrator.")


class LinkGone(Refused):
    text = _("This link has been used already or is too old. Ask for a new one.")


class CodeTaken(Refused):
    text = _("Another centre has this code. Choose another of up to six letters.")
    field = "code"


class NameTaken(Refused):
    text = _("There is already one with this name.")
    field = "name"


class UnknownZone(Refused):
    text = _("There is no time zone %(zone)s. Choose one from the list, such as Europe/Warsaw.")
    field = "timezone"


class HoursUnclear(Refused):
    text = _("Write hours as 09:00-18:00, several spans with a comma, earliest first.")
    field = "week"


class ValueUnfit(Refused):
    text = _("This value does not fit the setting “%(label)s”.")
    field = "value"


class WrongScope(Refused):
    text = _("A key can only be given scopes that exist and that you have yourself.")
    field = "scopes"


class MemberElsewhere(Refused):
    text = _("Only people who work in the group’s centre can join it. Give them a role there first.")
    field = "account"
