"""What strangers send by the public form."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from remonta.customers.queries import as_e164
from remonta.logistics.commands import Sender
from remonta.orders.commands import Asked

MOST_PHOTOS, LARGEST_PHOTO = 3, 12 * 1024 * 1024
FARTHEST = timedelta(days=30)


class PhotosInput(forms.ClearableFileInput):
    """Several files by one control."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """A few photos, none of them too large."""

    widget = PhotosInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        given = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if len(given) > MOST_PHOTOS:
            raise ValidationError(_("At most three photos, please."))
        if any((one.size or 0) > LARGEST_PHOTO for one in given):
            raise ValidationError(_("One of the photos is larger than 12 MB. Please choose a smaller one."))
        return [super(PhotosField, self).clean(one, initial) for one in given]


class RequestForm(forms.Form):
    """Name, number, device, fault: as little as it takes to call somebody back."""

    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = forms.CharField(
        label=_("Phone"),
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    device = forms.CharField(label=_("Device"), max_length=200, help_text=_("Make and model, as far as you know them."))
    fault = forms.CharField(label=_("What is wrong with it"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4}))
    photos = PhotosField(
        label=_("Photos"),
        required=False,
        widget=PhotosInput(attrs={"accept": "image/*"}),
        help_text=_("Up to three, if they help."),
    )
    call_at = forms.DateTimeField(
        label=_("Call me back at"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Empty: as soon as we can."),
    )
    way = forms.ChoiceField(
        label=_("How does the device come to us?"),
        choices=[("bring", _("I bring it")), ("send", _("I will send it in"))],
        initial="bring",
        required=False,
        widget=forms.RadioSelect,
    )
    address = forms.CharField(
        label=_("Your address, to which it goes back"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
        help_text=_("Only if you send it in. You get a page to print and to put into the parcel."),
    )
    consent = forms.BooleanField(
        label=_("You may use what I have written here to answer my request."),
        error_messages={"required": _("Without your consent we may not keep what you wrote.")},
    )
    website = forms.CharField(required=False)

    def __init__(self, centre: Any, now: datetime, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.centre, self.now = centre, now

    def clean_phone(self) -> str:
        found = as_e164(self.cleaned_data["phone"], self.centre.country)
        if found is None:
            raise ValidationError(
                _("This is not a number we can call. Write it with the country’s code: +48 601 234 567.")
            )
        return found

    def clean_call_at(self) -> datetime | None:
        """The time as the person means it: where the centre is."""
        wanted: datetime | None = self.cleaned_data["call_at"]
        if wanted is None:
            return None
        local = wanted.replace(tzinfo=ZoneInfo(self.centre.timezone))
        if not self.now <= local <= self.now + FARTHEST:
            raise ValidationError(_("Choose a time within the next thirty days."))
        return local

    def clean_website(self) -> str:
        """Nobody sees this field; who fills it in is a program."""
        if self.cleaned_data["website"]:
            raise ValidationError(_("Please leave this field empty."))
        return ""

    def clean(self) -> dict[str, Any] | None:
        """Who sends it in gets a document by mail, and the device goes back to an address."""
        said = super().clean() or self.cleaned_data
        if said.get("way") == "send":
            if not said.get("address", "").strip():
                self.add_error("address", _("Write the address to which the device goes back."))
            if not said.get("email") and "email" not in self.errors:
                self.add_error("email", _("We need your e-mail address to send you the document for the parcel."))
        return said

    def sender(self, language: str) -> Sender | None:
        """Who sends the device in; None for who brings it."""
        said = self.cleaned_data
        if said["way"] != "send":
            return None
        known = {"name": said["name"], "phone": said["phone"], "email": said["email"]}
        return Sender(**known, address=said["address"], language=language)

    def asked(self) -> Asked:
        """As the command takes it."""
        said = self.cleaned_data
        return Asked(
            channel="web",
            contact_name=said["name"],
            contact_phone=said["phone"],
            contact_email=said["email"],
            device=said["device"],
            fault=said["fault"],
            wants_call=said["way"] != "send",
            call_by=said["call_at"],
        )
