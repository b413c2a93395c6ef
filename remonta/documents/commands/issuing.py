"""Issuing a document: data frozen and hashed, with the template in force."""

import json
from collections.abc import Mapping
from contextlib import nullcontext
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from remonta.documents import drawing
from remonta.documents.facts import DocumentIssued
from remonta.documents.models import Document, FormTemplate
from remonta.documents.queries import built_in_mark, template_in_force
from remonta.documents.shapes import SHAPES
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted, Refused
from remonta.spine.commands import command, record_first, take_number


class NoSuchForm(Refused):
    text = _("There is no such form, or it cannot be printed on this paper. Choose another.")


@command
def issue_document(
    actor: Actor,
    *,
    code: str,
    paper: str,
    language: str,
    subject: str,
    subject_id: int,
    thread_id: int | None,
    centre_id: int,
    data: Mapping[str, object],
    fresh: bool = False,
) -> Document:
    """Freezes the data with its SHA-256 and the template in force; the same content again is the same document.

    Asks `documents.print` in the centre; who may read the subject is the caller's to check. `data` is what a shape's
    `as_json` gives; `fresh` when it has a token made a moment ago, so that nothing like it was ever issued. Raises
    NoSuchForm, NotPermitted.
    """
    check_printable(actor, code, paper, centre_id)
    template = template_in_force(code, centre_id) or _first_used(actor, code)
    about = {"subject": subject, "subject_id": subject_id, "template": template, "sha256": content_hash(data)}
    if not fresh and (known := Document.objects.filter(**about).first()):
        return known
    document = Document(
        **about, code=code, paper=paper, language=language, thread_id=thread_id, centre_id=centre_id, data=dict(data)
    )
    document.number = str(data.get("number", ""))[:60]
    document.actor, document.created_at = actor.label, actor.now()
    return _kept(actor, document, fresh)


def check_printable(actor: Actor, code: str, paper: str, centre_id: int) -> None:
    """Raises NotPermitted or NoSuchForm before anything is made for the paper."""
    if not actor.may_at("documents.print", centre_id):
        raise NotPermitted
    if code not in SHAPES or paper not in SHAPES[code].papers:
        raise NoSuchForm


def content_hash(data: Mapping[str, object]) -> str:
    """SHA-256 of the canonical JSON: sorted keys, no blanks, UTF-8."""
    canonical = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


def _kept(actor: Actor, document: Document, fresh: bool) -> Document:
    try:
        with nullcontext() if fresh else transaction.atomic():
            document.save(force_insert=True)
    except IntegrityError:  # another process has issued the very same a moment ago
        same = {name: getattr(document, name) for name in ("subject", "subject_id", "template", "sha256")}
        return Document.objects.get(**same)
    thread = {"work_order_id": document.thread_id}
    record_first(
        actor, document, DocumentIssued(document_id=document.pk, code=document.code, paper=document.paper, **thread)
    )
    return document


def _first_used(actor: Actor, code: str) -> FormTemplate:
    """The row of the delivered template; a product update makes a new one when it is first used."""
    wanted = {"code": code, "sha256": built_in_mark(code), "built_in": True}
    if known := FormTemplate.objects.filter(**wanted).first():  # made a moment ago by this command or another process
        return known
    made = {"source": drawing.built_in(code), "kit": drawing.built_in_kit(), "actor": "system:documents"}
    version = take_number(f"form_template:{code}")
    return FormTemplate.objects.create(**wanted, **made, version=version, created_at=actor.now())
