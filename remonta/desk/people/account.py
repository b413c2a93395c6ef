"""One's own account."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from remonta.desk.people.forms import OwnAccountForm
from remonta.identity.commands import change_own_account
from remonta.web.answers import answer_form
from remonta.web.requests import Request

PAGE = "desk/people/account.html"


def my_account(request: Request) -> HttpResponse:
    """Name, phone, language, appearance and zone; below, the ways to sign in."""
    if request.method == "POST":
        form = OwnAccountForm(request.POST)
        return answer_form(
            request,
            form,
            lambda **values: change_own_account(request.actor, **values),
            page=PAGE,
            then=reverse("desk:my-account"),
            say=_("Saved."),
        )
    names = OwnAccountForm.base_fields
    return render(
        request, PAGE, {"form": OwnAccountForm(initial={name: getattr(request.user, name) for name in names})}
    )
