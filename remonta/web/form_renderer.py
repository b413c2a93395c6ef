"""Draws the usual form controls without templates: a page with two long choices spent a tenth of its time in theirs."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

INPUTS = frozenset(f"django/forms/widgets/{kind}.html" for kind in ("text", "number", "email", "hidden", "input"))
SELECT, OPTION = "django/forms/widgets/select.html", "django/forms/widgets/select_option.html"


class FormRenderer(DjangoTemplates):
    """Inputs and choices as Django's own templates write them; everything else by those templates."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> SafeString:
        widget = context.get("widget", {})
        if template_name in INPUTS:
            return _input(widget)
        if template_name == SELECT and all(one["template_name"] == OPTION for one in _options(widget)):
            return _select(widget)
        return super().render(template_name, context, request)  # type: ignore[return-value]


def _input(widget: Mapping[str, Any]) -> SafeString:
    value = widget["value"]
    said = "" if value is None else format_html(' value="{}"', str(value))
    return format_html('<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], said, _attributes(widget))


def _select(widget: Mapping[str, Any]) -> SafeString:
    parts = []
    for group, options, _index in widget["optgroups"]:
        drawn = "".join(_option(one) for one in options)
        parts.append(format_html('<optgroup label="{}">{}</optgroup>', group, mark_safe(drawn)) if group else drawn)
    inside = mark_safe("\n".join(parts))
    return format_html('<select name="{}"{}>\n{}\n</select>', widget["name"], _attributes(widget), inside)


def _option(option: Mapping[str, Any]) -> str:
    value, label = conditional_escape(str(option["value"])), conditional_escape(option["label"])
    return f'<option value="{value}"{_attributes(option)}>{label}</option>'


def _attributes(widget: Mapping[str, Any]) -> SafeString:
    """True stands without a value, False not at all."""
    kept = [(name, value) for name, value in widget["attrs"].items() if value is not False]
    return mark_safe(
        "".join(
            f" {conditional_escape(name)}" + ("" if value is True else f'="{conditional_escape(str(value))}"')
            for name, value in kept
        )
    )


def _options(widget: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    return (one for _group, options, _index in widget["optgroups"] for one in options)
