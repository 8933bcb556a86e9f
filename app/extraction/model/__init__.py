"""The learned model: what it reads, what it says, and how that and the rules are put together."""
