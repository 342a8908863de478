"""Runs the cells of a page in the browser's Python: packed as ``nnbook_page``, beside nnlib."""
