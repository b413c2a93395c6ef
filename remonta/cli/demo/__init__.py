"""A living network to look around in: three centres of ours, two partners', and orders in every stage."""

from remonta.cli.demo.links import sign_in_links
from remonta.cli.demo.load import load_demo, needs_demo

__all__ = ["load_demo", "needs_demo", "sign_in_links"]
