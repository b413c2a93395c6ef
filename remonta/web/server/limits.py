"""How large a request may be, whoever handles it."""

from django.utils.translation import gettext_lazy as _

from remonta.web.server.answers import ASGI, Message, Receive, Scope, Send, answer, header, sentence

TOO_LARGE = _("This is too large to send. Choose smaller files, or send them one by one.")


class BodyLimit:
    """Answers 413 as soon as the size that was stated, or what really came, is above the limit.

    To the application it looks as if the client had gone, so it handles nothing of the request.
    """

    def __init__(self, app: ASGI, most: int) -> None:
        self._app, self._most = app, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        came = 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            return message if came <= self._most else {"type": "http.disconnect"}

        stated = header(scope, b"content-length")
        if stated.isdecimal() and int(stated) > self._most:
            came = int(stated)
        else:
            await self._app(scope, counted, send)
        if came > self._most:
            await answer(send, 413, sentence(scope, TOO_LARGE), ((b"connection", b"close"),))
