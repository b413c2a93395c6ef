"""The routes every network starts with."""

from typing import Any

WHOLE = ["registered", "taken_in", "diagnosis", "approval", "parts", "repair", "quality", "ready", "closed"]
SHORT = ["registered", "taken_in", "repair", "quality", "ready", "closed"]


def _route(code: str, stages: list[str], en: str, ru: str, pl: str, zh: str, **more: bool) -> dict[str, Any]:
    return {"code": code, "stages": stages, "names": {"en": en, "ru": ru, "pl": pl, "zh-hans": zh}, **more}


ROUTES = (
    _route("counter", WHOLE, "Counter repair", "Ремонт через приёмку", "Naprawa z przyjęciem", "柜台维修"),
    _route("warranty", WHOLE, "Warranty repair", "Гарантийный ремонт", "Naprawa gwarancyjna", "保修维修"),
    _route("express", SHORT, "While-you-wait repair", "Срочный ремонт", "Naprawa od ręki", "快修"),
    _route("field", WHOLE, "Field visit", "Выезд к клиенту", "Wizyta u klienta", "上门服务"),
    _route("inspection", SHORT, "Defect inspection", "Дефектовка", "Ekspertyza usterki", "故障检测"),
    _route(
        "presale", SHORT, "Pre-sale preparation", "Предпродажная подготовка", "Przygotowanie do sprzedaży", "售前整备"
    ),
    _route("trade_in", SHORT, "Trade-in", "Трейд-ин", "Odkup w rozliczeniu", "以旧换新"),
    _route("replacement", WHOLE, "Replacement of the unit", "Замена аппарата", "Wymiana urządzenia", "换机"),
    _route("maintenance", SHORT, "Maintenance", "Техническое обслуживание", "Przegląd okresowy", "保养"),
)
