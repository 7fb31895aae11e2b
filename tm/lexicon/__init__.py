"""Word-translation evidence shared by terms, alignment, leverage and checks."""
