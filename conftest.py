"""For every test, and for the kernels that nbval starts: one thread each, as when the book is built.

And how ``pytest -n`` deals the tests out: a file stays with one process, for what its tests share, but for
those files whose tests take minutes and share nothing. What takes longest begins first, so that no process
waits for it at the end.
"""

import os
from typing import Any

import pytest

from tools.notebooks import can_run

#: Files of which every test may run in a process of its own.
SINGLY = ("tests/test_explorers_grid.py", "tests/test_build.py")
#: What begins first.
FIRST = (*SINGLY, "tests/site/", "chapters/")

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    from xdist.scheduler import LoadFileScheduling

    class Scheduler(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return nodeid if nodeid.startswith(SINGLY) else super()._split_scope(nodeid)

    return Scheduler(config, log) if config.option.dist == "loadfile" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order them, and leave out notebooks' cells that need TensorFlow where it is not installed."""
    items.sort(key=lambda item: [not item.nodeid.startswith(prefix) for prefix in FIRST])
    reason = "TensorFlow is not installed: make test installs it where there is a release for this Python"
    for item in items:
        if (cell := getattr(item, "cell", None)) is not None and not can_run(cell):
            item.add_marker(pytest.mark.skip(reason=reason))
