"""Short answers that the server gives by itself, before any page is asked."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.utils.translation import get_supported_language_variant, override, trans_real

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGI = Callable[[Scope, Receive, Send], Awaitable[None]]


def header(scope: Scope, name: bytes) -> str:
    """The values of a header, joined as HTTP joins them; empty where it was not sent."""
    joint = b"; " if name == b"cookie" else b","
    return joint.join(value for key, value in scope["headers"] if key.lower() == name).decode("latin-1")


def sentence(scope: Scope, text: object) -> str:
    """A lazily translated sentence in the language the browser asks for."""
    for language, _weight in trans_real.parse_accept_lang_header(header(scope, b"accept-language").lower()):
        try:
            with override(get_supported_language_variant(language)):
                return str(text)
        except LookupError:
            continue
    with override("en"):
        return str(text)


async def answer(send: Send, status: int, text: str = "", headers: tuple[tuple[bytes, bytes], ...] = ()) -> None:
    """One whole plain answer."""
    body = text.encode()
    about = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": [*about, *headers]})
    await send({"type": "http.response.body", "body": body})
