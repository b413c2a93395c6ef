"""A folder as a gateway: where no mail server or SMS gateway is set up, messages can be read here."""

import os
from pathlib import Path

from remonta.spine.gateways.contract import Envelope, Receipt
from remonta.spine.gateways.smtp import written

SENDER = "Remonta <remonta@localhost>"


class Folder:
    """One file a message, named by its uid: mails as .eml, which mail programs open, others as text."""

    name = "folder"
    recognises_repeats = True

    def __init__(self, place: Path) -> None:
        self.place = place

    def send(self, envelope: Envelope) -> Receipt:
        self.place.mkdir(parents=True, exist_ok=True)
        mail = envelope.channel == "email"
        path = self.place / f"{envelope.uid}-{envelope.channel}.{'eml' if mail else 'txt'}"
        content = written(envelope, SENDER).as_bytes() if mail else _text(envelope).encode()
        draft = path.with_suffix(".draft")
        draft.write_bytes(content)
        os.replace(draft, path)
        return Receipt(path.name)


def _text(envelope: Envelope) -> str:
    return f"To: {envelope.recipient}\n\n{envelope.title}\n{envelope.body}\n".replace("\n\n\n", "\n\n")
