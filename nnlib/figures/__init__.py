"""The book's figures: a module a chapter, each of pure functions from parameters to (Figure, caption)."""
