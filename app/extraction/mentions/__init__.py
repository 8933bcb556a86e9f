"""Phrases that may stand for a speaker: names, roles, pronouns, documents, groups; found among the words of a text."""
