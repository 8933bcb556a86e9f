"""Whom a pronoun cannot mean, by the grammar of its sentence (Chomsky's principle B and its like for participles)."""

from __future__ import annotations

import re
from collections.abc import Iterator

FRONTED = re.compile(r"(?<![^.?])[wCc]a?p[dw]{0,2}(?P<other>[NTR])(?=[,kp])[^.q?]*?,(?P<pronoun>P)")
"""`Asked by Ann Lee whether it was true, he said`: the participle's subject is that of the sentence, Lee is not."""
QUOTING = re.compile(r"(?P<other>[NTROX])a*[Cc](?P<pronoun>P)Q")
"""`The agency quoted him as saying`."""


def disjoint(letters: str) -> Iterator[tuple[int, int]]:
    """The places of pronouns in a paragraph's letters, each with the place of somebody whom it does not mean."""
    for pattern in (FRONTED, QUOTING):
        for match in pattern.finditer(letters):
            yield match.start("pronoun"), match.start("other")
