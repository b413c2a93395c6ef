"""The document for programs, and the same as a page to read: our own, so it needs nobody else's scripts."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from remonta.api.main import document

METHODS = ("get", "post", "put", "patch", "delete")


def openapi(request: HttpRequest) -> JsonResponse:
    """OpenAPI 3.1."""
    response = JsonResponse(document())
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def reference(request: HttpRequest) -> HttpResponse:
    """Every operation by its tag, with what it reads and answers."""
    return render(request, "api/reference.html", {"groups": groups(), "document": document()})


def groups() -> list[dict[str, Any]]:
    """The document's operations by tag, in the order of the routers."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path, methods in document()["paths"].items():
        for method in METHODS:
            if method in methods:
                one = methods[method]
                found.setdefault(one["tags"][0], []).append(_shown(path, method, one))
    return [{"tag": tag, "id": tag.lower().replace(" ", "-"), "operations": rows} for tag, rows in found.items()]


def _shown(path: str, method: str, one: dict[str, Any]) -> dict[str, Any]:
    body = next(iter(one.get("requestBody", {}).get("content", {}).items()), None)
    answers = [(code, said) for code, said in one["responses"].items() if code < "300"]
    return {
        "id": one["operationId"],
        "path": path,
        "method": method.upper(),
        "text": one.get("description", ""),
        "parameters": [{**said, "kind": type_of(said["schema"])} for said in one["parameters"]],
        "body": fields_of(body[1]["schema"]) if body else [],
        "media": body[0] if body else "",
        "answers": [(code, answer_of(said)) for code, said in answers],
    }


def answer_of(said: dict[str, Any]) -> str:
    """The kind of an answer in one word."""
    media = next(iter(said.get("content", {}).values()), None)
    return type_of(media["schema"]) if media else ""


def fields_of(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The fields of a body, one level deep, with whether they must be there."""
    whole = resolved(schema)
    must = set(whole.get("required", ()))
    return [
        {"name": name, "kind": type_of(said), "required": name in must}
        for name, said in whole.get("properties", {}).items()
    ]


def type_of(schema: dict[str, Any]) -> str:
    """`string`, `integer`, `Money`, `list of Line`, `Money or null`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    for several in ("anyOf", "allOf"):
        if several in schema:
            return " or ".join(dict.fromkeys(type_of(one) for one in schema[several]))
    if schema.get("type") == "array":
        return f"list of {type_of(schema.get('items', {}))}"
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    return str(schema.get("format") or schema.get("type") or schema.get("const") or "any")


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema that a reference names."""
    if "$ref" not in schema:
        return schema
    found: dict[str, Any] = document()["components"]["schemas"][str(schema["$ref"]).rsplit("/", 1)[-1]]
    return found
