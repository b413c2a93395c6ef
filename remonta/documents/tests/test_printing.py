"""Papers filled from a day's work: what the customer gets, what the bench gets, what sticks on things."""

from decimal import Decimal
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from remonta.billing.commands import Tender, create_cash_desk, invoice_order, open_shift, take_deposit, take_payment
from remonta.catalogue.models import ChecklistItem
from remonta.documents import drawing
from remonta.documents.commands import (
    NoPlaces,
    NoSuchForm,
    QuoteNotSent,
    print_act,
    print_goods_note,
    print_invoice,
    print_labels,
    print_payment,
    print_place_labels,
    print_quote,
    print_receipt,
    print_work_order,
)
from remonta.documents.models import Document
from remonta.documents.queries import documents_for, papers_of_order, pdf_of
from remonta.identity.models import SecretLink
from remonta.identity.queries import link_actor
from remonta.kernel.ids import fingerprint
from remonta.kernel.refusals import NotPermitted
from remonta.orders.commands import add_accessories, keep_passcode
from remonta.orders.models import WorkOrder
from remonta.quotes.commands import LineAsked, approve_quote, send_quote, write_quote
from remonta.stock.models import Place
from remonta.supply.commands import Delivered, receive_goods
from tests.cast import intake


@pytest.fixture
def order(cast):
    """Jan, who reads Polish, has brought his phone with a charger and a case; 400 zł may be spent."""
    taken = intake(cast, fault="Ekran jest czarny", preauthorised=40000)
    add_accessories(taken, ["Ładowarka", "Etui"])
    taken.customer.language = "pl"
    taken.customer.save(update_fields=["language"])
    return taken


@pytest.fixture
def quote(cast, order, operation):
    lines = [
        LineAsked(text="Wymiana wyświetlacza", price=Decimal("320.00")),
        LineAsked(text="Szkło ochronne", price=Decimal("49.99"), quantity=2000, variant="recommended"),
    ]
    return write_quote(cast.wanda, order.uid, lines=lines, note="Pęknięta matryca", operation=operation())


@pytest.fixture
def approved(cast, quote, operation):
    sent = send_quote(cast.wanda, quote.uid, operation=operation())
    chosen = [line.uid for line in sent.lines.all()]
    return approve_quote(
        cast.wanda, sent.uid, lines=chosen, name="Jan", shown_hash=sent.shown_hash, operation=operation()
    )


def codes(document, page=0, ppi=220):
    template = document.template
    shot = drawing.pictures(template.source, template.kit, document.data, ppi=ppi)[page]
    return {found.text for found in zxingcpp.read_barcodes(Image.open(BytesIO(shot)).convert("L"))}


def test_a_receipt_says_what_was_taken_in_and_agreed(cast, order):
    document = print_receipt(cast.rita, order.uid)
    data = document.data
    assert (document.number, document.language, document.thread_id) == ("KRK-000001", "pl", order.pk)
    assert (data["customer"]["name"], data["fault"]) == ("Jan Kowalski", "Ekran jest czarny")
    assert data["accessories"] == ["Ładowarka", "Etui"]
    assert "400,00\u00a0zł" in [value for _name, value in data["agreed"]]
    assert "+48 600 100 200" in str(data["customer"]["facts"])
    assert data["issued"] == "02.03.2026 13:00"
    assert pdf_of(cast.rita, document.uid).startswith(b"%PDF-")


def test_a_receipts_codes_open_the_order_for_staff_and_for_the_customer(cast, order, settings):
    document = print_receipt(cast.rita, order.uid, paper="a5")
    link, number = sorted(codes(document), key=len, reverse=True)
    assert number == "KRK-000001"
    assert link.startswith(settings.BASE_URL)
    customer = link_actor(link.rpartition("/")[2], "order", cast.clock)
    assert customer.granted("orders.workorder") == {order.pk}
    assert list(documents_for(customer)) == [document]


def test_a_receipt_printed_again_is_the_same_document_with_the_same_link(cast, order):
    first = print_receipt(cast.rita, order.uid)
    assert print_receipt(cast.rita, order.uid) == first
    assert SecretLink.objects.filter(purpose="order").count() == 1


