"""Money at the desk: what an order owes, card terminals, cash desks, payments and invoices."""
