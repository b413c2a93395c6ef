"""What a new network still needs before its first order, and the catalogue it may begin with."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from remonta.catalogue.commands import load_starter_catalogue
from remonta.catalogue.queries import price_lists_for
from remonta.web.access import ACCESS
from remonta.web.answers import answer_form
from remonta.web.first_steps import offered, steps_for
from remonta.web.middleware import opens
from remonta.web.requests import Request

PAGE = "desk/people/first_steps.html"
AFTER = {"centre": "entity", "place": "centre", "catalogue": "centre", "cash": "centre"}
"""What cannot begin before another step is done."""
LOOKED_AT = {"label", "mail", "sms", "cash"}
TRADES = (
    ("electronics", gettext_lazy("Phones and electronics")),
    ("appliances", gettext_lazy("Household appliances")),
    ("machinery", gettext_lazy("Tools and machinery")),
    ("all", gettext_lazy("All of them")),
)


class StarterForm(forms.Form):
    """`request` decides whose prices are set."""

    trade = forms.ChoiceField(label=gettext_lazy("What is repaired"), choices=TRADES)
    entity_uid = forms.TypedChoiceField(label=gettext_lazy("Prices of"), coerce=UUID)

    def __init__(self, *args: Any, request: Request, **options: Any) -> None:
        super().__init__(*args, **options)
        self.lists = price_lists_for(request.actor)
        choices = [(str(one.uid), f"{one.name}, {one.currency}") for one in self.lists]
        self.fields["entity_uid"].choices = choices  # type: ignore[attr-defined]


def first_steps(request: Request) -> HttpResponse:
    """Each step with what it is for, whether it is done, and where."""
    return render(request, PAGE, _context(request, StarterForm(request=request)))


def starter(request: Request) -> HttpResponse:
    """Fills the catalogue for a trade; what is there already stays as it is."""
    form = StarterForm(request.POST, request=request)

    def run(trade: str, entity_uid: UUID) -> int:
        entity = next(one for one in form.lists if one.uid == entity_uid)
        return load_starter_catalogue(request.actor, entity.id, trade)

    page = "desk:first-steps" if opens(ACCESS["desk:first-steps", "GET"], request) else "desk:products"
    then = reverse(page)
    context = _context(request, form)
    return answer_form(request, form, run, page=PAGE, then=then, context=context, say=_("The catalogue is filled."))


def _context(request: Request, form: StarterForm) -> dict[str, Any]:
    told, words = steps_for(request.actor), _words()
    missing = {step.name for step in told if not step.done}
    steps = [
        {
            **words[step.name],
            "done": step.done,
            "needed": step.needed,
            "after": words[AFTER[step.name]]["title"] if AFTER.get(step.name) in missing else "",
        }
        for step in told
    ]
    left = sum(1 for step in steps if step["needed"] and not step["done"])
    return {
        "steps": [step for step in steps if step["needed"]],
        "later": [step for step in steps if not step["needed"]],
        "left": left,
        "left_said": ngettext("%(count)s step is left.", "%(count)s steps are left.", left) % {"count": left},
        "form": form,
        "may_fill": bool(form.lists) and request.actor.may_at("catalogue.write", None),
        "offered": offered(request),
    }


def _words() -> dict[str, dict[str, Any]]:
    here = f"?next={reverse('desk:first-steps')}"
    told = {
        "entity": (_("Company"), _("Who signs invoices: country, currency and taxes."), "entity-new"),
        "calendar": (_("Working time"), _("Hours and holidays by which dates are promised."), "calendar-new"),
        "centre": (
            _("Centre"),
            _("Where repairs are done: language, time zone, code of the orders."),
            "centre-new",
        ),
        "place": (_("Desk or shelf"), _("Where a unit stands once it is taken in."), "place-new"),
        "catalogue": (
            _("Price list"),
            _("Models, works and parts with their prices."),
            "service-new",
        ),
        "person": (
            _("People"),
            _("Whoever takes in, repairs and hands over; invited from their page."),
            "person-new",
        ),
        "cash": (_("Cash desk"), _("A drawer, and the card terminal beside it."), "cash"),
        "label": (_("Label printer"), _("The size of your labels, in the settings."), "settings"),
        "mail": (
            _("E-mail"),
            _("Set REMONTA_SMTP on the server; until then mails stay in a folder there."),
            "outbox",
        ),
        "sms": (_("SMS"), _("Set REMONTA_SMS on the server; until then texts stay in a folder there."), "outbox"),
    }
    return {
        name: {
            "name": name,
            "title": title,
            "text": text,
            "url": reverse(f"desk:{route}") + ("" if name in LOOKED_AT else here),
            "looks": name in LOOKED_AT,
        }
        for name, (title, text, route) in told.items()
    }
