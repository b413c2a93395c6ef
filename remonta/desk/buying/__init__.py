"""The purchaser's place of work: what is to be bought, orders, suppliers and their prices, exchange rates."""
