"""Names and roles of an inflecting language, told in the nominative whatever form the text writes them in.

Three things together tell the nominative: the forms of the words (all words of one name stand in one case and agree in
gender), what governs the name (`по словам` a genitive, `сказала` a woman in the nominative) and the forms that the
article itself writes, which are preferred to any made ones. A form that may be a nominative stays as it is unless one
of the others speaks against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.extraction.languages import fold
from app.extraction.mentions.mention import Mention, MentionKind
from app.extraction.morphology import GUESSED, KNOWN, NOMINATIVE
from app.extraction.names.inflection import Inflection
from app.extraction.names.readings import Reading

NEAR = 48
"""Characters looked at on either side of a mention: bounds the work on hostile text."""
LAST_WORD = re.compile(r"([^\W_]+(?:-[^\W_]+)*)[\s«„“\"]*$")
FIRST_WORD = re.compile(r"\s+([^\W_]+(?:-[^\W_]+)*)")
Name = tuple[str, ...]
"""The folded words of a name."""


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a name says of its case and gender; None and empty where it says nothing."""

    cases: frozenset[str] | None = None
    gender: str = ""

    def allows(self, reading: Reading) -> bool:
        fits = self.cases is None or reading.case in self.cases
        return fits and (not self.gender or reading.case != NOMINATIVE or reading.gender == self.gender)


OWNER = Context(frozenset(["gent"]))