def test_a_receipt_whose_link_was_closed_gets_a_new_one(cast, order):
    first = print_receipt(cast.rita, order.uid)
    SecretLink.objects.filter(purpose="order").update(revoked_at=cast.clock())
    second = print_receipt(cast.rita, order.uid)
    assert second != first
    token = second.data["qr"]["qr"].rpartition("/")[2]
    assert SecretLink.objects.get(fingerprint=fingerprint(token)).revoked_at is None


def test_a_receipt_after_a_deposit_is_a_new_document(cast, order, operation):
    first = print_receipt(cast.rita, order.uid)
    take_deposit(cast.cora, order.uid, tender=_cash(cast, operation, 5000), operation=operation())
    second = print_receipt(cast.rita, order.uid)
    assert second != first
    assert "50,00\u00a0zł" in [value for _name, value in second.data["agreed"]]


def test_labels_are_for_the_unit_and_each_accessory(cast, order):
    document = print_labels(cast.rita, order.uid, size="62x29")
    names = [(label["code"], label["name"], label["index"]) for label in document.data["labels"]]
    assert [name for _code, name, _index in names] == ["Vela One", "Ładowarka", "Etui"]
    assert [index for _code, _name, index in names] == ["", "1/2", "2/2"]
    for page, (code, _name, _index) in enumerate(names):
        assert codes(document, page, 300) == {code}


def test_an_accessory_that_is_gone_has_no_label(cast, order):
    order.accessories.filter(name="Etui").update(returned_at=cast.clock())
    assert len(print_labels(cast.rita, order.uid).data["labels"]) == 2


def test_the_sheet_for_the_bench_is_in_the_centres_language(cast, order):
    order.customer.language = "zh-hans"
    order.customer.save(update_fields=["language"])
    document = print_work_order(cast.emil, order.uid)
    assert document.language == "pl"
    assert ("D-1") in [value for _name, value in document.data["terms_of_work"]]
    assert codes(document) == {"KRK-000001"}


def test_the_sheet_for_the_bench_lists_approved_work_and_the_final_checklist_to_tick(cast, order, approved):
    ChecklistItem.objects.create(moment="final", names={"en": "Calls work", "pl": "Rozmowy działają"})
    ChecklistItem.objects.create(moment="intake", names={"pl": "Włącza się"})
    data = print_work_order(cast.emil, order.uid).data
    assert [line["name"] for line in data["lines"]] == ["Wymiana wyświetlacza", "Szkło ochronne"]
    assert "320" not in str(data["lines"])
    assert data["checks"] == ["Rozmowy działają"]


def test_no_form_tells_the_passcode(cast, operation):
    secret = "9517-secret"
    taken = intake(cast)
    keep_passcode(cast.rita, taken, secret)
    for draw in (print_receipt, print_work_order, print_labels):
        assert secret not in str(draw(cast.rita, taken.uid).data)


def test_a_draft_is_not_printed(cast, quote, writes_nothing):
    with writes_nothing(), pytest.raises(QuoteNotSent):
        print_quote(cast.wanda, quote.uid)


def test_a_quote_is_printed_as_the_customer_was_shown_it(cast, quote, operation):
    sent = send_quote(cast.wanda, quote.uid, operation=operation())
    data = print_quote(cast.wanda, quote.uid).data
    needed, better = data["variants"]
    assert [line["name"] for line in needed["lines"]] == ["Wymiana wyświetlacza"]
    assert needed["totals"][-1][1] == "320,00\u00a0zł"
    assert better["lines"][-1] | {"name": ""} == {
        "name": "",
        "quantity": "2",
        "price": "49,99",
        "amount": "99,98\u00a0zł",
    }
    assert better["totals"][-1][1] == "419,98\u00a0zł"
    assert sent.shown_hash[:16] in data["footer"]


def test_an_act_says_what_was_done_paid_and_is_still_owed(cast, order, approved, operation):
    take_payment(cast.cora, order.uid, tender=_cash(cast, operation, 20000), operation=operation())
    data = print_act(cast.cora, order.uid).data
    assert [line["name"] for line in data["lines"]] == ["Wymiana wyświetlacza", "Szkło ochronne"]
    assert [value for _name, value, _strong in data["totals"]] == ["419,98\u00a0zł", "200,00\u00a0zł", "219,98\u00a0zł"]


