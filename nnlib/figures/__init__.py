"""The book's figures: one module a chapter, each a set of pure functions from parameters to (Figure, caption)."""
