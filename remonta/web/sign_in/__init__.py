"""Signing in: password, second factor, passkeys, one-time links, invitations. Nobody signs up by themselves."""
