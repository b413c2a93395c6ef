"""What quotes does when a customer is forgotten: what was agreed stays, who said it and in which words goes."""

from remonta.customers.facts import CustomerErased
from remonta.kernel.actor import Actor
from remonta.orders.queries import orders_of_customers
from remonta.quotes.models import Answer, Quote
from remonta.spine.facts import reacts_to


@reacts_to(CustomerErased)
def erase_words_of_quotes(actor: Actor, fact: CustomerErased) -> None:
    """Lines, amounts and the hash of what was shown stay: they say what was approved."""
    quotes = Quote.objects.filter(work_order__in=orders_of_customers(fact.customer_ids))
    Answer.objects.filter(quote__in=quotes).update(name="", reason="")
    for quote in quotes.exclude(note=""):
        quote.note = ""
        if quote.shown:
            quote.shown["note"] = ""
        quote.save(update_fields=["note", "shown"])