def test_who_may_not_see_money_prints_no_act(cast, order, approved, writes_nothing):
    with writes_nothing(), pytest.raises(NotPermitted):
        print_act(cast.emil, order.uid)


@pytest.mark.parametrize("paper", ["roll80", "a4"])
def test_a_payment_receipt_says_the_change(cast, order, approved, operation, paper):
    tender = _cash(cast, operation, 41998, tendered=45000)
    payment = take_payment(cast.cora, order.uid, tender=tender, operation=operation())
    document = print_payment(cast.cora, payment.uid, paper=paper)
    assert [value for _name, value, _strong in document.data["totals"]] == [
        "419,98\u00a0zł",
        "450,00\u00a0zł",
        "30,02\u00a0zł",
    ]
    assert "KRK-000001" in codes(document)
    assert print_payment(cast.cora, payment.uid, paper=paper) == document


def test_an_invoice_is_drawn_from_what_billing_has_frozen(cast, order, approved, operation):
    invoice = invoice_order(cast.cora, order.uid, operation=operation())
    data = print_invoice(cast.cora, invoice.uid).data
    assert data["number"] == invoice.number
    assert data["taxes"] == [
        {"rate": "23\u00a0%", "net": "341,44\u00a0zł", "tax": "78,54\u00a0zł", "gross": "419,98\u00a0zł"}
    ]
    assert invoice.contents_hash[:16] in data["footer"]


def test_labels_of_places_carry_what_a_scan_of_the_place_says(cast):
    places = list(Place.objects.filter(centre=cast.krakow).order_by("code"))
    document = print_place_labels(cast.stan, [place.uid for place in places])
    assert [label["code"] for label in document.data["labels"]] == [place.code for place in places]
    assert codes(document, 0, 300) == {places[0].label}


def test_labels_of_places_are_of_one_centre(cast, writes_nothing):
    both = [Place.objects.filter(centre=centre).first().uid for centre in (cast.krakow, cast.gdansk)]
    with writes_nothing():
        for actor, places in ((cast.ada, both), (cast.stan, both), (cast.stan, [])):
            with pytest.raises(NoPlaces):
                print_place_labels(actor, places)


def test_a_goods_note_lists_parts_and_bins_without_costs(cast, operation):
    bin_ = Place.objects.get(centre=cast.krakow, code="A-01-01")
    delivered = Delivered(part_uid=cast.display.uid, place_uid=bin_.uid, quantity=3000, cost=Decimal("81.40"))
    receipt = receive_goods(
        cast.stan, cast.krakow.uid, supplier="Hurtownia", note_number="WZ 7", lines=[delivered], operation=operation()
    )
    data = print_goods_note(cast.stan, receipt.uid).data
    assert data["lines"] == [{"number": "DSP-1", "name": "Display", "place": "A-01-01", "quantity": "3"}]
    assert "81" not in str(data["lines"])


def test_another_centres_order_does_not_exist(cast, order, writes_nothing):
    with writes_nothing():
        for draw in (print_receipt, print_work_order, print_labels, print_act):
            with pytest.raises(WorkOrder.DoesNotExist):
                draw(cast.gosia, order.uid)


def test_a_paper_that_is_not_there_is_refused(cast, order, writes_nothing):
    with writes_nothing():
        with pytest.raises(NoSuchForm):
            print_receipt(cast.rita, order.uid, paper="papyrus")
        with pytest.raises(NoSuchForm):
            print_labels(cast.rita, order.uid, size="1x1")
    assert not Document.objects.exists()


def test_an_orders_papers_are_listed_with_who_printed_them(cast, order, django_assert_num_queries):
    print_receipt(cast.rita, order.uid)
    print_labels(cast.emil, order.uid)
    with django_assert_num_queries(2):
        rows = papers_of_order(cast.hana, order.pk)
    assert [(row.label, row.paper_label, row.by) for row in rows] == [
        ("Labels", "58 × 40 mm", "Emil"),
        ("Intake receipt", "A4", "Rita"),
    ]
    assert papers_of_order(cast.gosia, order.pk) == ()


def _cash(cast, operation, amount, tendered=None):
    desk = create_cash_desk(cast.hana, cast.krakow.uid, name="Kasa 1")
    open_shift(cast.cora, desk.uid, counted=100000, operation=operation())
    return Tender(method="cash", amount=amount, tendered=tendered, desk_uid=desk.uid)
