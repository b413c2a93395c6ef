"""What people keep of their lists."""

# fmt: off
ROWS: dict[tuple[str, str], str | tuple[str, ...]] = {
    ("web:list-view",      "POST"): "signed_in",
    ("web:list-view-drop", "POST"): "signed_in",
    ("web:list-columns",   "POST"): "signed_in",
}
# fmt: on
