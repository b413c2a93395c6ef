"""Data that looks like a day's work, for previews and for trying a template before it is saved."""

from datetime import UTC, datetime

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from remonta.documents import shapes
from remonta.documents.written import day, moment, money
from remonta.kernel.money import Money

NOON = datetime(2026, 3, 2, 11, 40, tzinfo=UTC)
NUMBER = "K-2026-000417"
LINK = "https://example.org/s/7Hq2mZpX4tWc9vKd"

# fmt: off
# What people would have typed, by language: not words of the product, so not in its message files.
CAST = {
    "en": dict(company="Northgate Repairs", street="14 Castle Street, Bristol BS1 3XD", tax="VAT GB 123 4567 89", currency="GBP",
               phone="+44 117 496 0123", customer="Eleanor Whitcombe", home="+44 7700 900321", unit="Bosch SMS6ZCI00G dishwasher",
               fault="Stops in the middle of the programme and shows E24. There is water left in the bottom.",
               looks="Scratch on the left side, about 4 cm; handle loose.", parts=("Drain hose 2 m", "Lower basket", "Manual"),
               finding="Drain pump blocked by glass and its winding is open. The heating element is sound.",
               work=("Diagnosis", "Replacing the drain pump", "Drain pump 165261"), better="Heating pump, preventive",
               checks=(("Power cable", "sound"), ("Door and lock", "sound"), ("Water inside", "yes")), person="Daniel Reed"),
    "ru": dict(company="Мастерская «Северная»", street="ул. Садовая, 14, Санкт-Петербург, 191023", tax="ИНН 7801234567", currency="RUB",
               phone="+7 812 555-01-23", customer="Екатерина Сергеевна Воробьёва", home="+7 921 555-03-21", unit="Посудомоечная машина Bosch SMS6ZCI00G",
               fault="Останавливается посреди программы, показывает E24. На дне остаётся вода.",
               looks="Царапина слева около 4 см, ручка шатается.", parts=("Шланг слива 2 м", "Нижняя корзина", "Инструкция"),
               finding="Сливной насос забит стеклом, обмотка в обрыве. Нагреватель исправен.",
               work=("Диагностика", "Замена сливного насоса", "Насос сливной 165261"), better="Насос нагрева, впрок",
               checks=(("Сетевой шнур", "цел"), ("Дверца и замок", "исправны"), ("Вода внутри", "есть")), person="Данила Речкин"),
    "pl": dict(company="Serwis Północny sp. z o.o.", street="ul. Świętojańska 14, 81-368 Gdynia", tax="NIP 586-123-45-67", currency="PLN",
               phone="+48 58 555 01 23", customer="Małgorzata Brzęczyszczykiewicz", home="+48 601 555 321", unit="Zmywarka Bosch SMS6ZCI00G",
               fault="Zatrzymuje się w połowie programu i pokazuje E24. Na dnie zostaje woda.",
               looks="Rysa z lewej strony, około 4 cm; luźny uchwyt.", parts=("Wąż odpływowy 2 m", "Dolny kosz", "Instrukcja"),
               finding="Pompa odpływowa zablokowana szkłem, uzwojenie przerwane. Grzałka sprawna.",
               work=("Diagnoza", "Wymiana pompy odpływowej", "Pompa odpływowa 165261"), better="Pompa myjąca, zapobiegawczo",
               checks=(("Przewód zasilający", "sprawny"), ("Drzwi i zamek", "sprawne"), ("Woda w środku", "tak")), person="Daniel Rzeczny"),
    "zh-hans": dict(company="北门维修中心", street="上海市黄浦区南京东路14号 200001", tax="统一社会信用代码 91310101MA1FPX1234", currency="CNY",
               phone="+86 21 5550 0123", customer="欧阳晓雯", home="+86 138 0013 8000", unit="博世洗碗机 SMS6ZCI00G",
               fault="程序进行到一半停止,显示 E24,底部有积水。", looks="左侧有约 4 厘米划痕,把手松动。", parts=("排水管 2 米", "下层碗篮", "说明书"),
               finding="排水泵被碎玻璃卡住,线圈断路。加热元件正常。", work=("检测", "更换排水泵", "排水泵 165261"), better="加热泵(预防性更换)",
               checks=(("电源线", "完好"), ("门和锁", "完好"), ("机内积水", "有")), person="李丹"),
}
# fmt: on


def sample(code: str, language: str = "en", paper: str = "") -> dict[str, object]:
    """Frozen data of that form as `issue_document` would keep it."""
    return sample_form(code, language, paper).as_json()


def sample_form(code: str, language: str = "en", paper: str = "") -> shapes.Form:
    """The same as a dataclass, for tests that change a field."""
    with translation.override(language):
        return MAKERS[code](CAST[language], _head(language, paper or shapes.SHAPES[code].papers[0]))


def _head(language: str, paper: str) -> dict[str, object]:
    cast = CAST[language]
    company = shapes.Company(
        name=cast["company"], lines=(cast["street"], cast["tax"]), phone=cast["phone"], site="northgate.example"
    )
    return {
        "paper": paper,
        "language": language,
        "company": company,
        "number": NUMBER,
        "issued": moment(NOON, language),
        "qr": LINK,
        "bar": NUMBER,
        "qr_caption": _("Scan to follow your repair"),
    }


def _customer(cast: dict[str, object]) -> shapes.Party:
    return shapes.Party(name=cast["customer"], facts=((_("Phone"), cast["home"]),))


def _unit(cast: dict[str, object]) -> shapes.Unit:
    return shapes.Unit(name=cast["unit"], facts=((_("Serial number"), "FD 9803 00417"), (_("Bought"), "2022-11-05")))


