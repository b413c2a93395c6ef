"""Requests that will be sent in, parcels, batches, and the couriers that carry them."""
