"""Posting over HTTP to an address that was looked up once and judged: no redirects, no second look-up, bounded time."""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from threading import Timer
from typing import Any
from urllib.parse import urlsplit

from remonta.spine.gateways.contract import NotSent, Unclear

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Judge = Callable[[Address], bool]
STEP_SECONDS, ALL_SECONDS = 10.0, 30.0
READ_AT_MOST = 64 * 1024
NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    retry_after: str = ""


def anywhere(_address: Address) -> bool:
    """For gateways whose address the operator of this installation has set."""
    return True


def outside(address: Address) -> bool:
    """Whether an address lies in the open internet; one hidden inside another is taken out and judged."""
    if isinstance(address, ipaddress.IPv6Address):
        hidden = address.ipv4_mapped or address.sixtofour
        if address in NAT64:
            hidden = ipaddress.IPv4Address(address.packed[-4:])
        if hidden is not None:
            return outside(hidden)
        if address.teredo:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def post(url: str, content: bytes, headers: Mapping[str, str], judge: Judge = anywhere) -> Answer:
    """Posts once. Raises NotSent while nothing has been handed over yet, Unclear when no answer came after that."""
    return ask("POST", url, headers, content, judge=judge)


def ask(
    method: str,
    url: str,
    headers: Mapping[str, str],
    content: bytes | None = None,
    *,
    judge: Judge = anywhere,
    at_most: int = READ_AT_MOST,
) -> Answer:
    """One request, of whose answer so many bytes are read. Raises NotSent and Unclear as `post` does."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise NotSent("The address must start with https:// or http:// and must not carry a password.", final=True)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = judged_address(parts.hostname, port, judge)
    connection = _Pinned(parts.hostname, port, address, tls=parts.scheme == "https")
    with closing(connection):
        try:
            connection.connect()
        except (OSError, ssl.SSLError) as error:
            raise NotSent(f"No connection to {parts.hostname}: {error}") from error
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return _exchanged(connection, (method, path, content, dict(headers)), at_most)


def judged_address(host: str, port: int, judge: Judge) -> str:
    """The first address of the host, if the judge admits every one it has: a mixed answer is a trick."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise NotSent(f"{host} was not found: {error}") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not all(judge(ipaddress.ip_address(address.partition("%")[0])) for address in addresses):
        raise NotSent(f"{host} lies inside a closed network; messages are only sent to the open internet.", final=True)
    return addresses[0]


class _Pinned(http.client.HTTPConnection):
    """Connects to the judged address, whatever its name would resolve to by now; the certificate is the name's."""

    def __init__(self, host: str, port: int, address: str, *, tls: bool) -> None:
        super().__init__(host, port, timeout=STEP_SECONDS)
        self.address, self.tls = address, tls
        self.default_port = 443 if tls else 80

    def connect(self) -> None:
        raw = socket.create_connection((self.address, self.port), self.timeout)
        self.sock: Any = raw
        if self.tls:
            self.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=self.host)


def _exchanged(connection: _Pinned, said: tuple[str, str, bytes | None, dict[str, str]], at_most: int) -> Answer:
    with _ended_in_time(connection.sock):
        try:
            connection.request(*said)
            answer = connection.getresponse()
            return Answer(answer.status, answer.read(at_most), answer.headers.get("Retry-After", ""))
        except (OSError, http.client.HTTPException) as error:
            raise Unclear(f"No answer from {connection.host}: {error!r}") from error


@contextmanager
def _ended_in_time(sock: socket.socket) -> Any:
    """However slowly the other side drips, it is over after a while."""

    def end() -> None:
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)

    timer = Timer(ALL_SECONDS, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
