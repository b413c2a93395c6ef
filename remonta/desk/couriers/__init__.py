"""Couriers at the desk: shipments, accounts, and the rounds of our own drivers."""
