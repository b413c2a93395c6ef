"""Quotes at the desk: the panel of an order, writing, sending, and recording the answer."""
