"""The customer's page: what it shows, to whom, and that asking for it changes nothing."""

from datetime import timedelta

import pytest

from remonta.documents.commands import print_receipt, print_work_order
from remonta.identity.commands import make_link, revoke_links
from remonta.kernel.ids import uuid7
from remonta.notices.commands import make_order_link
from remonta.orders.commands import add_photo, write_note
from remonta.orders.models import Note, Status, WorkOrder
from remonta.portal import doors
from remonta.spine.models import Attachment
from tests.cast import intake, operation

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def put_away(answer):
    """Closes the file of an answer, and not the test’s connection as `close` would."""
    for close in answer._resource_closers:
        close()


def photo(cast, order, content=PNG):
    from io import BytesIO  # noqa: PLC0415 - only here

    return add_photo(cast.rita, order.uid, file=BytesIO(content), name="front.png")


def test_the_page_shows_stage_promise_price_and_masked_person(cast, client, order, link, quoted, at):
    quote = quoted(order)
    WorkOrder.objects.filter(pk=order.pk).update(due_at=cast.clock() + timedelta(days=2))
    write_note(cast.rita, order.uid, kind="to_customer", text="We found dust.", operation=operation(cast))
    write_note(cast.rita, order.uid, kind="note", text="Bad-tempered person", operation=operation(cast))
    answer = client.get(at("order", link(order)))
    page = answer.content.decode()
    assert answer.status_code == 200
    for shown in (
        "Vela One",
        order.number,
        "Good day, Jan",
        "+48 ••• 200",
        "We are waiting for your answer",
        "We found dust.",
    ):
        assert shown in page, shown
    assert ("320.00" in page, "400.00" in page, quote.shown_hash in page) == (True, True, True)
    for hidden in ("Kowalski", "600100200", "Bad-tempered", "rita@example.com", "Wanda"):
        assert hidden not in page, hidden


def test_the_page_is_kept_by_nobody_and_found_by_no_search(client, order, link, at):
    answer = client.get(at("order", link(order)))
    assert "no-store" in answer.headers["Cache-Control"]
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_asking_for_the_page_writes_nothing(client, order, link, quoted, at, writes_nothing):
    quoted(order)
    token = link(order)
    with writes_nothing():
        for _again in range(2):
            assert client.get(at("order", token)).status_code == 200
            assert client.get(at("order-page", token)).status_code == 200


def test_the_page_takes_few_statements(cast, client, order, link, quoted, at, django_assert_max_num_queries):
    quoted(order)
    token = link(order)
    photo(cast, order)
    with django_assert_max_num_queries(20):
        client.get(at("order", token))


def test_doors_that_never_were_ran_out_or_were_closed_look_the_same(cast, client, order, link, at):
    gone, revoked = link(order, days=-1), link(order)
    revoke_links(cast.rita, "order", "orders.workorder", order.pk)
    answers = [client.get(at("order", token)) for token in ("x" * 32, gone, revoked, link(order, purpose="camera"))]
    assert [answer.status_code for answer in answers] == [404] * 4
    bare = {answer.content.split(b"<main")[1].split(b"</main>")[0] for answer in answers}
    assert len(bare) == 1
    assert b"Kowalski" not in bare.pop()


def test_a_link_of_another_kind_of_thing_opens_nothing(cast, client, order, at):
    until = cast.clock() + timedelta(days=1)
    _link, token = make_link(cast.rita, "order", "identity.account", order.pk, until)
    assert client.get(at("order", token)).status_code == 404


def test_who_guesses_tokens_has_to_wait(client, order, link, at):
    statuses = [client.get(at("order", f"guess-{n}")).status_code for n in range(35)]
    assert statuses[:30] == [404] * 30
    assert set(statuses[30:]) == {429}
    assert client.get(at("order", link(order))).status_code == 200  # who has a right one is not shut out by a neighbour


def test_the_language_is_the_links_until_the_browser_chooses(client, order, link, at):
    token = link(order, language="pl")
    assert '<html lang="pl"' in client.get(at("order", token)).content.decode()
    client.cookies["language"] = "ru"
    answer = client.get(at("order", token))
    assert '<html lang="ru"' in answer.content.decode()
    assert answer.headers["Content-Language"] == "ru"


def test_photos_open_through_their_own_link_only(cast, client, order, link, at):
    mine, others = photo(cast, order), photo(cast, intake(cast, serial="SN-2"), PNG)
    token = link(order)
    answer = client.get(at("file", token, mine.uid))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    put_away(answer)
    assert client.get(at("file", token, others.uid)).status_code == 404
    assert client.get(at("file", "x" * 32, mine.uid)).status_code == 404
    Attachment.objects.filter(pk=mine.pk).update(for_customer=False)
    assert client.get(at("file", token, mine.uid)).status_code == 404


def test_names_and_words_cannot_become_markup(cast, client, link, at):
    order = intake(cast, name="<b>Jan</b>", fault="<script>alert(1)</script>", serial="<i>1")
    page = client.get(at("order", link(order))).content.decode()
    assert "<script>alert" not in page
    assert "<b>Jan" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_link_made_at_the_desk_opens_the_page(cast, client, order):
    address = make_order_link(cast.rita, order.uid)
    assert client.get(address.partition("8000")[2]).status_code == 200


@pytest.mark.parametrize("route", ["quote-approve", "quote-decline"])
def test_acting_by_get_is_not_possible(client, order, link, quoted, at, route, writes_nothing):
    quote, token = quoted(order), link(order)
    with writes_nothing():
        assert client.get(at(route, token, quote.uid)).status_code == 405


def test_papers_of_this_order_open_as_pdf_and_no_others(cast, client, order, link, at):
    mine = print_receipt(cast.rita, order.uid)
    sheet = print_work_order(cast.rita, order.uid)
    others = print_receipt(cast.rita, intake(cast, serial="SN-2").uid)
    token = link(order)
    page = client.get(at("order", token)).content.decode()
    assert at("paper", token, mine.uid) in page
    assert str(sheet.uid) not in page
    answer = client.get(at("paper", token, mine.uid))
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert "no-store" in answer.headers["Cache-Control"]
    assert [client.get(at("paper", token, paper.uid)).status_code for paper in (sheet, others)] == [404, 404]


def test_who_posts_without_end_through_a_link_has_to_wait(client, order, link, at, monkeypatch):
    monkeypatch.setattr(doors, "WRITES", 3)
    token = link(order)
    statuses = [client.post(at("message", token), {"text": "x", "operation": uuid7()}).status_code for _n in range(5)]
    assert statuses == [303, 303, 303, 429, 429]
    assert Note.objects.count() == 3


def test_the_centres_own_status_speaks_to_the_customer(cast, client, order, link, at):
    words = {"en": "Drying for two days", "pl": "Suszymy dwa dni"}
    status = Status.objects.create(stage="taken_in", names={"en": "Drying"}, for_customer=words)
    WorkOrder.objects.filter(pk=order.pk).update(status=status)
    assert "Suszymy dwa dni" in client.get(at("order", link(order, language="pl"))).content.decode()
