"""Who pays for an issued part, what was really built in, and the notes of what was issued."""

from functools import partial
from uuid import UUID

from django import forms
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from remonta.desk.billing.forms import OperationForm
from remonta.desk.warehouse.forms import thousandths
from remonta.documents.commands import print_issue_note
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted
from remonta.supply.commands import change_terms, report_used
from remonta.supply.queries import requisitions_for
from remonta.supply.workflow import Terms
from remonta.web.answers import go, operation_of
from remonta.web.form_page import form_page
from remonta.web.requests import Request

NOTES = ("sales_note", "issue_note")


class TermsForm(OperationForm):
    """Other terms for an issued part, and why."""

    terms = forms.ChoiceField(label=_("Who pays"), choices=Terms.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


def terms(request: Request, uid: UUID) -> HttpResponse:
    """Somebody else pays; what the order costs follows."""
    row = requisitions_for(request.actor).select_related("work_order", "part").get(uid=uid)
    if not request.actor.may("supply.terms", row):
        raise NotPermitted
    here = reverse("desk:order", args=[row.work_order.uid])
    return form_page(
        request,
        TermsForm,
        partial(change_terms, request.actor, uid),
        title=_("Who pays for %(part)s") % {"part": row.part.number},
        then=here,
        initial={"operation": uuid7(), "terms": row.terms},
        back_url=here,
        back_label=row.work_order.number,
    )


def used(request: Request, uid: UUID) -> HttpResponse:
    """How much of it was built in; the rest is to come back. Zero is an answer too."""
    text = request.POST.get("used", "").strip()
    many = 0 if text in ("0", "0.0", "0,0") else thousandths(text)
    if many is None:
        raise BadRequest("used")
    done = report_used(request.actor, uid, used=many, operation=operation_of(request))
    return go(request, reverse("desk:order", args=[done.work_order.uid]), _("Saved."))


def note(request: Request, uid: UUID) -> HttpResponse:
    """The sales issue note of what is paid, or the other issue note of the rest."""
    code = request.POST.get("form", "")
    if code not in NOTES:
        raise BadRequest("form")
    return redirect("desk:paper", print_issue_note(request.actor, uid, code=code).uid)
