"""The places of work in the frame, in the order in which a repair passes them. Shown to whom one of the rights belongs."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Place:
    label: object
    icon: str
    route: str
    rights: tuple[str, ...]


WORKPLACES = (
    Place(_("Network"), "settings", "desk:people", ("identity.manage_staff", "identity.manage_network")),
)
