"""What the pages of people send."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from remonta.identity.queries import staffed_centres
from remonta.identity.roles import Role
from remonta.web.listing import ListFilter
from remonta.web.requests import Request

THEMES = [("auto", _("as the device")), ("light", _("light")), ("dark", _("dark"))]
MESSAGE_STATES = [
    ("waiting", _("waiting")),
    ("sending", _("being sent")),
    ("sent", _("sent")),
    ("unclear", _("unclear")),
    ("dead", _("not delivered")),
    ("cancelled", _("called off")),
]
JOB_STATES = [
    ("ready", _("waiting")),
    ("running", _("running")),
    ("done", _("done")),
    ("dead", _("failed")),
    ("stopped", _("stopped")),
]
CHANNELS = [("email", _("e-mail")), ("sms", _("SMS")), ("webhook", _("webhook"))]
SEARCH = {"type": "search"}


def zones() -> list[tuple[str, str]]:
    """The zones of the world by name, places only."""
    return [("", "—"), *((zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if "/" in zone)]


def managed(request: Request) -> list[tuple[str, str]]:
    """The centres in which the asker manages people. One statement."""
    rows = staffed_centres(request.actor).order_by("name")
    return [(str(uid), name) for uid, name in rows.values_list("uid", "name")]


class OwnAccountForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    theme = forms.ChoiceField(label=_("Appearance"), choices=THEMES)
    timezone = forms.ChoiceField(
        label=_("Time zone"), choices=zones, required=False, help_text=_("Empty: as the centre’s.")
    )


class PersonForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class RoleForm(forms.Form):
    """A role in one of the centres whose people the asker manages; in the whole network for who manages that."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)

    def __init__(self, *args: Any, request: Request, **options: Any) -> None:
        super().__init__(*args, **options)
        whole = request.actor.may_at("identity.manage_staff", None)
        choices = [("", _("the whole network"))] if whole else []
        self.fields["centre_uid"] = forms.ChoiceField(
            label=_("Centre"), choices=[*choices, *managed(request)], required=not whole
        )

    def clean_centre_uid(self) -> str | None:
        return self.cleaned_data["centre_uid"] or None


class NewPersonForm(RoleForm, PersonForm):
    field_order = ["name", "email", "phone", "language", "role", "centre_uid"]


class TakeRoleForm(forms.Form):
    role = forms.ChoiceField(choices=Role.choices)
    centre_uid = forms.UUIDField(required=False)


class PeopleFilter(ListFilter):
    q = forms.CharField(label=_("Name or e-mail"), widget=forms.TextInput(attrs=SEARCH))
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("all")), *Role.choices])
    state = forms.ChoiceField(label=_("State"), choices=[("", _("active")), ("disabled", _("disabled"))])
    centre = forms.ChoiceField(label=_("Centre"))

    def __init__(self, data: Any, request: Request) -> None:
        super().__init__(data, request)
        self.fields["centre"].choices = [("", _("all")), *managed(request)]  # type: ignore[attr-defined]


class TokenForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("Which program it is for."))
    scopes = forms.CharField(
        label=_("Scopes"),
        max_length=500,
        initial="*",
        help_text=_("“*” for all you may do, or names with blanks between, such as “orders.* customers.see”."),
    )
    days = forms.IntegerField(label=_("Days it works"), min_value=1, max_value=3650, required=False, initial=365)

    def __init__(self, *args: Any, request: Request, **options: Any) -> None:
        self.request = request
        super().__init__(*args, **options)


class OutboxFilter(ListFilter):
    state = forms.ChoiceField(label=_("State"), choices=[("", _("all")), ("trouble", _("in trouble")), *MESSAGE_STATES])
    channel = forms.ChoiceField(label=_("By"), choices=[("", _("all")), *CHANNELS])
    q = forms.CharField(label=_("Recipient"), widget=forms.TextInput(attrs=SEARCH))


class SettleForm(forms.Form):
    arrived = forms.TypedChoiceField(choices=[("yes", "yes"), ("no", "no")], coerce=lambda value: value == "yes")


class JobsFilter(ListFilter):
    state = forms.ChoiceField(label=_("State"), choices=[("", _("all")), *JOB_STATES])
    q = forms.CharField(label=_("Name"), widget=forms.TextInput(attrs=SEARCH))
