"""A month, a quarter, a year: what was recorded in it, what would leave, and the act that freezes it."""
