"""For every test, and for the kernels that nbval starts: one thread each, as when the book is built."""

import os

import pytest

from tools.notebooks import can_run

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out notebooks' cells that need TensorFlow where it is not installed."""
    reason = "TensorFlow is not installed: make test installs it where there is a release for this Python"
    for item in items:
        if (cell := getattr(item, "cell", None)) is not None and not can_run(cell):
            item.add_marker(pytest.mark.skip(reason=reason))
