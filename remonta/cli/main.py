"""The program `remonta`: what an owner or an administrator types in a terminal."""

import argparse
import os
import sys
from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules

import django

from remonta import cli

Handler = Callable[[argparse.Namespace], int]
NOT_COMMANDS = {"main"}


def main(argv: list[str] | None = None) -> int:
    """Reads the words, runs the command, and says in one sentence what went wrong."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remonta.settings")
    _note_port(sys.argv[1:] if argv is None else argv)
    django.setup()
    parser = argparse.ArgumentParser(prog="remonta", description="Repair management for networks of service centres.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    for module in iter_modules(cli.__path__):
        if not module.ispkg and module.name not in NOT_COMMANDS:
            found = import_module(f"remonta.cli.{module.name}")
            for declare in getattr(found, "COMMANDS", ()):
                declare(commands)
    asked = parser.parse_args(argv)
    try:
        return int(asked.run(asked) or 0)
    except KeyboardInterrupt:
        return 130


def _note_port(words: list[str]) -> None:
    """The settings make links of the address, so they have to know `--port` before everything else."""
    known = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    known.add_argument("--port")
    if port := known.parse_known_args(words)[0].port:
        os.environ["REMONTA_PORT"] = port


if __name__ == "__main__":
    sys.exit(main())
