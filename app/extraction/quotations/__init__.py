"""Quotations, in marks or set with dashes, and whether they report what somebody said."""
