"""Issuing: what was printed can be printed again, byte for byte, whatever happened to the form since."""

import pytest

from remonta.documents import drawing
from remonta.documents.commands import issue_document, save_template
from remonta.documents.commands.issuing import NoSuchForm, content_hash
from remonta.documents.models import Document, FormTemplate
from remonta.documents.queries import documents_for, pdf_of
from remonta.documents.samples import sample
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted
from remonta.spine.models import Event


@pytest.fixture
def issue(cast):
    """Rita issues the receipt of work order 7: issue(fault="…")."""

    def make(actor=cast.rita, paper="a4", code="receipt", **changed):
        data = sample(code, "pl", paper) | changed
        about = {"subject": "orders.workorder", "subject_id": 7, "thread_id": 7, "centre_id": cast.krakow.pk}
        return issue_document(actor, code=code, paper=paper, language="pl", data=data, **about)

    return make


def test_a_document_keeps_what_was_printed(issue, cast):
    document = issue()
    assert (document.code, document.number, document.actor) == ("receipt", "KRK-000417", cast.rita.label)
    assert document.sha256 == content_hash(sample("receipt", "pl", "a4"))
    [event] = Event.objects.filter(subject="documents.document", subject_id=document.pk)
    assert (event.name, event.thread_id, event.data["paper"]) == ("documents.document_issued", 7, "a4")


def test_the_same_content_again_is_the_same_document(issue):
    first = issue()
    assert issue() == first
    assert Document.objects.count() == Event.objects.filter(subject="documents.document").count() == 1


def test_other_content_or_paper_is_another_document(issue):
    assert len({issue().pk, issue(fault="Burnt").pk, issue(paper="a5").pk}) == 3


def test_a_document_looks_the_same_after_the_form_has_changed(issue, cast):
    document = issue()
    before = pdf_of(cast.rita, document.uid)
    save_template(cast.ada, code="receipt", source='#import "kit.typ": *\n#show: sheet\n#d.title')
    assert pdf_of(cast.rita, document.uid) == before
    newer = issue()
    assert newer != document
    assert pdf_of(cast.rita, newer.uid) != before


def test_a_document_looks_the_same_after_the_product_was_updated(issue, cast, monkeypatch):
    document = issue()
    before = pdf_of(cast.rita, document.uid)
    delivered = drawing.built_in
    monkeypatch.setattr(drawing, "built_in", lambda code: delivered(code) + "\n// a later release\n")
    assert pdf_of(cast.rita, document.uid) == before
    assert issue().template.version == document.template.version + 1
    assert FormTemplate.objects.filter(built_in=True).count() == 2


def test_delivered_forms_are_kept_once(issue):
    issue()
    issue(fault="Burnt")
    assert FormTemplate.objects.count() == 1


@pytest.mark.parametrize(("code", "paper"), [("receipt", "58x40"), ("love_letter", "a4"), ("quote", "a5")])
def test_a_form_that_is_not_there_is_refused(cast, writes_nothing, code, paper):
    about = {"subject": "orders.workorder", "subject_id": 7, "thread_id": 7, "centre_id": cast.krakow.pk, "data": {}}
    with writes_nothing(), pytest.raises(NoSuchForm):
        issue_document(cast.rita, code=code, paper=paper, language="pl", **about)


def test_nobody_prints_in_a_centre_that_is_not_theirs(issue, cast, writes_nothing):
    with writes_nothing(), pytest.raises(NotPermitted):
        issue(actor=cast.gosia)


def test_another_centres_document_does_not_exist(issue, cast):
    document = issue()
    assert list(documents_for(cast.hana)) == list(documents_for(cast.ada)) == [document]
    assert not documents_for(cast.gosia)
    with pytest.raises(Document.DoesNotExist):
        pdf_of(cast.gosia, document.uid)


def test_a_secret_link_opens_the_papers_of_its_order_that_are_for_customers(issue, cast):
    mine = issue()
    issue(code="work_order")
    link, other = (
        Actor("link:1", None, frozenset(), cast.rita.now, grants=frozenset({("orders.workorder", key)}))
        for key in (7, 8)
    )
    assert list(documents_for(link)) == [mine]
    assert not documents_for(other)


def test_printing_again_takes_one_statement(issue, cast, django_assert_num_queries):
    document = issue()
    with django_assert_num_queries(1):
        pdf_of(cast.rita, document.uid)
