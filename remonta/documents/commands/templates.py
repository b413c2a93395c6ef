"""Changing how forms look, and going back to how they were delivered."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.documents import drawing
from remonta.documents.commands.issuing import NoSuchForm
from remonta.documents.facts import TemplateRetired, TemplateSaved
from remonta.documents.models import FormTemplate
from remonta.documents.queries import mark, trials
from remonta.documents.shapes import SHAPES
from remonta.identity.queries import centres_for, entities_for
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted, Refused
from remonta.spine.commands import command, record, record_first, take_number

LONGEST = 100_000
Layer = dict[str, int | None]


class TemplateTooLong(Refused):
    text = _("A form’s template may have at most 100,000 characters.")
    field = "source"


class OneLayer(Refused):
    text = _("A template belongs to one centre, to one legal entity, or to the whole network. Choose one of them.")
    field = "centre"


def save_template(
    actor: Actor, *, code: str, source: str, centre_uid: UUID | None = None, legal_entity_uid: UUID | None = None
) -> FormTemplate:
    """A new version of the form for a centre, a legal entity or the network, in force from now on.

    It is tried with sample data in every paper and language first, outside the transaction. Raises NotPermitted,
    TemplateBroken (with the line), TemplateTooSlow, TemplateTooLong, OneLayer, NoSuchForm.
    """
    layer = _layer(actor, centre_uid, legal_entity_uid)
    if code not in SHAPES:
        raise NoSuchForm
    if len(source) > LONGEST:
        raise TemplateTooLong
    for data in trials(code):
        drawing.pdf(source, drawing.built_in_kit(), data)
    saved: FormTemplate = _put_in_force(actor, code, source, layer)
    return saved


@command
def restore_builtin(
    actor: Actor, *, code: str, centre_uid: UUID | None = None, legal_entity_uid: UUID | None = None
) -> FormTemplate:
    """The centre's, legal entity's or network's own template is no longer used; earlier versions stay readable.

    Raises NotPermitted, OneLayer, and FormTemplate.DoesNotExist when there is none of that layer.
    """
    layer = _layer(actor, centre_uid, legal_entity_uid)
    active: FormTemplate = FormTemplate.objects.select_for_update(of=("self",)).get(code=code, active=True, **layer)
    active.active = False
    active.save(update_fields=["active"])
    record(actor, active, TemplateRetired(template_id=active.pk, code=code))
    return active


@command
def _put_in_force(actor: Actor, code: str, source: str, layer: Layer) -> FormTemplate:
    standing = FormTemplate.objects.select_for_update(of=("self",)).filter(code=code, active=True, **layer).first()
    if standing:
        standing.active = False
        standing.save(update_fields=["active"])
    kit = drawing.built_in_kit()
    new = FormTemplate(code=code, source=source, kit=kit, sha256=mark(source, kit), active=True, **layer)
    new.actor, new.created_at = actor.label, actor.now()
    new.version = take_number(f"form_template:{code}")
    new.save(force_insert=True)
    record_first(actor, new, TemplateSaved(template_id=new.pk, code=code, template_version=new.version))
    return new


def _layer(actor: Actor, centre_uid: UUID | None, legal_entity_uid: UUID | None) -> Layer:
    """Which layer is meant. A centre's head may change the centre's forms only; the rest is the network's."""
    if centre_uid and legal_entity_uid:
        raise OneLayer
    centre = centres_for(actor).get(uid=centre_uid) if centre_uid else None
    entity = entities_for(actor).get(uid=legal_entity_uid) if legal_entity_uid else None
    if not actor.may_at("documents.templates", centre.pk if centre else None):
        raise NotPermitted
    return {"centre_id": centre.pk if centre else None, "legal_entity_id": entity.pk if entity else None}
