"""The texts customers are written, layer by layer: the network's, a centre's own."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remonta.desk.people.frame import tabs
from remonta.identity.queries import every_centre, in_reach
from remonta.kernel.refusals import Missing, NotPermitted, Refused
from remonta.notices.commands import restore_text, save_text
from remonta.notices.queries import CHANNELS, OCCASIONS, PLACES, known_texts, text_for
from remonta.web.answers import go
from remonta.web.requests import Request


class TextForm(forms.Form):
    """One text: of one occasion, channel and language."""

    title = forms.CharField(label=gettext_lazy("Subject"), max_length=200, required=False)
    body = forms.CharField(label=gettext_lazy("Text"), required=False, widget=forms.Textarea(attrs={"rows": 9}))
    active = forms.BooleanField(label=gettext_lazy("Send it"), required=False, initial=True)


def texts(request: Request) -> HttpResponse:
    """Every occasion at which customers are written, for the chosen layer."""
    layer = _layer(request)
    known = known_texts(request.actor, layer["centre"].pk if layer["centre"] else None)
    return render(request, "desk/notices/texts.html", {**layer, "known": known, "tabs": tabs(request)})


def text(request: Request, code: str) -> HttpResponse:
    """The texts of one occasion in one language; a POST saves one of them, or goes back to what was delivered."""
    if code not in OCCASIONS:
        raise Missing
    layer = _layer(request)
    language = request.GET.get("language", "")
    language = language if language in dict(settings.LANGUAGES) else layer["language"]
    if request.method == "POST":
        return _save(request, code, language, layer)
    return _page(request, code, language, layer, {})


def _save(request: Request, code: str, language: str, layer: dict[str, Any]) -> HttpResponse:
    channel, centre = request.POST.get("channel", ""), layer["centre"]
    of: dict[str, Any] = {
        "code": code,
        "channel": channel,
        "language": language,
        "centre_uid": centre.uid if centre else None,
    }
    here = f"{reverse('desk:customer-text', args=[code])}?{layer['query']}language={language}"
    if "restore" in request.POST:
        restore_text(request.actor, **of)
        return go(request, here, _("The text above is in force again."))
    form = TextForm(request.POST, prefix=channel)
    if form.is_valid():
        try:
            save_text(request.actor, **of, **form.cleaned_data)
        except (NotPermitted, Missing):
            raise
        except Refused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            return go(request, here, _("Saved."))
    return _page(request, code, language, layer, {channel: form}, status=422)


def _page(
    request: Request,
    code: str,
    language: str,
    layer: dict[str, Any],
    refused: dict[str, TextForm],
    status: int = 200,
) -> HttpResponse:
    centre_id = layer["centre"].pk if layer["centre"] else None
    cards = []
    for channel, label in CHANNELS.items():
        shape = text_for(code, channel, language, centre_id)
        first = {"title": shape.title, "body": shape.body, "active": bool(shape.body)}
        form = refused.get(channel) or TextForm(initial=first, prefix=channel)
        cards.append({"channel": channel, "label": label, "form": form, "own": shape.own})
    url = reverse("desk:customer-text", args=[code])
    languages = [
        {"label": name, "url": f"{url}?{layer['query']}language={one}", "current": one == language}
        for one, name in settings.LANGUAGES
    ]
    shown = {"title": OCCASIONS[code], "cards": cards, "tabs": languages, "places": PLACES.items(), **layer}
    return render(request, "desk/notices/text.html", shown, status=status)


def _layer(request: Request) -> dict[str, Any]:
    """The centre whose texts are meant, or None for the network's; and those one may choose. Raises DoesNotExist."""
    actor = request.actor
    mine = every_centre().filter(in_reach(actor, "notices.texts", "pk")).order_by("name")
    whole = actor.may_at("notices.texts", None)
    try:
        wanted = UUID(request.GET["centre"]) if request.GET.get("centre") else None
    except ValueError as error:
        raise BadRequest("centre") from error
    centre = mine.get(uid=wanted) if wanted else None if whole else mine.first()
    return {
        "centre": centre,
        "choices": mine[:200],
        "whole": whole,
        "language": centre.language if centre else settings.LANGUAGE_CODE,
        "query": f"centre={centre.uid}&" if centre else "",
    }
