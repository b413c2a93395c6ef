"""The server process: pages in a pool of threads, live streams in the event loop."""
