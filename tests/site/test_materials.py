"""What others wrote and the site ships: each work with its licence."""

from __future__ import annotations

from pathlib import Path

from tools import materials


def test_every_work_has_its_licence_s_text(site: Path) -> None:
    found = materials.materials(site)
    assert len(found) > 100
    assert [work.name for work in found if not work.text] == []
    texts = (site / materials.TEXTS).read_text(encoding="utf-8")
    assert all(work.text in texts for work in found)
