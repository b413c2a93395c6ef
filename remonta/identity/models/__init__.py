"""Who signs in, where they work, and what opens a door without signing in."""

from remonta.identity.models.accounts import Account, ApiToken, RateCounter, SecretLink
from remonta.identity.models.network import (
    CalendarDay,
    Centre,
    CentreKind,
    Group,
    GroupMember,
    LegalEntity,
    Region,
    Setting,
    Staff,
    WorkingCalendar,
)

__all__ = [
    "Account",
    "ApiToken",
    "CalendarDay",
    "Centre",
    "CentreKind",
    "Group",
    "GroupMember",
    "LegalEntity",
    "RateCounter",
    "Region",
    "SecretLink",
    "Setting",
    "Staff",
    "WorkingCalendar",
]
