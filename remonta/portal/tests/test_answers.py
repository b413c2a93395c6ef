"""What customers do on their page: answer, write, rate. Each once, and only for their own repair."""

from decimal import Decimal

import pytest

from remonta.kernel.ids import uuid7
from remonta.orders.commands import apply_move, lock_work_order
from remonta.orders.models import Note, WorkOrder
from remonta.quality.models import Rating
from remonta.quotes.commands import LineAsked, write_quote
from remonta.quotes.models import Answer, Quote
from tests.cast import intake, operation


def said(quote, **more):
    return {"shown_hash": quote.shown_hash, "name": "Jan", "choice": "necessary", "operation": uuid7(), **more}


def ready(cast, order):
    for move in ("start_repair", "finish_repair", "pass_check"):
        apply_move(cast.ada, lock_work_order(cast.ada, order.pk), move)


def test_approving_what_is_necessary_is_kept_with_name_hash_and_means(client, order, link, quoted, at):
    quote, token = quoted(order), link(order)
    answer = client.post(at("quote-approve", token, quote.uid), said(quote))
    assert (answer.status_code, answer.headers["Location"]) == (303, at("order", token))
    kept = Answer.objects.get()
    assert (kept.approved, kept.name, kept.means, kept.shown_hash) == (True, "Jan", "link", quote.shown_hash)
    assert Quote.objects.get().approved_total == 32000
    assert WorkOrder.objects.get(pk=order.pk).state == "repair"
    assert "320.00" in client.get(at("order", token)).content.decode()


def test_everything_or_single_lines_can_be_approved(cast, client, link, quoted, at):
    first, second = intake(cast), intake(cast, serial="SN-2")
    whole, one = quoted(first), quoted(second)
    client.post(at("quote-approve", link(first), whole.uid), said(whole, choice="whole"))
    battery = one.lines.get(variant="recommended")
    client.post(at("quote-approve", link(second), one.uid), said(one, choice="lines", lines=[battery.uid]))
    assert [quote.approved_total for quote in Quote.objects.order_by("pk")] == [40000, 8000]


def test_a_double_click_is_one_answer(client, order, link, quoted, at):
    quote, token = quoted(order), link(order)
    twice = said(quote)
    assert [client.post(at("quote-approve", token, quote.uid), twice).status_code for _click in range(2)] == [303, 303]
    assert Answer.objects.count() == 1


def test_a_second_tab_is_told_how_it_stands(client, order, link, quoted, at):
    quote, token = quoted(order), link(order)
    client.post(at("quote-approve", token, quote.uid), said(quote))
    late = client.post(at("quote-decline", token, quote.uid), said(quote))
    assert late.status_code == 409
    assert "has been answered or changed" in late.content.decode()
    assert Quote.objects.get().state == "approved"


def test_a_changed_quote_is_not_approved_by_an_old_page(cast, client, order, link, quoted, at):
    old, token = quoted(order), link(order)
    write_quote(
        cast.wanda, order.uid, lines=[LineAsked(text="Dearer", price=Decimal("500"))], operation=operation(cast)
    )
    client.get(at("order", token))
    answer = client.post(at("quote-approve", token, old.uid), said(old))
    assert answer.status_code == 409
    assert "has been answered or changed" in answer.content.decode()
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("more", "words"), [({"name": ""}, "required"), ({"choice": "lines"}, "Choose at least one line")]
)
def test_what_is_missing_stands_in_the_form_and_nothing_is_decided(client, order, link, quoted, at, more, words):
    quote, token = quoted(order), link(order)
    answer = client.post(at("quote-approve", token, quote.uid), said(quote, **more))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Quote.objects.get().state == "sent"


def test_declining_says_why_and_the_unit_goes_back(client, order, link, quoted, at):
    quote, token = quoted(order), link(order)
    client.post(at("quote-decline", token, quote.uid), said(quote, reason="Too dear"))
    kept = Answer.objects.get()
    assert (kept.approved, kept.reason) == (False, "Too dear")
    assert WorkOrder.objects.get(pk=order.pk).outcome == "unrepaired"


def test_anothers_quote_cannot_be_answered_through_my_link(cast, client, link, quoted, at):
    mine, theirs = intake(cast), intake(cast, serial="SN-2", name="Ola Nowak", phone="+48600100999")
    other = quoted(theirs)
    for route in ("quote-approve", "quote-decline"):
        answer = client.post(at(route, link(mine), other.uid), said(other))
        assert answer.status_code == 404
        assert "Nowak" not in answer.content.decode()
    assert Quote.objects.get().state == "sent"


def test_after_the_days_of_the_link_the_quote_is_shown_but_not_asked(cast, client, order, link, quoted, at):
    quote = quoted(order)
    Quote.objects.filter(pk=quote.pk).update(sent_at=cast.clock().replace(year=2020))
    page = client.get(at("order", link(order))).content.decode()
    assert "can no longer be answered here" in page
    assert "/approve/" not in page


def test_a_message_arrives_once_beside_the_order(client, order, link, at):
    token, words = link(order), {"text": "When is it ready? <b>", "operation": uuid7()}
    for _click in range(2):
        assert client.post(at("message", token), words).status_code == 303
    note = Note.objects.get()
    assert (note.kind, note.text, note.work_order_id) == ("from_customer", "When is it ready? <b>", order.pk)
    assert "When is it ready? &lt;b&gt;" in client.get(at("order", token)).content.decode()


def test_a_rating_waits_until_the_repair_is_ready_and_counts_once(cast, client, order, link, at):
    token, words = link(order), {"score": 5, "text": "Fast", "operation": uuid7()}
    early = client.post(at("rating", token), words)
    assert (early.status_code, Rating.objects.count()) == (409, 0)
    assert "not finished yet" in early.content.decode()
    ready(cast, order)
    assert client.post(at("rating", token), words).status_code == 303
    again = client.post(at("rating", token), {**words, "score": 1, "operation": uuid7()})
    assert again.status_code == 409
    assert Rating.objects.get().score == 5


def test_a_score_out_of_range_is_refused_at_the_field(cast, client, order, link, at):
    ready(cast, order)
    answer = client.post(at("rating", link(order)), {"score": 6, "operation": uuid7()})
    assert (answer.status_code, Rating.objects.count()) == (422, 0)


def test_a_closed_link_takes_no_answer(client, order, link, quoted, at):
    quote = quoted(order)
    assert client.post(at("quote-approve", link(order, days=-1), quote.uid), said(quote)).status_code == 404
    assert Quote.objects.get().state == "sent"


def test_forms_of_other_sites_are_refused(order, link, quoted, at):
    from django.test import Client  # noqa: PLC0415 - only this one checks cookies

    quote, token = quoted(order), link(order)
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(at("quote-approve", token, quote.uid), said(quote)).status_code == 403
    assert Quote.objects.get().state == "sent"
