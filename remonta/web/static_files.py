"""Styles and scripts: found in rooms and npm packages, named by their contents, compressed, mapped for the browser."""

import fcntl
import os
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urljoin

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder, get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage, storages
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

from remonta.web.vendor import VENDOR_MODULES

MANIFEST = "staticfiles.json"
SOURCES = "sources.sha256"
READY = "REMONTA_STATIC_READY"
SCRIPTS = {".js", ".mjs"}


class VendorStorage(FileSystemStorage):
    """The npm packages, where only the listed files are found, under our names for them."""

    prefix = None

    def __init__(self) -> None:
        super().__init__(location=settings.NODE_MODULES)

    def path(self, name: str) -> str:
        return super().path(settings.VENDOR_FILES[name])


class VendorFinder(BaseFinder):
    """Finds the listed files of npm packages. Where a release carries its static files, no package is needed."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.storage = VendorStorage()

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """Says which file is not there and how to get it."""
        if is_packaged():
            return []
        lost = [
            name for name, path in settings.VENDOR_FILES.items() if not (Path(settings.NODE_MODULES) / path).is_file()
        ]
        hint = f"Run `make setup`. The npm packages are expected in {settings.NODE_MODULES}."
        return [Error(f"{name} is missing.", hint=hint, id="remonta.static") for name in lost]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The file that goes by this name."""
        file = Path(self.storage.path(path)) if path in settings.VENDOR_FILES else None
        there = [str(file)] if file and file.is_file() else []
        return there if find_all else next(iter(there), [])

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, VendorStorage]]:
        """Every listed file."""
        for name in settings.VENDOR_FILES:
            if self.storage.exists(name):
                yield name, self.storage


ADDRESSES: dict[tuple[str, str, str], str] = {}


class HashedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Names by contents, with gzip and brotli beside. Where nothing was prepared for serving, names are plain."""

    # Minified packages name source maps, which are not shipped.
    patterns = tuple(
        (files, tuple(pattern for pattern in found if "sourceMappingURL" not in str(pattern)))
        for files, found in CompressedManifestStaticFilesStorage.patterns
    )

    def read_manifest(self) -> str | None:
        """What an earlier run has left in a checkout is nothing to go by."""
        known = super().read_manifest() if is_packaged() or os.environ.get(READY) else None
        return str(known) if known else None

    def url(self, name: str | None, force: bool = False) -> str:
        """The address of a file, worked out once: a page names a hundred."""
        if not name or force or settings.DEBUG:
            return str(super().url(name, force))
        key = name, settings.STATIC_URL, self.manifest_hash
        if key not in ADDRESSES:
            ADDRESSES[key] = str(super().url(name))
        return ADDRESSES[key]

    def stored_name(self, name: str) -> str:
        known = self.hashed_files.get(self.hash_key(self.clean_name(name)))
        return str(known or name)


def is_packaged() -> bool:
    """Whether this is a release: its static files were collected where npm packages were, and those stayed there."""
    return (Path(settings.STATIC_ROOT) / MANIFEST).is_file() and not Path(settings.NODE_MODULES).is_dir()


def prepare_static() -> bool:
    """Collects the static files of a checkout where they have changed since; says whether it did."""
    root = Path(settings.STATIC_ROOT)
    os.environ[READY] = "1"  # for this process and its workers
    done = not is_packaged() and _collect(root)
    if isinstance(storage := storages["staticfiles"], HashedStorage):
        storage.hashed_files, storage.manifest_hash = storage.load_manifest()
    return done


def _collect(root: Path) -> bool:
    root.mkdir(parents=True, exist_ok=True)
    with (root / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        now = _sources()
        known = root / SOURCES
        if known.is_file() and known.read_text() == now and (root / MANIFEST).is_file():
            return False
        call_command("collectstatic", interactive=False, verbosity=0)
        known.write_text(now)
        return True


def import_map() -> dict[str, str]:
    """Where the browser finds a module: bare names, and the plain addresses that packages use among their own files.

    `remonta/toast` is web/static/web/js/toast.js, `remonta/desk/board` is desk/static/desk/js/board.js.
    """
    return _import_map() if settings.DEBUG else _kept_import_map()


def _import_map() -> dict[str, str]:
    names = sorted(getattr(staticfiles_storage, "hashed_files", None) or _found())
    bare = {_bare_name(name): name for name in names if _is_own_module(name)}
    bare |= {module: name for module, name in VENDOR_MODULES.items() if name in settings.VENDOR_FILES}
    parts = {name for name in settings.VENDOR_FILES if PurePosixPath(name).suffix in SCRIPTS} - {*bare.values()}
    plain = {urljoin(settings.STATIC_URL, name): name for name in sorted(parts)}
    return {module: staticfiles_storage.url(name) for module, name in (bare | plain).items()}


_kept_import_map = cache(_import_map)


def _is_own_module(name: str) -> bool:
    path = PurePosixPath(name)
    return path.suffix == ".js" and path.parent.name == "js" and apps.is_installed(f"remonta.{path.parts[0]}")


def _bare_name(name: str) -> str:
    room, stem = PurePosixPath(name).parts[0], PurePosixPath(name).stem
    return f"remonta/{stem}" if room == "web" else f"remonta/{room}/{stem}"


def _found() -> Iterator[str]:
    for finder in get_finders():
        for name, _storage in finder.list(["CVS", ".*", "*~"]):
            yield name


def _sources() -> str:
    """One hash over the names, sizes and times of all static files."""
    lines = []
    for finder in get_finders():
        for name, storage in finder.list(["CVS", ".*", "*~"]):
            stat = Path(storage.path(name)).stat()
            lines.append(f"{name} {stat.st_size} {stat.st_mtime_ns}")
    return sha256("\n".join(sorted(lines)).encode()).hexdigest()
