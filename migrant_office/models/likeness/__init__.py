"""Whether two records are of one person: facts, keys to find them by, and points with their reasons. No SQL."""
