"""What all faces share: signing in and out, preferences, the centre one works in."""

# fmt: off
ROWS: dict[tuple[str, str], str | tuple[str, ...]] = {
    ("home",                            "GET"):  "public",
    ("web:preferences",                 "POST"): "public",
    ("web:file",                        "GET"):  "signed_in",
    ("web:palette",                     "GET"):  "desk.enter",
    ("web:centre",                      "POST"): "signed_in",
    ("web:sign-out",                    "POST"): "signed_in",
}
# fmt: on
