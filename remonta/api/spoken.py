"""How operations are declared, so that the document says of each what it needs and how it can refuse."""

from typing import Any

from remonta.api.asking import KEY, MATCH

KEY_HEADER = {
    "in": "header",
    "name": KEY,
    "required": True,
    "description": "A UUIDv7 made by the client, once for each thing to be done. The same key with the same body is "
    "answered anew without a second effect; with another body it is refused (409).",
    "schema": {"type": "string", "format": "uuid"},
}
MATCH_HEADER = {
    "in": "header",
    "name": MATCH,
    "required": False,
    "description": "The ETag that was read. If somebody else has changed the thing since, the answer is 412.",
    "schema": {"type": "string", "examples": ['"7"']},
}


def op(name: str, answer: Any = None, *, once: bool = False, match: bool = False, status: int = 200) -> dict[str, Any]:
    """What ninja is told: the route's name, the answer's shape, and the headers it reads.

    `once`: it has one effect for each Idempotency-Key. `match`: it can be made conditional by If-Match.
    """
    headers = [*([KEY_HEADER] if once else []), *([MATCH_HEADER] if match else [])]
    extra = {"openapi_extra": {"parameters": headers}} if headers else {}
    return {"url_name": name, "response": {status: answer}, **extra}