class Nominatives:
    """Settles the names and roles of one text."""

    def __init__(self, text: str, inflection: Inflection) -> None:
        self.text = text
        self.inflection = inflection
        self.language = inflection.language
        self.morphology = inflection.morphology

    def settle(self, mentions: Iterable[Mention]) -> list[Mention]:
        """Put every name into the nominative, fuller names first, and tell the gender that forms and verbs show.

        Returns the mentions, and those of the full names behind roles whose these are: they are persons, too.
        """
        mentions = list(mentions)
        owners = [one.owner for one in mentions if one.owner and " " in (one.owner.name or "")]
        for owner in owners:
            self._settle_name(owner, set(), OWNER)
        persons = [mention for mention in mentions if mention.name and mention.kind is MentionKind.NAME]
        full = [mention for mention in persons if " " in (mention.name or "")]
        single = [mention for mention in persons if " " not in (mention.name or "")]
        written = {_key(mention.name or "") for mention in full if self._may_be_nominative(mention)}
        for mention in full:
            self._settle_name(mention, written)
        parts = {part for mention in (*full, *owners) for part in _edges(_key(mention.name or ""))}
        for mention in single:
            self._settle_name(mention, parts)
        for mention in mentions:
            if mention.kind is not MentionKind.NAME:
                self._settle_phrase(mention)
        return [*mentions, *owners]

    def _settle_name(self, mention: Mention, names: set[Name], context: Context | None = None) -> None:
        """Settle one name; `names` are those that the article writes in the nominative, or the parts of full ones."""
        words = (mention.name or "").split()
        context = context or self._context(mention)
        readings = self.inflection.readings(words)
        if self._is_somebody_elses(mention, readings, names):
            mention.kind, mention.name = MentionKind.ROLE, None
            return
        chosen = self._chosen(words, readings, context, names)
        if chosen:
            mention.name = " ".join(chosen[0].nominative)
        genders = {reading.gender for reading in chosen}
        verb = context.gender if not readings or context.gender in genders else ""
        told = genders.pop() if len(genders) == 1 and chosen[0].trust > GUESSED else ""
        mention.gender = mention.gender or verb or told

    def _chosen(
        self, words: Sequence[str], readings: Sequence[Reading], context: Context, names: set[Name]
    ) -> list[Reading]:
        """The readings that the name is taken in, which share one nominative; none where nothing can be told."""
        fitting = [reading for reading in readings if context.allows(reading)]
        as_is = [reading for reading in fitting if reading.case == NOMINATIVE]
        forced = context.cases == {NOMINATIVE} and as_is
        elsewhere = [r for r in fitting if r.case != NOMINATIVE and _key(" ".join(r.nominative)) in names]
        if as_is and (forced or not elsewhere or (len(words) == 1 and _key(words[0]) in names)):
            return _most_trusted(as_is)
        if elsewhere:
            return _of_one_nominative(elsewhere)
        best = _of_one_nominative(_most_trusted(fitting))
        sure = best and (len(words) > 1 or context.cases or best[0].trust >= KNOWN)
        return best if sure else []

    def _is_somebody_elses(self, mention: Mention, readings: Sequence[Reading], names: set[Name]) -> bool:
        """`жена Лаптева`, where the article knows a Лаптев and no Лаптева: the genitive of another's name."""
        head = next(iter(self._heads_before(mention)), None)
        if head is None or " " in (mention.name or "") or _key(mention.name or "") in names:
            return False
        if self.morphology.noun_cases(head) != {NOMINATIVE}:
            return False
        return any(r.case == "gent" and _key(" ".join(r.nominative)) in names for r in readings)

    def _heads_before(self, mention: Mention) -> Iterator[str]:
        """The offices of the phrase before the name, in reading order."""
        before = mention.phrase[: -len(mention.name or "") or None].split()
        return (word for word in map(fold, before) if word in self.language.roles)

    def _context(self, mention: Mention) -> Context:
        """Case and gender by the office before the name and by the preposition or verb before the phrase."""
        head = next(self._heads_before(mention), None)
        of_head = self.morphology.holder_cases(head) if head else frozenset()
        before, behind = self._beside(mention)
        governed = self.language.governs.get(before)
        if governed:
            return Context(governed & of_head or governed)
        if of_head and NOMINATIVE not in of_head:
            return Context(of_head)
        gender = self._verb_gender(before, behind)
        if gender:
            return Context(frozenset([NOMINATIVE]) if self._has_nominative(mention, gender) else None, gender)
        return Context(of_head or None)

    def _may_be_nominative(self, mention: Mention) -> bool:
        cases = self._context(mention).cases
        return cases is None or NOMINATIVE in cases

    def _has_nominative(self, mention: Mention, gender: str) -> bool:
        readings = self.inflection.readings((mention.name or "").split())
        return any(reading.case == NOMINATIVE and reading.gender == gender for reading in readings)

    def _beside(self, mention: Mention) -> tuple[str, str]:
        """The words straight before and behind a mention, folded; empty where a mark stands between."""
        before = LAST_WORD.search(self.text[max(0, mention.span.start - NEAR) : mention.span.start])
        behind = FIRST_WORD.match(self.text[mention.span.end : mention.span.end + NEAR])
        return (fold(before[1]) if before else "", fold(behind[1]) if behind else "")

    def _verb_gender(self, before: str, behind: str) -> str:
        """The gender by a verb of saying before a mention, or by any verb behind one that opens its clause."""
        if before in self.language.cues:
            return self.morphology.verb_gender(before)
        opens = not before or before in self.language.openers or before in self.language.between
        return self.morphology.verb_gender(behind) if opens and behind else ""

    def _settle_phrase(self, mention: Mention) -> None:
        """The nominative of an office, a document or an organization, and the gender its verb tells."""
        words = mention.phrase.split()
        heads = self.language.lemmas.keys()
        head = next((i for i, word in enumerate(words) if fold(word) in heads), None)
        if mention.kind is MentionKind.ROLE and not mention.gender:
            mention.gender = self._verb_gender(*self._beside(mention))
        if head is None and mention.kind is MentionKind.ORGANIZATION:
            head = 0
        if head is None:
            return
        if self._beside(mention)[0] in self.language.cues and not self.inflection.is_oblique(words[head]):
            return  # the subject: `сообщили власти`
        mention.base = " ".join(self.morphology.phrase(words, head))
        if mention.name:
            skipped = len(words) - len(mention.name.split())
            mention.name = " ".join(mention.base.split()[skipped:])


def _key(name: str) -> Name:
    return tuple(fold(word).replace("ё", "е").strip(".") for word in name.split())


def _edges(words: Name) -> tuple[Name, Name]:
    """The first and the last word, each as a name: the given name and the surname."""
    return words[:1], words[-1:]


def _most_trusted(readings: Sequence[Reading]) -> list[Reading]:
    most = max((reading.trust for reading in readings), default=0)
    return [reading for reading in readings if reading.trust == most]


def _of_one_nominative(readings: Sequence[Reading]) -> list[Reading]:
    """These readings where they agree on the nominative; none where they do not."""
    return list(readings) if len({reading.nominative for reading in readings}) == 1 else []
