"""What the letters of a paragraph tell of the mentions in it: subjects, newcomers, whom a pronoun cannot mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.extraction.narration.blocks import Block

SPEAKS = re.compile("a*[CUV]")
"""A verb of saying behind its subject: in the passive (`was asked`) it tells a person who acts in the article, too."""
JOINT = re.compile("(?<!w)(?:[PNTOR],)*[PNTOR],?k[NTOR](?=,?a*C)|(?<=C)(?:[NTOR],)*[NTOR],?k[NTOR](?=[.,:;p]|$)")
"""Several who say the same (`Lee and Hay said`)."""
SPOKEN_BY = re.compile(r"[,.:;q?\-]a*C$")
"""A verb with its subject behind it."""
LONGEST_VERB = 6
"""Letters of a verb with its auxiliaries and the mark before it."""
APPOSED = re.compile(r"[^,.:;?q],[NTRXO][^,.:;?q]*,a*C$")
"""A verb behind the apposition of its subject: what follows is whom it was told (`Lee, the mayor, told Reuters`)."""
LONGEST_APPOSITION = 20
"""Letters of a subject with its apposition and verb."""
NEWCOMER = re.compile(r"(?<![^.?])(?:k?|I[aCw]{1,2})(?P<who>[RX])(?P<whose>p?[NTRXGO])?(?!p?[NTRXGO]|,[NPTR])")
"""A phrase that opens a sentence, with whom it stands to, and is no apposition before its subject; `I asked a friend`.
"""
ONE_OF_MANY = re.compile(r"(?<![^.?])k?dpG")
"""`One of the residents`, which is no mention."""
OPENING_PERSON = re.compile(r"k?(?P<who>[NTRP])")
"""A person who opens a sentence as its subject."""
OTHERS = frozenset("NTRGI")
LONGEST_SENTENCE = 200
"""Letters looked back for the end of a sentence: bounds the work on hostile text."""
PARTICIPLE_BEFORE = re.compile(r"(?<![^.?])[wCc]a?p[dw]{0,2}(?P<other>[NTR])(?=[,kp])[^.q?]*?,(?P<pronoun>P)")
"""`Asked by Ann Lee whether it was true, he said`: the participle's subject is that of the sentence, Lee is not."""
WHO_ASKS = re.compile(r"(?<![^.?])k(?P<other>[NTR])[^.?q]*$")
ANSWERED = re.compile(r"[^.?q]{0,60}?,(?P<pronoun>P)a*C")
"""`When a reporter asked whether it was true, she answered`: who asks in the clause before does not answer."""
WITHIN = re.compile(r"(?P<pronoun>[RX])p[dw]{0,3}(?P<other>[NT])")
"""`The lawyer of Ann Lee`, `The man with Ann Lee`."""
SAID_OF = re.compile(r"(?P<other>[NTPR])(?:,[^.Cq?,]{1,25},)?,?a*Cr?(?P<pronoun>[RX])")
"""`Ann Lee said the mayor had`, `Ann Lee told the mayor`."""
QUOTED_PRONOUN = re.compile(r"(?P<other>[NTROX])a*[Cc](?P<pronoun>P)Q")
"""`The agency quoted him as saying`."""
EMPHATIC = re.compile(r"(?P<other>[NTROGD]),(?P<pronoun>P),")
"""`La mairie, elle, dénonce`: the pronoun repeats the subject."""
HOLDER = re.compile(r"(?<![pc])(?P<who>[NTRP])a*$")
HELD = re.compile(r"d?(?P<role>R)(?!a*C)")
LONGEST_HOLDER = 6
"""Who becomes something and what, before the verb and behind it; not in `allies of Ann Lee remain`."""
ASKER = re.compile(r"(?P<who>[NTRPX])(?:,[^.Cq?,]{1,25},)?a*$")
ASKED = re.compile(r"a*p?d?(?P<who>[NTR])(?:,(?P<apposed>[NT]),?)?(?!p|a*C)")
"""Before a verb of asking and behind it. No preposition follows, as in `asked him to go`, `asked her for help`."""
ASKED_BY = re.compile(r"pd?(?P<who>[NTR])")
"""Who asked, behind the passive."""
LONGEST_QUESTION = 40
"""Letters on either side of a verb of asking."""


