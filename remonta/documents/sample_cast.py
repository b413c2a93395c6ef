"""A shop, a customer and a dishwasher in each language: what people would have typed, so not the product's words."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Cast:
    """The values of one sample; `checks` are a checklist's lines with what was found."""

    language: str
    company: str
    street: str
    tax: str
    currency: str
    phone: str
    customer: str
    home: str
    unit: str
    fault: str
    looks: str
    parts: tuple[str, ...]
    finding: str
    work: tuple[str, ...]
    better: str
    checks: tuple[tuple[str, str], ...]
    person: str


CASTS = {
    "en": Cast(
        language="en",
        company="Northgate Repairs",
        street="14 Castle Street, Bristol BS1 3XD",
        tax="VAT GB 123 4567 89",
        currency="GBP",
        phone="+44 117 496 0123",
        customer="Eleanor Whitcombe",
        home="+44 7700 900321",
        unit="Bosch SMS6ZCI00G dishwasher",
        fault="Stops in the middle of the programme and shows E24. There is water left in the bottom.",
        looks="Scratch on the left side, about 4 cm; handle loose.",
        parts=("Drain hose 2 m", "Lower basket", "Manual"),
        finding="Drain pump blocked by glass and its winding is open. The heating element is sound.",
        work=("Diagnosis", "Replacing the drain pump", "Drain pump 165261"),
        better="Heating pump, preventive",
        checks=(("Power cable", "sound"), ("Door and lock", "sound"), ("Water inside", "yes")),
        person="Daniel Reed",
    ),
    "ru": Cast(
        language="ru",
        company="Мастерская «Северная»",
        street="ул. Садовая, 14, Санкт-Петербург, 191023",
        tax="ИНН 7801234567",
        currency="RUB",
        phone="+7 812 555-01-23",
        customer="Екатерина Сергеевна Воробьёва",
        home="+7 921 555-03-21",
        unit="Посудомоечная машина Bosch SMS6ZCI00G",
        fault="Останавливается посреди программы, показывает E24. На дне остаётся вода.",
        looks="Царапина слева около 4 см, ручка шатается.",
        parts=("Шланг слива 2 м", "Нижняя корзина", "Инструкция"),
        finding="Сливной насос забит стеклом, обмотка в обрыве. Нагреватель исправен.",
        work=("Диагностика", "Замена сливного насоса", "Насос сливной 165261"),
        better="Насос нагрева, впрок",
        checks=(("Сетевой шнур", "цел"), ("Дверца и замок", "исправны"), ("Вода внутри", "есть")),
        person="Данила Речкин",
    ),
    "pl": Cast(
        language="pl",
        company="Serwis Północny sp. z o.o.",
        street="ul. Świętojańska 14, 81-368 Gdynia",
        tax="NIP 586-123-45-67",
        currency="PLN",
        phone="+48 58 555 01 23",
        customer="Małgorzata Brzęczyszczykiewicz",
        home="+48 601 555 321",
        unit="Zmywarka Bosch SMS6ZCI00G",
        fault="Zatrzymuje się w połowie programu i pokazuje E24. Na dnie zostaje woda.",
        looks="Rysa z lewej strony, około 4 cm; luźny uchwyt.",
        parts=("Wąż odpływowy 2 m", "Dolny kosz", "Instrukcja"),
        finding="Pompa odpływowa zablokowana szkłem, uzwojenie przerwane. Grzałka sprawna.",
        work=("Diagnoza", "Wymiana pompy odpływowej", "Pompa odpływowa 165261"),
        better="Pompa myjąca, zapobiegawczo",
        checks=(("Przewód zasilający", "sprawny"), ("Drzwi i zamek", "sprawne"), ("Woda w środku", "tak")),
        person="Daniel Rzeczny",
    ),
    "zh-hans": Cast(
        language="zh-hans",
        company="北门维修中心",
        street="上海市黄浦区南京东路14号 200001",
        tax="统一社会信用代码 91310101MA1FPX1234",
        currency="CNY",
        phone="+86 21 5550 0123",
        customer="欧阳晓雯",
        home="+86 138 0013 8000",
        unit="博世洗碗机 SMS6ZCI00G",
        fault="程序进行到一半停止,显示 E24,底部有积水。",
        looks="左侧有约 4 厘米划痕,把手松动。",
        parts=("排水管 2 米", "下层碗篮", "说明书"),
        finding="排水泵被碎玻璃卡住,线圈断路。加热元件正常。",
        work=("检测", "更换排水泵", "排水泵 165261"),
        better="加热泵(预防性更换)",
        checks=(("电源线", "完好"), ("门和锁", "完好"), ("机内积水", "有")),
        person="李丹",
    ),
}
