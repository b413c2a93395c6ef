"""The customer's link, messages with the customer, and the side phone."""
