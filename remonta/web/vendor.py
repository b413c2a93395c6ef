"""Which files of which npm packages the browser gets, under which names: these and no others."""

VENDOR_FILES = {
    "vendor/htmx.min.js": "htmx.org/dist/htmx.min.js",
    "vendor/tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "vendor/alpine.js": "@alpinejs/csp/dist/module.esm.min.js",
    "vendor/chart.js": "chart.js/dist/chart.umd.min.js",
    "vendor/dexie.js": "dexie/dist/modern/dexie.min.mjs",
    "vendor/sortable.js": "sortablejs/modular/sortable.esm.js",
    "vendor/zxing-reader.js": "zxing-wasm/dist/iife/reader/index.js",
    "vendor/zxing-reader.wasm": "zxing-wasm/dist/reader/zxing_reader.wasm",
    "vendor/leaflet/leaflet.js": "leaflet/dist/leaflet.js",
    "vendor/leaflet/leaflet.css": "leaflet/dist/leaflet.css",
    "vendor/leaflet/images/layers.png": "leaflet/dist/images/layers.png",
    "vendor/leaflet/images/layers-2x.png": "leaflet/dist/images/layers-2x.png",
    "vendor/leaflet/images/marker-icon.png": "leaflet/dist/images/marker-icon.png",
    "vendor/leaflet/images/marker-icon-2x.png": "leaflet/dist/images/marker-icon-2x.png",
    "vendor/leaflet/images/marker-shadow.png": "leaflet/dist/images/marker-shadow.png",
}
# The names that our own modules use for them.
VENDOR_MODULES = {
    "alpinejs": "vendor/alpine.js",
    "chart.js": "vendor/chart.js",
    "dexie": "vendor/dexie.js",
    "htmx.org": "vendor/htmx.min.js",
    "leaflet": "vendor/leaflet/leaflet.js",
    "sortablejs": "vendor/sortable.js",
    "zxing-wasm/reader": "vendor/zxing-reader.js",
    "zxing-wasm/reader.wasm": "vendor/zxing-reader.wasm",
}
