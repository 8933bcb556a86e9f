"""What attribution finds of a quotation, and the rules that find it with how often each is right."""

from __future__ import annotations

from dataclasses import dataclass

from app.extraction.document import Span
from app.extraction.mentions.mention import Mention

VERB_FIRST = "verb before its subject"
VERB_ALONE = "verb without a subject"
VERB_IN_DOCUMENT = "verb in a document"
SUBJECT_BEHIND = "subject and verb behind the quote"
SUBJECT_BEFORE = "subject and verb before the quote"
APPOSITION_BEHIND = "apposition and verb behind the quote"
SUBJECT_OF_SENTENCE = "subject of the sentence"
SUBJECT_WITHOUT_SAYING = "no verb of saying, subject of the sentence"
SENTENCE_BEFORE = "subject of the sentence before"
ACCORDING_TO = "according to"
QUOTED_BY_ANOTHER = "quoted by another"
SECOND_HAND = "as another says"
BEFORE_COLON = "colon"
LEADS_BACK = "leads back to the quote"
SIGNATURE = "signature"
SIGNED = "signature on a line of its own"
LABELLED = "office and name before the colon"
ON_TOPIC = "on a topic, speaker before"
GOES_ON = "goes on in its paragraph"
REPORTED_ON = "goes on in reported speech"
NARRATED_ON = "goes on by an infinitive"
STANDS_FREE = "stands free, speaker before"
IN_TURN = "answers in turn"
REPLY = "answers another"
NOBODY_NEAR = "nobody near it"

RULES = {
    APPOSITION_BEHIND: 0.95,
    VERB_FIRST: 0.94,
    SUBJECT_BEHIND: 0.93,
    ACCORDING_TO: 0.92,
    QUOTED_BY_ANOTHER: 0.9,
    SIGNED: 0.9,
    LABELLED: 0.9,
    ON_TOPIC: 0.8,
    LEADS_BACK: 0.8,
    SIGNATURE: 0.9,
    VERB_IN_DOCUMENT: 0.8,
    SUBJECT_BEFORE: 0.81,
    SUBJECT_OF_SENTENCE: 0.79,
    REPORTED_ON: 0.79,
    NARRATED_ON: 0.8,
    GOES_ON: 0.9,
    IN_TURN: 0.6,
    SECOND_HAND: 0.5,
    SUBJECT_WITHOUT_SAYING: 0.46,
    STANDS_FREE: 0.46,
    BEFORE_COLON: 0.4,
    SENTENCE_BEFORE: 0.39,
    VERB_ALONE: 0.3,
    NOBODY_NEAR: 0.02,
    REPLY: 0.02,
}
"""The share of each rule's quotes on PolNeAR train that are quotes and point at their source: `training/rules.py`.

Some have too few cases there to be measured: `quoted by another`, the signatures, the labels before a colon, `verb in a
document`, `verb without a subject`, or none: `goes on in reported speech` and `by an infinitive`, which no English verb
tells, `leads back to the quote` and those of dialogue, which English does not set so. PolNeAR gives what somebody is
said to have said (`as another says`) to whoever tells it, so that this is not measured there: it comes at second hand.
"""
SEEN_BY_RULES = {SIGNED, LABELLED, ON_TOPIC, LEADS_BACK, NARRATED_ON}
"""Rules that read the layout of a paragraph, of which the model sees little (line breaks are no pieces to it), or where
a sentence without a subject leads.
"""
GUESSES = {VERB_ALONE, SENTENCE_BEFORE, STANDS_FREE, NOBODY_NEAR}


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said it, by which words, as which rule saw it."""

    mention: Mention | None
    cue: Span | None
    rule: str
    inherited: int | None = None
    """The quotation whose speaker this one goes on with."""
    is_quote: float | None = None
    """The model's probability that it reports speech; None without the model."""
    chance: float | None = None
    """The model's probability of this source; None without the model."""
    phrase: Span | None = None
    """The whole phrase that the model takes for the source."""
    hearers: tuple[Mention | None, ...] = ()
    """Who does not speak: the subject of a passive, with its apposition (`The mayor, Ann Lee, was told: “…”`), whom a
    verb without its subject speaks to (`le espetó a Gil`), who spoke in the line of dialogue before."""

    @property
    def is_guess(self) -> bool:
        """Was it told from the sentences before alone?"""
        return self.rule in GUESSES


UNATTRIBUTED = Attribution(None, None, NOBODY_NEAR)
