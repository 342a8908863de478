"""Two exercises a chapter whose numbers change at each visit: each module has its chapter's name."""
