"""The people of one's centres: who they are, what they may, whether they can sign in."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remonta.desk.people import forms
from remonta.desk.people.frame import form_page, with_tabs
from remonta.identity.commands import (
    change_person,
    create_account,
    disable_person,
    enable_person,
    give_role,
    invite_person,
    make_sign_in_link,
    take_role,
)
from remonta.identity.queries import governs, people_for, posts_of, roles_by_account
from remonta.kernel.texts import normal
from remonta.web.answers import answer_form, go, operation_of
from remonta.web.listing import Column, Listing, PageOf
from remonta.web.requests import Request

LINK_LASTS = timedelta(minutes=15)


def narrow(rows: QuerySet[Any], wanted: Mapping[str, Any], request: Request) -> QuerySet[Any]:
    if text := wanted.get("q"):
        rows = rows.filter(Q(sort_name__contains=normal(text)) | Q(email__contains=text.lower()))
    if role := wanted.get("role"):
        rows = rows.filter(posts__role=role).distinct()
    if centre := wanted.get("centre"):
        rows = rows.filter(pk__in=rows.filter(posts__centre__uid=centre).values("pk"))
    return rows.filter(is_active=wanted.get("state") != "disabled")


def with_roles(request: Request, rows: list[Any]) -> Sequence[Any]:
    told = roles_by_account(request.actor, [row.pk for row in rows])
    for row in rows:
        row.roles_said = told.get(row.pk, "")
    return rows


PEOPLE = Listing(
    name="people",
    title=gettext_lazy("People"),
    columns=(
        Column("name", gettext_lazy("Name"), sort="sort_name"),
        Column("roles", gettext_lazy("Roles"), value="roles_said"),
        Column("email", gettext_lazy("E-mail"), sort="email"),
        Column("phone", gettext_lazy("Phone"), kind="phone"),
        Column("last_login", gettext_lazy("Signed in"), kind="ago", sort="last_login", nulls=True),
    ),
    source=lambda request: people_for(request.actor),
    sort="name",
    page="desk/people/people.html",
    filters=forms.PeopleFilter,
    narrow=narrow,
    shape=with_roles,
    url=PageOf("desk:person"),
    context=with_tabs,
)


def people(request: Request) -> HttpResponse:
    return PEOPLE.answer(request, live_list="identity.account")


def new_person(request: Request) -> HttpResponse:
    """Somebody new, with a first role; the invitation is sent from their page."""
    return form_page(
        request,
        partial(forms.NewPersonForm, request=request),
        lambda **values: create_account(request.actor, **values),
        title=gettext_lazy("New person"),
        then=lambda account: reverse("desk:person", args=[account.uid]),
        initial={"language": request.actor.language},
    )


def person(request: Request, person: UUID) -> HttpResponse:
    """Name and address, roles, and the ways to sign in."""
    page, context = "desk/people/person.html", person_context(request, person)
    if request.method == "POST":
        form = forms.PersonForm(request.POST)
        run = partial(change_person, request.actor, person)
        return answer_form(request, form, run, page=page, then=request.path, context=context, say=_("Saved."))
    account = context["account"]
    form = forms.PersonForm(initial={name: getattr(account, name) for name in forms.PersonForm.base_fields})
    return render(request, page, {**context, "form": form})


def person_context(request: Request, uid: UUID) -> dict[str, Any]:
    account = people_for(request.actor).get(uid=uid)
    return {
        "account": account,
        "posts": posts_of(request.actor, account.pk),
        "governed": governs(request.actor, account.pk),
        "role_form": forms.RoleForm(request=request),
        **with_tabs(request),
    }


def give(request: Request, person: UUID) -> HttpResponse:
    """One more role; a refusal is shown on the person's page."""
    context = person_context(request, person)
    account = context["account"]
    kept = forms.PersonForm(initial={name: getattr(account, name) for name in forms.PersonForm.base_fields})
    return answer_form(
        request,
        forms.RoleForm(request.POST, request=request),
        partial(give_role, request.actor, person),
        page="desk/people/person_roles.html",
        then=reverse("desk:person", args=[person]),
        context={**context, "person_form": kept},
        say=_("The role is given."),
    )


def take(request: Request, person: UUID) -> HttpResponse:
    """Takes the role away that the button names."""
    form = forms.TakeRoleForm(request.POST)
    run = partial(take_role, request.actor, person)
    then = reverse("desk:person", args=[person])
    return answer_form(request, form, run, page="web/errors/400.html", then=then, say=_("The role is taken away."))


def invite(request: Request, person: UUID) -> HttpResponse:
    account = invite_person(request.actor, person, operation=operation_of(request))
    return to_person(request, person, _("The invitation is on its way to %(email)s.") % {"email": account.email})


def disable(request: Request, person: UUID) -> HttpResponse:
    disable_person(request.actor, person)
    return to_person(request, person, _("The person is signed out everywhere and cannot sign in any more."))


def enable(request: Request, person: UUID) -> HttpResponse:
    enable_person(request.actor, person)
    return to_person(request, person, _("The person can sign in again."))


def sign_in_link(request: Request, person: UUID) -> HttpResponse:
    """Shows the link once; it is kept nowhere."""
    account = people_for(request.actor).get(uid=person)
    _link, token = make_sign_in_link(request.actor, person, lasts=LINK_LASTS)
    address = f"{settings.BASE_URL}{reverse('sign_in_link', args=[token])}"
    return render(request, "desk/people/link.html", {"account": account, "address": address, **with_tabs(request)})


def to_person(request: Request, uid: UUID, say: str) -> HttpResponse:
    return go(request, reverse("desk:person", args=[uid]), say)
