"""One's own account; people, network, settings, messages and background work."""

# fmt: off
ROWS: dict[tuple[str, str], str | tuple[str, ...]] = {
    ("desk:my-account",                 "GET"):  "signed_in",
    ("desk:my-account",                 "POST"): "signed_in",
}
# fmt: on
