"""Whatever is sent to an operation, it answers; it never breaks."""

import logging
import re
from uuid import UUID

import pytest
from django.apps import apps

from remonta.api.main import document
from remonta.api.tests.conftest import PREFIX
from tests.cast import intake

ODD = (None, "", -1, 2**63, True, [], {}, "x" * 10_000, "1e999", "0001-01-01T00:00:00-23:59", [[[]]], {"a": {"b": 1}})
NOBODY = UUID("01900000-0000-7000-8000-000000000000")
SPECIAL = {
    AMOUNT: text
    for AMOUNT, text in (
        (r"^-?\d{1,15}(\.\d{1,3})?$", "-999999999999999.999"),
        (r"^\d{1,7}(\.\d{1,3})?$", "9999999.999"),
        (r"^\d{1,10}(\.\d{1,6})?$", "9999999999.999999"),
        (r"^[A-Z]{3}$", "PLN"),
        (r"^[A-Za-z]{3}$", "XXX"),
        (r"^\d\d:\d\d$", "99:99"),
        (r"^0(\.\d{1,6})?$", "0.999999"),
        (r"^[0-9a-f]{64}$", "0" * 64),
        (r"^[A-Za-z0-9]{1,6}$", "ZZZZZZ"),
        (r"^[-a-zA-Z0-9_]{1,40}$", "-" * 40),
    )
}


def wide(schema, known, name=""):
    """A value that fits the schema as far out as it goes; `known` are uids of what is there, by the field's name."""
    if "$ref" in schema:
        return wide(document()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]], known, name)
    for several in ("anyOf", "allOf"):
        if several in schema:
            return wide(schema[several][0], known, name)
    if schema.get("format") == "uuid":
        return str(known.get(name, NOBODY))
    if "enum" in schema or "const" in schema:
        return schema["enum"][-1] if "enum" in schema else schema["const"]
    match schema.get("type"):
        case "object" if "properties" in schema:
            return {field: wide(said, known, field) for field, said in schema["properties"].items()}
        case "object":
            return {"en": wide(schema.get("additionalProperties") or {"type": "string"}, known)}
        case "array":
            return [wide(schema.get("items", {"type": "string"}), known)]
        case "integer":
            return schema.get("maximum", 2**31)
        case "number":
            return schema.get("maximum", 1e308)
        case "boolean":
            return True
    return text(schema)


def text(schema):
    match schema.get("format"):
        case "date-time":
            return "2199-12-31T23:59:59.999999Z"
        case "date":
            return "2199-12-31"
    if schema.get("pattern") in SPECIAL:
        return SPECIAL[schema["pattern"]]
    if "@" in schema.get("pattern", ""):
        return "ż" * 60 + "@" + "ż" * 60 + ".pl"
    return ("\u0001💥%s\u2028Ł" * 4_000)[: min(schema.get("maxLength", 40), 20_000)]


def bodies(operation, known):
    """What fits as far out as it goes, of things that are there and of things that are not; and what does not fit."""
    said = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if not said:
        return [{}], []
    names = document()["components"]["schemas"][said["schema"]["$ref"].rsplit("/", 1)[-1]]["properties"]
    far = [wide(said["schema"], known), wide(said["schema"], {})]
    return far, [*({name: value for name in names} for value in ODD), [], "text", None]


def fill(path, uids):
    """Addresses of things that are there, and of things that are not."""
    yield re.sub(
        r"\{(\w+)\}", lambda found: "1" if found[1] in ("phone_id", "fault", "calendar") else str(NOBODY), path
    )
    for uid in uids:
        if "{uid}" in path and path.count("{") == 1:
            yield path.replace("{uid}", str(uid))


def calls():
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            yield path.removeprefix(PREFIX), method.upper(), operation


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_nonsense_breaks_no_operation(cast, program, settings, method):
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    settings.REMONTA_API_RATE = 1_000_000
    order, ada, broken = intake(cast), program("ada"), []
    there = [order.uid, order.unit.uid, order.request.uid, order.customer.uid, cast.display.uid, cast.phone.uid]
    known = {
        "centre_uid": cast.krakow.uid,
        "product_uid": cast.phone.uid,
        "part_uid": cast.display.uid,
        "category_uid": cast.phone.category.uid,
        "legal_entity_uid": cast.entity.uid,
        "customer_uid": order.customer.uid,
        "owner_uid": order.customer.uid,
        "unit_uid": order.unit.uid,
        "engineer_uid": apps.get_model("identity", "Account").objects.get(email="emil@example.com").uid,
        "place_uid": apps.get_model("stock", "Place").objects.get(centre=cast.krakow, kind="bin").uid,
        "source_uid": apps.get_model("stock", "Place").objects.get(centre=cast.krakow, kind="bin").uid,
        "target_uid": apps.get_model("stock", "Place").objects.get(centre=cast.krakow, kind="shelf").uid,
    }
    for path, spoken, operation in calls():
        if spoken != method:
            continue
        far, odd = bodies(operation, known)
        nowhere, *somewhere = fill(path, there)
        for address, sent in ((nowhere, [*far, *odd]), *((one, far) for one in somewhere)):
            for body in sent:
                answer = ada.ask(method, address, body) if method != "GET" else ada.get(address)
                if answer.status_code >= 500:
                    broken.append(f"{method} {address} with {str(body)[:60]}: {answer.status_code}")
    assert not broken, "\n".join(broken)


def test_nonsense_in_a_query_breaks_nothing(cast, program, settings):
    settings.REMONTA_API_RATE = 1_000_000
    ada, broken = program("ada"), []
    for path, method, operation in calls():
        if method != "GET":
            continue
        names = [one["name"] for one in operation["parameters"] if one["in"] == "query"]
        address = next(fill(path, []))
        for name in names:
            for value in ("", "☃", "-1", "9" * 400, str(NOBODY), "%25", "true", "2026-13-45", "WzEsMV0", "W251bGwsMV0"):
                answer = ada.get(f"{address}?{name}={value}")
                if answer.status_code >= 500:
                    broken.append(f"{address}?{name}={value}: {answer.status_code}")
    assert not broken, "\n".join(broken)
