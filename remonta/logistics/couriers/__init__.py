"""Drivers of couriers: one contract, the simulated courier and the real ones."""
