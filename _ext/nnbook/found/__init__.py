"""What search engines, shared links and lost readers find: one concept a module.

``sphinx-sitemap`` lists only the pages that a build has written again, ``sphinx-notfound-page`` does not
reach the theme's side bar, and ``sphinxext-opengraph`` makes its pictures of words; hence these modules.
"""

from __future__ import annotations

from sphinx.application import Sphinx

from . import address, door, manifest, missing, page, sitemap


def setup(app: Sphinx) -> None:
    for part in (address, page, door, manifest, missing, sitemap):
        part.setup(app)
