"""Bodies for the API's operations, made from its own document, so that an answer tells of rights and not of shapes."""

import re
from functools import cache
from typing import Any

from remonta.api.main import api
from remonta.kernel.ids import uuid7
from tests.access.rooms.ground import ground
from tests.access.subjects import Principal, place_for
from tests.access.world import World

TEXTS = {"date": "2030-03-05", "date-time": "2030-03-05T12:00:00Z", "email": "anna@example.com", "time": "12:00"}


def body_for(world: World, path: str, method: str, whose: str, asker: Principal) -> dict[str, Any]:
    """The least body that the operation's schema takes; named things are those of the object's own centre."""
    document = schema()
    operation = document["paths"].get("/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", path), {}).get(method.lower(), {})
    content = operation.get("requestBody", {}).get("content", {})
    shape = next((part["schema"] for kind, part in content.items() if kind == "application/json"), None)
    return example(shape, "", names(world, whose, asker)) if shape else {}


@cache
def schema() -> dict[str, Any]:
    return dict(api.get_openapi_schema(path_prefix="/api/v1/"))


def names(world: World, whose: str, asker: Principal) -> dict[str, Any]:
    """What a property of that name is most likely to mean."""
    base, place = ground(world), place_for(whose, asker)
    return {
        "centre": world.centres[place].uid,
        "part": base.part.uid,
        "product": base.product.uid,
        "service": base.service.uid,
        "place": base.places[place, "shelf"].uid,
        "engineer": world.colleagues[f"engineer {place}"].account.uid,
        "person": world.colleagues[f"engineer {place}"].account.uid,
        "account": world.colleagues[f"engineer {place}"].account.uid,
    }


def example(shape: dict[str, Any], name: str, known: dict[str, Any]) -> Any:
    """The smallest value a JSON schema takes."""
    if "$ref" in shape:
        return example(schema()["components"]["schemas"][shape["$ref"].rsplit("/", 1)[-1]], name, known)
    for chosen in ("default", "const"):
        if chosen in shape:
            return shape[chosen]
    if "enum" in shape:
        return shape["enum"][0]
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in shape:
            return example(shape[choice][0], name, known)
    match shape.get("type", "object"):
        case "object":
            wanted = shape.get("required", [])
            return {
                key: example(value, key, known) for key, value in shape.get("properties", {}).items() if key in wanted
            }
        case "array":
            return [example(shape["items"], name, known) for _ in range(max(shape.get("minItems", 1), 1))]
        case "integer" | "number":
            return max(shape.get("minimum", 1), shape.get("exclusiveMinimum", 0) + 1)
        case "boolean":
            return True
        case _:
            return text(shape, name, known)


def text(shape: dict[str, Any], name: str, known: dict[str, Any]) -> str:
    """A text of the wanted form: a uid of something there is, a date, an amount, or a word."""
    form = shape.get("format", "")
    if form == "uuid":
        return str(known.get(name.removesuffix("_uid"), uuid7()))
    if form in TEXTS:
        return TEXTS[form]
    amounts = (value for value in ("1.00", "10", "1", "EUR") if re.search(shape.get("pattern", "^$"), value))
    return next(amounts, "Anna Nowak"[: shape.get("maxLength", 10)])
