"""Scanning: what may be opened or done is asked again of each thing that is scanned."""

# fmt: off
ROWS: dict[tuple[str, str], str | tuple[str, ...]] = {
    ("web:scan",       "POST"): "desk.enter",
    ("web:undo-move",  "POST"): "stock.move_units",
    ("web:undo-issue", "POST"): "supply.issue",
}
# fmt: on
