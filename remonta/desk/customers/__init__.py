"""Customers: who they are and what we did for them."""
