"""Parts lists: the tree, quantities over all levels, versions side by side, and changing a draft."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remonta.catalogue.commands import (
    add_list_line,
    begin_list,
    change_list_line,
    discard_list,
    publish_list,
    remove_list_line,
)
from remonta.catalogue.queries import (
    ListHead,
    differences,
    find_part,
    list_head,
    list_lines,
    needed,
    parts_for,
    versions_of,
)
from remonta.desk.catalogue.forms import ListLineForm, PublishForm
from remonta.desk.catalogue.frame import entry_form, with_tabs
from remonta.kernel.refusals import Missing
from remonta.web.answers import answer_form, go, uid_of
from remonta.web.export import as_file
from remonta.web.form_page import posted_uid
from remonta.web.requests import Request

FILES = ("csv", "xlsx")
STANDINGS = {
    "draft": (gettext_lazy("draft"), "wait"),
    "coming": (gettext_lazy("comes into force"), "info"),
    "in_force": (gettext_lazy("in force"), "good"),
    "past": (gettext_lazy("replaced"), "quiet"),
}
CHANGES = {
    "added": gettext_lazy("added"),
    "removed": gettext_lazy("removed"),
    "changed": gettext_lazy("changed"),
}


def begin_of_product(request: Request, uid: UUID) -> HttpResponse:
    return _opened(request, begin_list(request.actor, product_uid=uid).uid)


def begin_of_part(request: Request, uid: UUID) -> HttpResponse:
    return _opened(request, begin_list(request.actor, part_uid=uid).uid)


def parts_list(request: Request, uid: UUID) -> HttpResponse:
    """The first level, whose assemblies open; a draft also offers parts to add, found by `part` in the address."""
    return render(request, "desk/catalogue/bom.html", _context(request, uid))


def below(request: Request, uid: UUID) -> HttpResponse:
    """One level, for a branch that was opened."""
    return render(request, "desk/catalogue/_bom_level.html", {"lines": list_lines(request.actor, uid)})


def quantities(request: Request, uid: UUID) -> HttpResponse:
    """How much of every part one piece needs, over all levels; also as a file."""
    rows = needed(request.actor, uid)
    if (kind := request.GET.get("export")) in FILES:
        head = [_("Level"), _("Part number"), _("Name"), _("Quantity"), _("Counted in"), _("Assembly")]
        lines = ((one.level, one.number, one.name, one.quantity, one.measure, one.assembly) for one in rows)
        return as_file(str(kind), "parts", head, lines)  # type: ignore[return-value]
    context = {**_frame(request, uid, "bom-needed"), "needed": rows}
    return render(request, "desk/catalogue/bom_needed.html", context)


def compare(request: Request, uid: UUID) -> HttpResponse:
    """What differs from another version; from the one before unless another is chosen."""
    context = _frame(request, uid, "bom-compare")
    others = [one for one in context["versions"] if one.uid != uid]
    chosen = uid_of(request.GET["with"]) if request.GET.get("with") else None
    earlier = [one for one in others if one.number < context["list"].version.number]
    other = next((one for one in others if one.uid == chosen), next(iter(earlier or others), None))
    rows = differences(request.actor, other.uid, uid) if other else ()
    told = [(one, CHANGES[one.change]) for one in rows]
    return render(
        request, "desk/catalogue/bom_compare.html", {**context, "others": others, "other": other, "told": told}
    )


def add_line(request: Request, uid: UUID) -> HttpResponse:
    """One more line of a draft."""
    part_uid = posted_uid(request, "part")
    form = ListLineForm(request.POST)

    def run(**said: Any) -> Any:
        return add_list_line(request.actor, uid, part_uid=part_uid, **said)

    part = parts_for(request.actor).get(uid=part_uid)
    context = {**_context(request, uid), "adding": part}
    then = reverse("desk:bom", args=[uid])
    return answer_form(request, form, run, page="desk/catalogue/bom.html", then=then, context=context)


def line(request: Request, uid: UUID, line: int) -> HttpResponse:
    """Corrects a line of a draft, or takes it out."""
    head = list_head(request.actor, uid)
    one = next((each for each in list_lines(request.actor, uid) if each.id == line), None)
    if one is None:
        raise Missing
    here = reverse("desk:bom", args=[uid])
    if "drop" in request.POST:
        remove_list_line(request.actor, uid, line_id=line)
        return go(request, here, _("Removed."))
    said = {"quantity": f"{one.quantity / 1000:g}", "reference": one.reference, "optional": one.optional}
    return entry_form(
        request,
        ListLineForm,
        lambda **values: change_list_line(request.actor, uid, line_id=line, **values),
        title=f"{one.number} {one.name}",
        then=here,
        initial={**said, "note": one.note},
        back_url=here,
        back_label=_title(head),
    )


def publish(request: Request, uid: UUID) -> HttpResponse:
    """From which day on the draft is in force."""
    head = list_head(request.actor, uid)
    here = reverse("desk:bom", args=[uid])
    return entry_form(
        request,
        PublishForm,
        lambda **values: publish_list(request.actor, uid, **values),
        title=_("From when on does version %(version)s hold?") % {"version": head.version.number},
        then=here,
        initial={"valid_from": request.actor.now().date().isoformat()},
        save_label=gettext_lazy("Publish"),
        back_url=here,
        back_label=_title(head),
    )


def discard(request: Request, uid: UUID) -> HttpResponse:
    """Throws a draft away."""
    head = list_head(request.actor, uid)
    discard_list(request.actor, uid)
    return go(request, _owner(head), _("The draft is thrown away."))


def _opened(request: Request, uid: UUID) -> HttpResponse:
    return go(request, reverse("desk:bom", args=[uid]))


def _context(request: Request, uid: UUID) -> dict[str, Any]:
    context = _frame(request, uid, "bom")
    text = request.GET.get("part", "")
    draft = context["list"].version.standing == "draft" and context["may_write"]
    found = find_part(request.actor, text) if text and draft else ()
    lines = list_lines(request.actor, uid)
    return {**context, "lines": lines, "changing": draft, "found": found, "text": text}


def _frame(request: Request, uid: UUID, route: str) -> dict[str, Any]:
    """What every page of a list shows. Two statements."""
    head = list_head(request.actor, uid)
    of = {"product_id": head.product_id} if head.product_id else {"part_id": head.part_id}
    label, tone = STANDINGS[head.version.standing]
    looks = (("bom", _("Tree")), ("bom-needed", _("Quantities")), ("bom-compare", _("Versions compared")))
    return {
        "may_write": with_tabs(request)["may_write"],
        "list": head,
        "title": _title(head),
        "owner_url": _owner(head),
        "versions": versions_of(request.actor, **of),
        "standing": label,
        "tone": tone,
        "tabs": [
            {"label": said, "url": reverse(f"desk:{name}", args=[uid]), "current": name == route}
            for name, said in looks
        ],
        "tabs_label": _("Parts list"),
        "standings": STANDINGS,
    }


def _title(head: ListHead) -> str:
    return " ".join(one for one in (head.number, head.name) if one)


def _owner(head: ListHead) -> str:
    if head.product_uid:
        return reverse("desk:product", args=[head.product_uid])
    return reverse("desk:part", args=[head.part_uid])
