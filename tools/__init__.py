"""What builds, checks and measures the project; nothing here runs at the customer."""
