"""The three ways to a livelihood, certification, own business, employment, each with its own milestones."""
