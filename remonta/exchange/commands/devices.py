"""Kinds of devices by the names that files give them, each with a nameless model for repairs of the past."""

from remonta.catalogue.commands import add_category, add_product, archive_product
from remonta.catalogue.queries import categories_for, products_for
from remonta.kernel.actor import Actor
from remonta.kernel.texts import normal

LONGEST_CODE = 40


class Devices:
    """Finds the model for a kind's name; what is missing is made, in the caller's transaction.

    Names are compared without case and accents, in every language; a nameless model is not offered at intake.
    """

    def __init__(self, actor: Actor) -> None:
        self.actor = actor.trusted_with("catalogue.see", "catalogue.write")
        self.forget()

    def forget(self) -> None:
        """Reads anew, after a transaction in which something was made has been given up. Two statements."""
        rows = list(categories_for(self.actor).order_by("-pk").values_list("pk", "code", "names"))
        self.codes = {code for _pk, code, _names in rows}
        self.kinds = {normal(name): pk for pk, _code, names in rows for name in names.values()}
        nameless = products_for(self.actor).filter(brand=None, archived_at__isnull=False).order_by("-pk")
        self.models = dict(nameless.values_list("category_id", "pk"))

    def knows(self, name: str) -> bool:
        return not name or normal(name) in self.kinds

    def model_of(self, name: str) -> int | None:
        """The nameless model of that kind of device; None for no name."""
        if not name:
            return None
        kind = self.kind_of(name)
        return self.models.get(kind) or self._new_model(kind, name)

    def kind_of(self, name: str) -> int:
        """The kind of device of that name, new if need be."""
        return self.kinds.get(normal(name)) or self._new_kind(name)

    def _new_kind(self, name: str) -> int:
        stem = "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in normal(name)).split()) or "kind"
        code, again = stem[:LONGEST_CODE], 1
        while code in self.codes:
            again += 1
            code = f"{stem[: LONGEST_CODE - 5]}-{again}"
        made = add_category(self.actor, code=code, names={"en": name})
        self.codes.add(code)
        self.kinds[normal(name)] = made.pk
        return made.pk

    def _new_model(self, kind: int, name: str) -> int:
        taken = products_for(self.actor).filter(brand=None, name__iexact=name).exists()
        made = add_product(self.actor, category_id=kind, name=f"{name} #{kind}" if taken else name)
        archive_product(self.actor, made.uid)
        self.models[kind] = made.pk
        return made.pk
