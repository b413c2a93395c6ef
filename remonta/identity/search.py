"""By what people of the network are found by those who manage them: name, mail address, phone, badge."""

from collections.abc import Collection, Iterator
from itertools import groupby

from remonta.identity.models import Account, Staff
from remonta.kernel.actor import EVERYWHERE
from remonta.spine.commands import Findable, forget_entry, index_entries, refills

KIND = "person"


def index_person(account: Account) -> None:
    """Makes a person findable in the network and in each centre of theirs; centres left behind forget them.

    Two statements to read; those of the entries to write.
    """
    posts = Staff.objects.filter(account=account, centre__isnull=False).values_list("centre_id", flat=True)
    forget_entry(KIND, account.pk)
    index_entries(_findables(account, {centre for centre in posts if centre}))


@refills(KIND)
def every_person() -> Iterator[Findable]:
    """Everybody with an account, once in the network and once in each of their centres."""
    posts = Staff.objects.filter(centre__isnull=False).order_by("account_id").values_list("account_id", "centre_id")
    centres = {
        account: {centre or 0 for _account, centre in some} for account, some in groupby(posts, lambda row: row[0])
    }
    for account in Account.objects.order_by("pk").iterator(500):
        yield from _findables(account, centres.get(account.pk, set()))


def _findables(account: Account, centre_ids: Collection[int]) -> list[Findable]:
    badge = f"B-{account.uid.hex[-12:].upper()}"
    return [
        Findable(
            KIND,
            account.pk,
            account.uid,
            title=account.name,
            centre_id=place,
            hint=account.email,
            words=[account.email, badge],
            phones=[account.phone] if account.phone else [],
            names=[account.name],
            open=account.is_active,
        )
        for place in sorted({EVERYWHERE, *centre_ids})
    ]
