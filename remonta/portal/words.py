"""The stages of a repair in the customer's words: what is, and what comes next."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from remonta.orders.workflow import Stage


@dataclass(frozen=True)
class StageWords:
    """One stage: its name on the status bar, how it is now, and what happens next."""

    name: object
    now: object
    next: object


STAGES: dict[str, StageWords] = {
    Stage.REGISTERED: StageWords(
        _("Announced"), _("We are expecting your device."), _("Bring or send it to us, and keep this number at hand.")
    ),
    Stage.TAKEN_IN: StageWords(_("Received"), _("Your device is with us."), _("Next we find out what it needs.")),
    Stage.DIAGNOSIS: StageWords(
        _("Examination"), _("We are finding out what your device needs."), _("Then we tell you what it costs.")
    ),
    Stage.APPROVAL: StageWords(
        _("Your answer"), _("We are waiting for your answer to our quote."), _("We go on as soon as you have answered.")
    ),
    Stage.PARTS: StageWords(
        _("Parts"), _("We are waiting for parts for your device."), _("When they are here, we go on with the repair.")
    ),
    Stage.REPAIR: StageWords(
        _("Repair"), _("Your device is being repaired."), _("Then we check everything once more.")
    ),
    Stage.QUALITY: StageWords(
        _("Final check"), _("The repair is done; we are checking everything once more."), _("Then you can collect it.")
    ),
    Stage.READY: StageWords(
        _("Ready"), _("Your device is ready."), _("Bring the receipt or show this page when you collect it.")
    ),
    Stage.CLOSED: StageWords(
        _("Handed over"),
        _("Your device is with you again."),
        _("If anything is not as it should be, write to us below."),
    ),
    Stage.CANCELLED: StageWords(_("Cancelled"), _("This order was cancelled."), ""),
}
UNREPAIRED = StageWords(
    _("Ready"),
    _("Our work has ended; your device waits for you unrepaired."),
    _("Bring the receipt or show this page when you collect it."),
)
