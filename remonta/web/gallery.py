"""Samples for the page that shows every component: for people who build pages, and for the tests that look at them."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace as Thing
from typing import Any

from django import forms
from django.utils import timezone

from remonta.kernel.money import Money

STAGES = (
    ("registered", "Registered", "done"),
    ("taken_in", "Taken in", "done"),
    ("diagnosis", "Diagnosis", "done"),
    ("approval", "Approval", "current"),
    ("parts", "Parts", "ahead"),
    ("repair", "Repair", "ahead"),
    ("quality", "Quality check", "skipped"),
    ("ready", "Ready", "ahead"),
    ("closed", "Closed", "ahead"),
)


class SampleForm(forms.Form):
    """One of each control."""

    name = forms.CharField(label="Customer", help_text="As the person says it.")
    phone = forms.CharField(label="Phone", required=False)
    model = forms.ChoiceField(label="Model", choices=[("", "Choose a model"), ("1", "Aero 14"), ("2", "Vacuum V8")])
    fault = forms.CharField(label="Fault", widget=forms.Textarea(attrs={"rows": 3}))
    delivery = forms.ChoiceField(
        label="Hand over", widget=forms.RadioSelect, choices=[("desk", "At the desk"), ("courier", "By courier")]
    )
    accessories = forms.MultipleChoiceField(
        label="Accessories",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("charger", "Charger"), ("case", "Case"), ("sim", "SIM card")],
    )
    consent = forms.BooleanField(label="Wants to be told by SMS", required=False)
    photo = forms.FileField(label="Proof of purchase", required=False)


TABS = (
    {"label": "Overview", "url": "#", "current": True, "icon": "layout-list"},
    {"label": "Parts", "url": "#", "count": 3, "icon": "package"},
    {"label": "Money", "url": "#", "icon": "cash"},
)


def specimen() -> dict[str, Any]:
    """The context of `web/gallery.html`. No statement."""
    now = timezone.now()
    return {
        "form": SampleForm(),
        "wrong": SampleForm({"name": "", "fault": "No power", "delivery": "desk"}, prefix="wrong"),
        "stages": [
            {"name": name, "label": label, "state": state, "reached_at": now - timedelta(hours=50 - 9 * at)}
            if state in {"done", "current"}
            else {"name": name, "label": label, "state": state, "reached_at": None}
            for at, (name, label, state) in enumerate(STAGES)
        ],
        "every_stage": [*((name, label) for name, label, _ in STAGES), ("cancelled", "Cancelled")],
        "tones": ("info", "good", "warn", "bad", "wait", "quiet"),
        "moves": [Thing(name="send_quote", label="Send the quote"), Thing(name="cancel", label="Cancel the order")],
        "blocked": ["Hand over: unpaid zł 320.00"],
        "holds": [
            Thing(text="Unpaid 320.00 PLN", by="Anna", since=now - timedelta(hours=3), blocks=["Hand over"], url="#"),
            Thing(text="Waiting for part: battery BT-77, due Friday", by="Purchasing", since=now - timedelta(days=2)),
        ],
        "events": events(now),
        "facts": [
            ("Unit", "Aero 14, grey"),
            ("Serial", "SN-77A-102938"),
            ("Promised", now + timedelta(days=2)),
            ("Estimate", str(Money(32000, "PLN"))),
        ],
        "amount": Money(1234550, "PLN"),
        "small": Money(-4200, "EUR"),
        "later": now + timedelta(hours=5),
        "earlier": now - timedelta(days=3),
        "took": timedelta(hours=3, minutes=25),
        "lanes": lanes(now),
        "tabs": TABS,
        "people": ("Anna Nowak", "Пётр Иванов", "王小明", "Zofia Żak", "Max", "Ольга"),
        "load": (("Anna Nowak", 7, 2), ("Пётр Иванов", 5, 0), ("Zofia Żak", 9, 3), ("王小明", 4, 1)),
        "rows": rows(now),
    }


def events(now: Any) -> list[Thing]:
    """A short timeline."""
    return [
        Thing(at=now - timedelta(minutes=12), who="Anna Nowak", text="Sent the quote by SMS", icon="send", tone="info"),
        Thing(at=now - timedelta(hours=3), who="Zofia Żak", text="Found: display cable torn", icon="stethoscope",
              detail="Symptom: no picture → defect: cable → repair: replace", took=timedelta(minutes=35), tone="wait"),
        Thing(at=now - timedelta(days=1), who="Customer", text="“Ready by Friday?”", icon="message", tone="quiet"),
        Thing(at=now - timedelta(days=2), who="Max", text="Taken in at the desk", icon="inbox", tone="good"),
    ]  # fmt: skip


def lanes(now: Any) -> list[Thing]:
    """A small board."""
    cards = [
        Thing(number="WAW-24-1042", title="Aero 14 – no picture", url="#", stage="diagnosis",
              due=now + timedelta(hours=5), late=False, who="Zofia Żak", place="B-03", detail="Hanna Lis"),
        Thing(number="WAW-24-1038", title="Vacuum V8 – battery", url="#", stage="diagnosis",
              due=now - timedelta(hours=4), late=True, who="Пётр Иванов", place="A-11", detail="Biuro Plus sp. z o.o."),
    ]  # fmt: skip
    return [
        Thing(stage="diagnosis", label="Diagnosis", cards=cards, count=2),
        Thing(stage="approval", label="Approval", cards=cards[:1], count=1),
        Thing(stage="repair", label="Repair", cards=[], count=0),
        Thing(stage="ready", label="Ready", cards=cards[1:], count=1),
    ]


def rows(now: Any) -> list[Thing]:
    """A few orders for the list."""
    names = ("Hanna Lis", "Пётр Иванов", "王小明", "Biuro Plus sp. z o.o.")
    units = ("Aero 14", "Vacuum V8", "Phone X2", "Printer L310")
    return [
        Thing(number=f"WAW-24-10{40 + at}", who=who, unit=unit, stage=STAGES[2 + at][0], label=STAGES[2 + at][1],
              due=now + timedelta(hours=7 * (at - 1)), late=at == 0, owed=Money(15000 * at, "PLN"))
        for at, (who, unit) in enumerate(zip(names, units, strict=True))
    ]  # fmt: skip
