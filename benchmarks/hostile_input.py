"""How calls with hostile arguments end, by class: right, our error, a documented end, or a fault.

    python benchmarks/hostile_input.py [--calls 30000] [--seed 0] [--show 3]

The calls are those of ``tests/test_hostile.py``, which runs fewer of them.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
import hostile_run as hostile


def shown(value: Any) -> str:
    try:
        return repr(value).replace("\n", " ")[:70]
    except Exception:
        return f"a {type(value).__name__}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--calls", type=int, default=30_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", type=int, default=0, help="so many examples of each fault of a call")
    options = parser.parse_args()
    seen: Counter[tuple[str, str]] = Counter()

    def tell(kind: str, call: Any, arguments: Any, kinds: Any, what: Any) -> None:
        seen[kind, call.name] += 1
        if seen[kind, call.name] <= options.show:
            given = ", ".join(f"{name} = {shown(arguments[name])} ({why})" for name, why in kinds.items())
            print(f"{kind}: {call.name}: {given}: {shown(what)}", flush=True)

    found = hostile.run(options.calls, options.seed, tell)
    for kind, count in found.most_common():
        print(f"{count:8,}  {kind}")


if __name__ == "__main__":
    main()
