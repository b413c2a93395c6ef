"""What is read of the road: parcels, batches, what is due."""
