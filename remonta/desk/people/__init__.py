"""Pages for people, the network, settings, and one's own account."""
