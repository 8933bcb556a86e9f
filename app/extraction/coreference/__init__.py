"""Which mentions are one speaker, and by what full name."""
