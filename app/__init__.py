"""On Record: who said what, when, in which article."""