def _price(cast: dict[str, object], minor: int) -> str:
    language = next(name for name, held in CAST.items() if held is cast)
    return money(Money(minor, cast["currency"]), language)


def _signed() -> dict[str, str]:
    return {"signed_by_customer": _("Customer: signature"), "signed_by_us": _("For the service centre: name, signature")}


def _receipt(cast, head) -> shapes.Form:
    agreed = (
        (_("Estimate"), _price(cast, 32000)),
        (_("Allowed without asking"), _price(cast, 40000)),
        (_("Deposit paid"), _price(cast, 5000)),
        (_("Ready by"), day(NOON, head["language"])),
    )
    said = {name: cast[name] for name in ("fault", "looks", "checks")}
    terms = _("Please keep this receipt; the unit is handed over against it. We store your data only for this repair.")
    return shapes.ReceiptData(
        **head, customer=_customer(cast), unit=_unit(cast), accessories=cast["parts"], agreed=agreed, terms=terms, **said, **_signed()
    )


def _work_order(cast, head) -> shapes.Form:
    work = tuple(shapes.Line(name=name, quantity="1") for name in cast["work"][:2])
    facts = ((_("Ready by"), day(NOON, head["language"])), (_("Place"), "B-03"), (_("Engineer"), cast["person"]))
    checks = tuple(name for name, _state in cast["checks"])
    said = {"fault": cast["fault"], "looks": cast["looks"], "accessories": cast["parts"]}
    return shapes.WorkOrderData(
        **head, customer=_customer(cast), unit=_unit(cast), checks=checks, lines=work, terms_of_work=facts, **said
    )


def _label(cast, head) -> shapes.Form:
    things = (cast["unit"], *cast["parts"][:2])
    labels = tuple(
        shapes.Label(
            code=NUMBER if at == 1 else f"{NUMBER}-{at}",
            name=name,
            qr=LINK,
            index="" if at == 1 else f"{at - 1}/{len(things) - 1}",
            lines=(cast["customer"], day(NOON, head["language"]), cast["fault"] if at == 1 else ""),
        )
        for at, name in enumerate(things, start=1)
    )
    return shapes.LabelData(**head, labels=labels)


def _place_label(cast, head) -> shapes.Form:
    labels = tuple(shapes.Label(code=f"B-0{at}", name=cast["company"], qr=f"B-0{at}") for at in (1, 2))
    return shapes.PlaceLabelData(**head, labels=labels)


def _lines(cast) -> tuple[shapes.Line, ...]:
    prices = (6000, 12000, 14000)
    return tuple(
        shapes.Line(name=name, quantity="1", price=_price(cast, price), amount=_price(cast, price))
        for name, price in zip(cast["work"], prices, strict=True)
    )


def _quote(cast, head) -> shapes.Form:
    extra = shapes.Line(name=cast["better"], quantity="1", price=_price(cast, 9000), amount=_price(cast, 9000))
    needed = shapes.Variant(name=_("Necessary"), lines=_lines(cast), totals=((_("Total"), _price(cast, 32000), True),))
    better = shapes.Variant(
        name=_("Recommended"),
        lines=(*_lines(cast), extra),
        totals=((_("Total"), _price(cast, 41000), True),),
        tag=_("our advice"),
    )
    agreed = ((_("Valid until"), day(NOON, head["language"])), (_("Deposit paid"), _price(cast, 5000)))
    return shapes.QuoteData(
        **head,
        customer=_customer(cast),
        unit=_unit(cast),
        variants=(needed, better),
        finding=cast["finding"],
        agreed=agreed,
        **_signed(),
    )


def _act(cast, head) -> shapes.Form:
    totals = (
        (_("Total"), _price(cast, 32000), True),
        (_("Paid"), _price(cast, 32000), False),
        (_("Owed"), _price(cast, 0), False),
    )
    said = {"fault": cast["fault"], "finding": cast["finding"], "accessories": cast["parts"]}
    warranty = _("6 months on the work and on the parts that were put in.")
    return shapes.ActData(
        **head, customer=_customer(cast), unit=_unit(cast), lines=_lines(cast), totals=totals, warranty=warranty, **said, **_signed()
    )


def _payment(cast, head) -> shapes.Form:
    lines = (shapes.PaymentLine(name=f"{cast['unit']}, {NUMBER}", count="1", amount=_price(cast, 27000)),)
    totals = ((_("Paid"), _price(cast, 27000), True), (_("Cash"), _price(cast, 30000), False), (pgettext("money", "Change"), _price(cast, 3000), False))
    facts = ((_("Cashier"), cast["person"]), (_("Means"), _("Cash")))
    return shapes.PaymentData(**head, customer=_customer(cast), lines=lines, totals=totals, facts=facts)


def _goods_note(cast, head) -> shapes.Form:
    lines = tuple(
        shapes.GoodsLine(number=f"1652{at}1", name=cast["work"][2], place=f"A-{at:02}", quantity=str(at)) for at in range(1, 6)
    )
    supplier = shapes.Party(name=cast["company"], facts=((_("Tax number"), cast["tax"]),))
    facts = ((_("Supplier’s document"), "DN 1184/26"), (_("Received"), moment(NOON, head["language"])))
    return shapes.GoodsNoteData(**head, supplier=supplier, lines=lines, facts=facts)


MAKERS = {
    "receipt": _receipt,
    "work_order": _work_order,
    "label": _label,
    "place_label": _place_label,
    "quote": _quote,
    "act": _act,
    "payment": _payment,
    "goods_note": _goods_note,
}
