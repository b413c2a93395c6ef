"""Changing forms: tried before they are kept, the nearest counts, and the way back is open."""

import pytest

from remonta.documents.commands import issue_document, restore_builtin, save_template
from remonta.documents.commands.issuing import NoSuchForm
from remonta.documents.commands.templates import OneLayer, TemplateTooLong
from remonta.documents.models import FormTemplate
from remonta.documents.queries import (
    built_in_source,
    form_kinds,
    preview_pictures,
    preview_template,
    template_in_force,
    templates_for,
)
from remonta.documents.samples import sample
from remonta.documents.typesetter import TemplateBroken, TemplateTooSlow
from remonta.identity.models import Centre
from remonta.kernel.refusals import NotPermitted

SHORT = '#import "kit.typ": *\n#show: sheet\n#d.title #d.number'


def test_a_saved_form_is_in_force_at_once_in_its_centre_only(cast):
    saved = save_template(cast.hana, code="receipt", source=SHORT, centre_uid=cast.krakow.uid)
    assert template_in_force("receipt", cast.krakow.pk) == saved
    assert template_in_force("receipt", cast.gdansk.pk) is None
    assert template_in_force("quote", cast.krakow.pk) is None


def test_the_nearest_template_counts(cast):
    common = save_template(cast.ada, code="receipt", source=SHORT)
    company = save_template(cast.ada, code="receipt", source=SHORT + " b", legal_entity_uid=cast.entity.uid)
    centre = save_template(cast.ada, code="receipt", source=SHORT + " c", centre_uid=cast.krakow.uid)
    assert template_in_force("receipt", cast.krakow.pk) == centre
    assert template_in_force("receipt", cast.gdansk.pk) == company
    restore_builtin(cast.ada, code="receipt", legal_entity_uid=cast.entity.uid)
    assert template_in_force("receipt", cast.gdansk.pk) == common


def test_an_edit_is_a_new_version_and_the_old_one_stays_readable(cast):
    first = save_template(cast.hana, code="receipt", source=SHORT, centre_uid=cast.krakow.uid)
    second = save_template(cast.hana, code="receipt", source=SHORT + "!", centre_uid=cast.krakow.uid)
    first.refresh_from_db()
    assert (first.version, first.active, first.source) == (1, False, SHORT)
    assert (second.version, second.active) == (2, True)
    assert template_in_force("receipt", cast.krakow.pk) == second


def test_the_delivered_look_comes_back(cast):
    save_template(cast.hana, code="receipt", source=SHORT, centre_uid=cast.krakow.uid)
    restore_builtin(cast.hana, code="receipt", centre_uid=cast.krakow.uid)
    assert template_in_force("receipt", cast.krakow.pk) is None
    about = {"subject": "orders.workorder", "subject_id": 7, "thread_id": 7, "centre_id": cast.krakow.pk}
    data = sample("receipt", "en", "a4")
    document = issue_document(cast.rita, code="receipt", paper="a4", language="en", data=data, **about)
    assert document.template.built_in
    assert document.template.source == built_in_source("receipt")


@pytest.mark.parametrize(
    ("source", "refusal"),
    [
        (SHORT + "\n\n#nope()", TemplateBroken),
        (SHORT + "\n#d.nothing_like_that", TemplateBroken),
        (SHORT + "\n#{ let s = (1,); for i in range(40) { s = s + s } }", TemplateTooSlow),
        ("x" * 100_001, TemplateTooLong),
        (SHORT + '\n#if d.paper == "roll80" { panic("only on this paper") }', TemplateBroken),
        (SHORT + '\n#if d.lang == "pl" { panic("only in this language") }', TemplateBroken),
    ],
    ids=["error", "missing", "memory", "long", "one paper", "one language"],
)
def test_a_form_that_does_not_print_is_not_kept(cast, writes_nothing, source, refusal):
    with writes_nothing(), pytest.raises(refusal):
        save_template(cast.ada, code="receipt", source=source)


def test_the_refusal_names_the_line(cast):
    with pytest.raises(TemplateBroken, match=r"line 5: unknown variable: nope"):
        save_template(cast.ada, code="receipt", source=SHORT + "\n\n#nope()")


def test_only_heads_change_forms_and_only_their_centres(cast, writes_nothing):
    with writes_nothing():
        for actor, layer in ((cast.rita, cast.krakow), (cast.hana, None)):
            with pytest.raises(NotPermitted):
                save_template(actor, code="receipt", source=SHORT, centre_uid=layer and layer.uid)
        with pytest.raises(Centre.DoesNotExist):
            save_template(cast.hana, code="receipt", source=SHORT, centre_uid=cast.gdansk.uid)
        with pytest.raises(NotPermitted):
            save_template(cast.hana, code="receipt", source=SHORT, legal_entity_uid=cast.entity.uid)


def test_a_template_belongs_to_one_layer_and_to_a_form_there_is(cast, writes_nothing):
    both = {"centre_uid": cast.krakow.uid, "legal_entity_uid": cast.entity.uid}
    with writes_nothing():
        with pytest.raises(OneLayer):
            save_template(cast.ada, code="receipt", source=SHORT, **both)
        with pytest.raises(NoSuchForm):
            save_template(cast.ada, code="love_letter", source=SHORT)
        with pytest.raises(FormTemplate.DoesNotExist):
            restore_builtin(cast.ada, code="receipt")


def test_a_preview_shows_sample_data_and_keeps_nothing(cast, writes_nothing):
    with writes_nothing():
        assert preview_template(cast.hana, SHORT, "receipt", paper="a5").startswith(b"%PDF-")
        assert len(preview_pictures(cast.hana, built_in_source("label"), "label", paper="62x29")) == 3


def test_templates_are_seen_by_those_who_may_change_them(cast):
    mine = save_template(cast.ada, code="receipt", source=SHORT, centre_uid=cast.krakow.uid)
    theirs = save_template(cast.ada, code="receipt", source=SHORT, centre_uid=cast.gdansk.uid)
    common = save_template(cast.ada, code="receipt", source=SHORT)
    assert set(templates_for(cast.hana)) == {mine, common}
    assert set(templates_for(cast.ada)) == {mine, theirs, common}
    assert not templates_for(cast.rita)


def test_a_preview_is_for_who_may_change_forms(cast):
    for preview in (preview_template, preview_pictures):
        with pytest.raises(NotPermitted):
            preview(cast.rita, SHORT, "receipt")


def test_forms_and_papers_have_names_that_people_read():
    kinds = {kind.code: kind for kind in form_kinds()}
    assert kinds["receipt"].label == "Intake receipt"
    assert dict(kinds["receipt"].papers) == {"a4": "A4", "a5": "A5", "roll80": "80 mm roll"}
    assert dict(kinds["label"].papers)["58x40"] == "58 × 40 mm"
