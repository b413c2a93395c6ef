"""The lives of parcels and batches. Read them top to bottom."""