@dataclass(frozen=True, slots=True)
class Syntax:
    """What a paragraph's letters tell, by the places of its items."""

    letters: str
    subjects: frozenset[int]
    """The subjects of its sentences, and of its verbs of saying."""
    speakers: frozenset[int]
    """The subjects of verbs of saying, and who is named behind `according to`."""
    joint: frozenset[int]
    """Those of them who say the same as others."""
    newcomers: frozenset[int]
    """Phrases that open a sentence in which nobody else is apposed to them (`A neighbour was there`)."""
    inside: frozenset[int]
    """Whom the phrase of such a newcomer names (`A neighbour of Ann Lee`)."""
    groups: frozenset[int]
    """Groups of which a sentence tells one (`One of the residents`)."""
    questions: Mapping[int, tuple[int, int]]
    """Who asks and who is asked, by the later one's place."""
    repeated: Mapping[int, int]
    """Pronouns and predicates that mean whom the mention at another place means."""
    disjoint: Mapping[int, int]
    """Pronouns and roles, each with the place of somebody whom it does not mean by the grammar of its sentence
    (Chomsky's principle B and its like for participles)."""

    @classmethod
    def of(cls, block: Block) -> Syntax:
        letters = block.letters
        subjects, speakers = _subjects(block, letters)
        newcomers = list(NEWCOMER.finditer(letters))
        return cls(
            letters,
            subjects,
            speakers,
            frozenset(place for match in JOINT.finditer(letters) for place in range(*match.span())),
            frozenset(match.start("who") for match in newcomers),
            frozenset(match.end("whose") - 1 for match in newcomers if match["whose"]),
            frozenset(match.end() - 1 for match in ONE_OF_MANY.finditer(letters)),
            {max(places): places for place in block.asking if (places := _question(letters, place))},
            dict([*_emphatic(letters), *predicates(block, letters)]),
            dict([*_disjoint(letters), *_answers(block, letters)]),
        )

    def opener_before(self, position: int) -> int | None:
        """The place of the person who opens the sentence before that of this place."""
        end = max(0, self._last_end(position))
        match = OPENING_PERSON.match(self.letters, 1 + self._last_end(end), end)
        return match.start("who") if match else None

    def _last_end(self, position: int) -> int:
        """Where the last sentence before this place ends, -1 where none does."""
        return max(self.letters.rfind(mark, max(0, position - LONGEST_SENTENCE), position) for mark in ".?")


def gender_ahead(block: Block, position: int) -> str:
    """The gender of the pronoun that goes on with whom a mention names, in its sentence: `Lee smiled when she left`.

    Empty where somebody else stands between.
    """
    for item in block.items[position + 1 : position + 1 + LONGEST_SENTENCE]:
        if item.letter in ".?" or item.letter in OTHERS:
            return ""
        if item.letter == "P" and item.mention:
            return item.mention.gender if item.mention.gender in {"m", "f"} else ""
    return ""


def _emphatic(letters: str) -> Iterator[tuple[int, int]]:
    """The places of pronouns that repeat the subject, each with that of the subject."""
    return ((match.start("pronoun"), match.start("other")) for match in EMPHATIC.finditer(letters))


def predicates(block: Block, letters: str) -> Iterator[tuple[int, int]]:
    """The places of offices that somebody is said to hold (`Ann Lee became mayor`), each with that of the subject."""
    for place in block.becoming:
        start = max(0, place - LONGEST_HOLDER)
        subject, predicate = HOLDER.search(letters[start:place]), HELD.match(letters, place + 1)
        if subject and predicate:
            yield predicate.start("role"), start + subject.start("who")


def _subjects(block: Block, letters: str) -> tuple[frozenset[int], frozenset[int]]:
    """The subjects, and those of them who speak.

    A subject is who speaks, and the first mention of a sentence that no preposition leads; behind a phrase of no known
    noun, which may be none, the next one as well.
    """
    subjects: set[int] = set()
    speakers: set[int] = set()
    is_open, previous = True, ""
    for position, item in enumerate(block.items):
        is_open = is_open or item.letter in ".?"
        if item.mention and (previous == "A" or _has_verb(letters, position)):
            speakers.add(position)
        if item.mention and (position in speakers or (is_open and previous != "p")):
            subjects.add(position)
            is_open = is_open and item.letter == "X"
        previous = item.letter if item.letter not in "dw" else previous
    return frozenset(subjects), frozenset(speakers)


def _has_verb(letters: str, position: int) -> bool:
    """Is the mention at this place the subject of a verb of saying, before or behind it?"""
    if SPEAKS.match(letters, position + 1):
        return True
    inverted = SPOKEN_BY.search(letters, max(0, position - LONGEST_VERB), position)
    return bool(inverted) and not APPOSED.search(letters, max(0, position - LONGEST_APPOSITION), position)


def _question(letters: str, place: int) -> tuple[int, int] | None:
    """Who asks and who is asked by the verb at this place."""
    start = max(0, place - LONGEST_QUESTION)
    before = ASKER.search(letters[start:place])
    passive = letters[place] in "UV"
    behind = (ASKED_BY if passive else ASKED).match(letters, place + 1, place + LONGEST_QUESTION)
    if not before or not behind:
        return None
    subject, other = start + before.start("who"), behind.start("who" if passive or not behind["apposed"] else "apposed")
    return (other, subject) if passive else (subject, other)


def _answers(block: Block, letters: str) -> Iterator[tuple[int, int]]:
    """Who answers, each with who asked in the clause before."""
    for place in block.asking:
        start = max(0, place - LONGEST_QUESTION)
        before, behind = WHO_ASKS.search(letters[start:place]), ANSWERED.match(letters, place + 1)
        if before and behind and letters[place] not in "UV":
            yield behind.start("pronoun"), start + before.start("other")


def _disjoint(letters: str) -> Iterator[tuple[int, int]]:
    for pattern in (PARTICIPLE_BEFORE, QUOTED_PRONOUN, WITHIN, SAID_OF):
        for match in pattern.finditer(letters):
            yield match.start("pronoun"), match.start("other")
