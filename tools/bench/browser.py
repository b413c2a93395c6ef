"""A browser as far as speed goes: one connection that stays open, cookies, the token against forged forms."""

import re
from collections.abc import Mapping
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Unexpected(Exception):
    """The server answered otherwise than the job needs; the text shows how."""


class Answer:
    def __init__(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body


class Browser:
    """Signed in by a link, or with the cookies of somebody who is."""

    def __init__(self, port: int, cookies: Mapping[str, str] | None = None) -> None:
        self.port = port
        self.cookies = dict(cookies or {})
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)

    def sign_in(self, token: str) -> "Browser":
        page = self.ask("GET", f"/sign-in/link/{token}/")
        found = TOKEN.search(page.body.decode())
        if found is None:
            raise Unexpected(page.body[:400].decode())
        self.ask("POST", f"/sign-in/link/{token}/", {"csrfmiddlewaretoken": found[1]})
        return self

    def ask(
        self, method: str, path: str, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """The whole answer. Raises Unexpected for one that is neither a page nor a redirect."""
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), **(headers or {})}
        body = None
        if method == "POST":
            sent["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode({"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **(form or {})})
        self._connection.request(method, path, body, sent)
        response = self._connection.getresponse()
        answer = Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        for one in response.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: kept.value for name, kept in SimpleCookie(one).items()}
        self.cookies.pop("messages", None)  # the page that follows would have shown them
        if answer.status >= 400:
            text = re.sub(r"<[^>]+>|\s+", " ", answer.body.decode(errors="replace"))
            raise Unexpected(f"{method} {path} {form}: {answer.status} {text[:3000]}")
        return answer

    def again(self, port: int | None = None) -> "Browser":
        """The same person in another window, or at another server with the same sessions."""
        return Browser(port or self.port, self.cookies)
