"""Issuing documents and keeping templates."""

from remonta.documents.commands.issuing import issue_document
from remonta.documents.commands.templates import restore_builtin, save_template

__all__ = ["issue_document", "restore_builtin", "save_template"]
