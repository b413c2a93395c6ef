"""What is done on the road: checking, sending, packing, receiving."""
