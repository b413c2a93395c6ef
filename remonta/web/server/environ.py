"""What a WSGI application is told about a request that came by ASGI (PEP 3333)."""

import sys
from typing import IO, Any

from remonta.web.server.answers import Scope

UNPREFIXED = {"CONTENT_TYPE", "CONTENT_LENGTH"}


def environ(scope: Scope, body: IO[bytes], size: int) -> dict[str, Any]:
    """The environment of one request. The size is what really came, not what was stated."""
    root = scope.get("root_path", "")
    path = scope["path"]
    inside = root and (path == root or path.startswith(root.rstrip("/") + "/"))
    host, port = scope.get("server") or ("unknown", 0)
    told: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": _as_bytes(root),
        "PATH_INFO": _as_bytes(path[len(root) :] if inside else path),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 0),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **_headers(scope),
    }
    if client := scope.get("client"):
        told["REMOTE_ADDR"] = told["REMOTE_HOST"] = client[0]
        told["REMOTE_PORT"] = str(client[1])
    if size or "CONTENT_LENGTH" in told:
        told["CONTENT_LENGTH"] = str(size)
    return told


def _headers(scope: Scope) -> dict[str, str]:
    """A name with an underscore is left out: it could pass for the one with a hyphen, which a proxy may have set."""
    told: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        if b"_" in raw_name:
            continue
        name = raw_name.decode("latin-1").upper().replace("-", "_")
        if name not in UNPREFIXED:
            name = f"HTTP_{name}"
        joint = "; " if name == "HTTP_COOKIE" else ","
        value = raw_value.decode("latin-1")
        told[name] = f"{told[name]}{joint}{value}" if name in told else value
    return told


def _as_bytes(text: str) -> str:
    """WSGI's own way with text: bytes in UTF-8, each written as one character."""
    return text.encode("utf-8", "surrogateescape").decode("latin-1")
