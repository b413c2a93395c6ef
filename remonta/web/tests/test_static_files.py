"""Static files are found where they lie, named by their contents, compressed, and mapped for the browser."""

import json
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import override_settings

from remonta.web import static_files
from remonta.web.static_files import HashedStorage, VendorFinder, import_map, is_packaged, prepare_static

FILES = {
    "thing/dist/main.js": 'import { part } from "./part.js";\n//# sourceMappingURL=main.js.map\n',
    "thing/dist/part.js": "export const part = 1;\n" * 60,
    "thing/dist/thing.css": "a { background: url(dot.png) }\n/*# sourceMappingURL=thing.css.map */\n"
    + "b { color: red }\n" * 60,
    "thing/dist/dot.png": "not really a picture",
    "thing/secret.txt": "not listed",
}
NAMES = {f"vendor/thing/{Path(path).name}": path for path in FILES if "dist" in path}


@pytest.fixture
def packages(tmp_path, settings, monkeypatch):
    """A checkout with one npm package of four files."""
    modules = tmp_path / "node_modules"
    for path, text in FILES.items():
        (modules / path).parent.mkdir(parents=True, exist_ok=True)
        (modules / path).write_text(text)
    settings.NODE_MODULES, settings.VENDOR_FILES, settings.STATIC_ROOT = modules, NAMES, tmp_path / "static"
    settings.STATICFILES_FINDERS = ["remonta.web.static_files.VendorFinder"]
    settings.DEBUG = False
    monkeypatch.setattr(static_files, "VENDOR_MODULES", {"thing": "vendor/thing/main.js", "gone": "vendor/gone.js"})
    monkeypatch.setenv(static_files.READY, "")
    static_files._kept_import_map.cache_clear()
    finders.get_finder.cache_clear()
    yield modules
    finders.get_finder.cache_clear()
    static_files._kept_import_map.cache_clear()


def test_only_listed_files_of_a_package_are_found(packages):
    assert finders.find("vendor/thing/main.js") == str(packages / "thing/dist/main.js")
    assert finders.find("vendor/thing/main.js", find_all=True) == [str(packages / "thing/dist/main.js")]
    for path in ("vendor/thing/secret.txt", "vendor/secret.txt", "thing/secret.txt", "vendor/../thing/secret.txt"):
        assert not finders.find(path)
        assert finders.find(path, find_all=True) == []


def test_a_missing_file_is_reported_with_what_to_do(packages):
    assert VendorFinder().check() == []
    (packages / "thing/dist/part.js").unlink()
    [error] = VendorFinder().check()
    assert error.msg == "vendor/thing/part.js is missing."
    assert "make setup" in error.hint


def test_collected_files_are_named_by_their_contents_and_compressed(packages, settings):
    assert prepare_static() is True
    named = json.loads((settings.STATIC_ROOT / "staticfiles.json").read_text())["paths"]
    assert set(named) == set(NAMES)
    style = settings.STATIC_ROOT / named["vendor/thing/thing.css"]
    assert Path(named["vendor/thing/dot.png"]).name in style.read_text()
    for suffix in (".gz", ".br"):
        assert style.with_name(style.name + suffix).is_file()


def test_files_are_collected_again_only_after_a_change(packages):
    assert [prepare_static(), prepare_static()] == [True, False]
    (packages / "thing/dist/part.js").write_text("export const part = 2;\n")
    before = import_map()["/static/vendor/thing/part.js"]
    assert prepare_static() is True
    static_files._kept_import_map.cache_clear()
    assert import_map()["/static/vendor/thing/part.js"] != before


def test_a_release_needs_no_packages(packages, settings):
    prepare_static()
    with override_settings(NODE_MODULES=packages.parent / "nothing"):
        assert is_packaged()
        assert VendorFinder().check() == []
        assert prepare_static() is False
        assert import_map()["thing"].startswith("/static/vendor/thing/main.")
    assert not is_packaged()


def test_the_map_names_modules_and_the_files_packages_import_among_themselves(packages):
    prepare_static()
    mapped = import_map()
    hashed = HashedStorage().hashed_files
    assert mapped == {
        "thing": f"/static/{hashed['vendor/thing/main.js']}",
        "/static/vendor/thing/part.js": f"/static/{hashed['vendor/thing/part.js']}",
    }


def test_where_nothing_was_prepared_names_are_plain(packages, settings, monkeypatch):
    assert import_map()["thing"] == "/static/vendor/thing/main.js"
    prepare_static()
    monkeypatch.setenv(static_files.READY, "")
    settings.STATIC_ROOT = settings.STATIC_ROOT  # a new process would read its files anew
    static_files._kept_import_map.cache_clear()
    assert import_map()["thing"] == "/static/vendor/thing/main.js"


def test_every_module_the_pages_import_is_mapped():
    """The real rooms and the real list: what our scripts import by name is there."""
    static_files._kept_import_map.cache_clear()
    mapped = import_map()
    assert {"remonta/staff", "remonta/live", "alpinejs", "chart.js", "dexie", "zxing-wasm/reader"} <= set(mapped)
    for name in mapped:
        assert name.startswith(("remonta/", "/static/")) or name in static_files.VENDOR_MODULES
