"""Who may check requests that will be sent in, handle parcels and batches."""

from django.utils.translation import gettext_lazy as _

from remonta.identity.roles import Role
from remonta.kernel.actor import Permission

COUNTER = (Role.RECEPTIONIST, Role.OPERATOR, Role.ACCOUNT_MANAGER)
REGISTER = (*COUNTER, Role.CASHIER, Role.GROUP_LEAD)
LEADS = (Role.DISPATCHER, Role.SERVICE_MANAGER, Role.HEAD)
ROAD = (Role.LOGISTICIAN, Role.STOREKEEPER)

PERMISSIONS = (
    Permission(
        "logistics.see",
        _("See parcels and batches"),
        (*REGISTER, *LEADS, *ROAD, Role.WORKSHOP_MANAGER, Role.ENGINEER, Role.PARTNER_STAFF),
    ),
    Permission(
        "logistics.check",
        _("Check requests that will be sent in"),
        (*COUNTER, *LEADS, Role.PARTNER_STAFF),
    ),
    Permission(
        "logistics.send_on",
        _("Say that a unit goes on to another centre or a maker"),
        (*LEADS, *ROAD, Role.WORKSHOP_MANAGER, Role.ENGINEER, Role.PARTNER_STAFF),
    ),
    Permission(
        "logistics.handle",
        _("Receive parcels, pack and send them"),
        (*ROAD, Role.RECEPTIONIST, Role.SERVICE_MANAGER, Role.HEAD, Role.PARTNER_STAFF),
    ),
    Permission("logistics.couriers", _("Set up couriers’ accounts"), (Role.HEAD,)),
    Permission("logistics.follow", _("Report what happened to shipments"), ()),
    Permission(
        "logistics.rounds",
        _("Plan the rounds of our own drivers"),
        (Role.LOGISTICIAN, Role.DISPATCHER, Role.SERVICE_MANAGER, Role.HEAD, Role.PARTNER_STAFF),
    ),
    Permission(
        "logistics.drive",
        _("Drive rounds"),
        (*ROAD, Role.ENGINEER, Role.RECEPTIONIST, Role.DISPATCHER, Role.HEAD, Role.PARTNER_STAFF),
    ),
)
