"""What the pages of customers send."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from remonta.web.listing import ListFilter

KINDS = [("person", _("person")), ("company", _("company"))]
RELATIONS = [("household", _("lives in the same household")), ("member", _("works for"))]
CHANNELS = [("sms", _("SMS")), ("email", _("e-mail")), ("call", _("phone call")), ("marketing", _("offers and news"))]


class CustomerFilter(ListFilter):
    q = forms.CharField(label=_("Name, phone or e-mail"), widget=forms.TextInput(attrs={"type": "search"}))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("people and companies")), *KINDS])


class CustomerForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    sort_name = forms.CharField(
        label=_("Name in lists"), max_length=120, required=False, help_text=_("Empty: as written above.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS, widget=forms.RadioSelect, initial="person")
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    tax_id = forms.CharField(label=_("Tax number"), max_length=40, required=False)
    may_contact = forms.MultipleChoiceField(
        label=_("May be reached by"), choices=CHANNELS, required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(label=_("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def clean_may_contact(self) -> dict[str, Any]:
        return {channel: channel in self.cleaned_data["may_contact"] for channel, _label in CHANNELS}


class NewCustomerForm(CustomerForm):
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    second_phone = forms.CharField(label=_("Second phone"), max_length=30, required=False)
    field_order = ("name", "phone", "second_phone", "email", "kind", "language", "sort_name", "tax_id")


class PhoneForm(forms.Form):
    phone = forms.CharField(label=_("Number"), max_length=30)
    label = forms.CharField(label=_("What for"), max_length=40, required=False, help_text=_("Such as “work”."))
    takes_sms = forms.BooleanField(label=_("Takes SMS"), required=False, initial=True)
    first = forms.BooleanField(label=_("Call this one first"), required=False)


class AddressForm(forms.Form):
    label = forms.CharField(label=_("What for"), max_length=60, required=False)
    lines = forms.CharField(label=_("Street and number"), max_length=300)
    postcode = forms.CharField(label=_("Postcode"), max_length=20, required=False)
    city = forms.CharField(label=_("City"), max_length=120, required=False)
    country = forms.CharField(
        label=_("Country"), max_length=2, min_length=2, required=False, help_text=_("Two letters, such as PL.")
    )


class RelationForm(forms.Form):
    kind = forms.ChoiceField(label=_("How they belong together"), choices=RELATIONS)
    q = forms.CharField(label=_("Name, phone or e-mail"), required=False)
