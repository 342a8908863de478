"""The book on paper: one PDF and one EPUB, made from the pages that the build has written.

    python -m tools.paper pdf
    python -m tools.paper epub

Figures stand as their pages begin them, with their captions; solutions wait at the end of each chapter.
"""
