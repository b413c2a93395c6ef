"""What the tags make."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

from django import forms
from django.template import Context, Template

from remonta.web.templatetags import web

STATIC = Path(web.__file__).parent.parent / "static" / "web"
STAFF_BUDGET, PUBLIC_BUDGET = 90 * 1024, 40 * 1024


class Sample(forms.Form):
    serial = forms.CharField(label="Serial", help_text="On the back.")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)


def drawn(text: str, **context: object) -> str:
    return Template("{% load web formats %}" + text).render(Context(context))


def test_an_error_stands_at_its_field_and_is_read_with_it() -> None:
    html = drawn("{% field form.serial %}", form=Sample({"serial": ""}))
    assert 'aria-describedby="id_serial_error id_serial_hint"' in html
    assert 'aria-invalid="true"' in html
    assert re.search(r'id="id_serial_error">.*This field is required', html, re.DOTALL)


def test_what_was_typed_is_kept_and_escaped() -> None:
    html = drawn("{% field form.note %}", form=Sample({"note": "</textarea><script>"}))
    assert "&lt;/textarea&gt;&lt;script&gt;" in html
    assert "<script>" not in html


def test_attributes_of_a_field_go_to_its_control() -> None:
    html = drawn('{% field form.serial autofocus=True hx_get="/x/" %}', form=Sample())
    assert " autofocus" in html
    assert 'hx-get="/x/"' in html


class MostlyFree(Sample):
    colour = forms.CharField(label="Colour", required=False)
    kinds = forms.MultipleChoiceField(label="Kinds", choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)
    looks = forms.CharField(label="Looks", required=False)
    urgent = forms.BooleanField(label="Urgent", required=False)


def test_a_label_marks_only_the_rarer_kind_of_field() -> None:
    """In a form of many optional fields the few that must be filled in carry a sign; else the optional ones a word."""
    few, many = (drawn("{% fields form %}", form=form) for form in (Sample(), MostlyFree()))
    assert few.count("optional") == 2, "its class and its word, at the note"
    assert "needed" not in few
    assert "optional" not in many
    assert re.findall(r'(Serial|Note|Colour|Kinds|Looks|Urgent)<span class="needed" aria-hidden="true"', many) == [
        "Serial",
        "Kinds",
    ]
    assert many.count('<span class="visually-hidden">must be filled in</span>') == 1, "a set of boxes cannot say it"


def test_where_all_fields_are_alike_none_is_marked() -> None:
    form = Sample()
    form.fields["note"].required = True
    assert not re.search("optional|needed", drawn("{% fields form %}", form=form))
    form.fields["note"].required = form.fields["serial"].required = False
    assert not re.search("optional|needed", drawn("{% fields form %}", form=form))


def test_each_form_has_an_operation_of_its_own() -> None:
    one, two = (UUID(re.search(r'value="([^"]+)"', drawn("{% operation %}"))[1]) for _ in range(2))
    assert one != two
    assert one.version == two.version == 7


def test_one_move_is_the_primary_and_all_go_by_name() -> None:
    moves = [SimpleNamespace(name="start", label="Start"), SimpleNamespace(name="stop", label="Stop")]
    html = drawn('{% moves moves "/m/" %}', moves=moves, csrf_token="token")
    assert html.count("btn-primary") == 1
    assert re.findall(r'name="move" value="(\w+)"', html) == ["start", "stop"]
    assert 'name="operation"' in html
    assert 'value="token"' in html


def test_a_stage_is_shown_by_colour_sign_and_word() -> None:
    html = drawn('{% stage_badge "ready" "Ready" %}')
    assert "stage-ready" in html
    assert "#bell" in html
    assert "Ready" in html


def test_the_signs_of_all_stages_and_tones_are_drawn() -> None:
    assert {*web.STAGE_ICONS.values(), *web.TONE_ICONS.values()} <= web.icon_names()


def test_an_unknown_icon_is_a_circle_not_a_hole() -> None:
    assert "#circle" in drawn('{% icon "no-such-icon" %}')


def test_rows_without_a_value_are_left_out() -> None:
    html = drawn("{% pairs rows %}", rows=[("Serial", "77"), ("Colour", ""), ("Owed", 0)])
    assert "Serial" in html
    assert "Colour" not in html
    assert "Owed" in html


def test_the_next_piece_of_a_list_is_asked_for_once() -> None:
    assert not drawn("{% more url 3 %}", url=None).strip()
    html = drawn("{% more url 3 %}", url="/orders/?after=9")
    assert 'hx-get="/orders/?after=9"' in html
    assert 'colspan="3"' in html


def eager(entry: str) -> Iterator[Path]:
    """The modules a page loads before anybody asks for more."""
    todo, seen = [entry], set()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        path = STATIC / "js" / f"{name}.js"
        yield path
        todo += re.findall(r'^import [^;]*"remonta/([a-z-]+)";', path.read_text(), re.MULTILINE)


def gzipped(*paths: Path) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


def test_a_page_loads_no_more_script_than_its_budget(settings) -> None:
    htmx = Path(settings.NODE_MODULES) / "htmx.org" / "dist" / "htmx.min.js"
    alpine = Path(settings.NODE_MODULES) / "@alpinejs" / "csp" / "dist" / "module.esm.min.js"
    staff, public = list(eager("staff")), list(eager("public"))
    assert {"scan.js", "palette.js", "live.js"} <= {path.name for path in staff}
    assert gzipped(htmx, alpine, *staff) <= STAFF_BUDGET
    assert gzipped(htmx, *public) <= PUBLIC_BUDGET
