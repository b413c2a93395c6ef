"""The frame all faces share: layout, middleware, access table, live stream, scan and palette."""
