"""What a phrase of the text that may stand for a speaker is: a name, a role, a pronoun, a document, a group."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from app.extraction.document import Span


class MentionKind(StrEnum):
    """What kind of phrase a mention is; the values are the letters that attribution patterns use."""

    NAME = "N"
    ORGANIZATION = "O"
    PRONOUN = "P"
    ROLE = "R"
    DOCUMENT = "D"
    GROUP = "G"
    OTHER = "X"
    WRITER = "I"


FORMER = "ex-"
"""Before an office that was held before, however the article says so (`former`, `ancien`)."""


@dataclass(frozen=True, slots=True)
class Description:
    """What a phrase says of somebody, in folded words.

    `heads` name the office (`minister`, `ex-minister`), `proper` are written with a capital (`russian`), `age` is a
    number of years.
    """

    words: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    proper: frozenset[str] = frozenset()
    age: str = ""

    def __or__(self, other: Description) -> Description:
        words, heads, proper = self.words | other.words, self.heads | other.heads, self.proper | other.proper
        return Description(words, heads, proper, self.age or other.age)


@dataclass(eq=False, slots=True)
class Mention:
    """A phrase that may stand for a speaker. `span` is the whole phrase, `name` its bare name where it has one.

    Where the language inflects, `name` ends up in the nominative, and so does `base`: the phrase that is no name.
    `gender` is `m`, `f`, `n` (a thing), `p` (several) or empty.
    """

    span: Span
    kind: MentionKind
    phrase: str
    name: str | None = None
    description: Description = field(default_factory=Description)
    gender: str = ""
    definite: bool = False
    subject: bool = False
    joint: bool = False
    """Does it share its verb of saying with others (`Lee and Hay said`)?"""
    supposed: bool = False
    """Has the name a surname from what it stands beside, and nothing else tells that it is so?"""
    first_token: int = 0
    last_token: int = 0
    name_token: int = 0
    base: str = ""
    owner: Mention | None = None
    """The person named behind a role whose it is (`der Anwalt von Ida Kern`)."""
    title: Span | None = None
    """The words before the name that tell an office."""
