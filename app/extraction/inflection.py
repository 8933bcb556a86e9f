"""Names and roles of an inflecting language, told in the nominative whatever form the text writes them in.

Three things together tell the nominative: the forms of the words (all words of one name stand in one case and agree in
gender), what governs the name (`по словам` a genitive, `сказала` a woman in the nominative) and the forms that the
article itself writes, which are preferred to any made ones. A form that may be a nominative stays as it is unless one
of the others speaks against it. For languages that do not inflect names there is no `Inflection` at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.extraction.languages import Language, fold
from app.extraction.linguistics import LED_NAME
from app.extraction.mentions import Mention, MentionKind
from app.extraction.morphology import (
    CASES,
    GIVEN,
    GUESSED,
    KNOWN,
    LIKELY,
    NOMINATIVE,
    VOWELS,
    Form,
    Morphology,
    capitalized_like,
    morphology_named,
)

NEAR = 48
"""Characters looked at on either side of a mention: bounds the work on hostile text."""
LONGEST_NAME = 6
LAST_WORD = re.compile(r"([^\W_]+(?:-[^\W_]+)*)[\s«„“\"]*$")
FIRST_WORD = re.compile(r"\s+([^\W_]+(?:-[^\W_]+)*)")
OBLIQUE = frozenset(CASES) - {NOMINATIVE}


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a whole name: every word of it in this case and gender."""

    nominative: tuple[str, ...]
    case: str
    gender: str
    trust: int


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a name says of its case and gender; None and empty where it says nothing."""

    cases: frozenset[str] | None = None
    gender: str = ""

    def allows(self, reading: Reading) -> bool:
        fits = self.cases is None or reading.case in self.cases
        return fits and (not self.gender or reading.case != NOMINATIVE or reading.gender == self.gender)


class Inflection:
    """What the forms of its words tell of one text in a language that inflects names."""

    def __init__(self, language: Language, text: str, known: Morphology) -> None:
        self.language = language
        self.text = text
        self.known = known

    @classmethod
    def of(cls, language: Language, text: str) -> Inflection | None:
        """The inflection of a text; None in a language whose names stand in one form."""
        known = morphology_named(language.morphology)
        return cls(language, text, known) if known else None

    def is_genitive(self, word: str) -> bool:
        """May this word be a genitive, as what follows a noun and belongs to it is?"""
        return "gent" in self.known.noun_cases(fold(word))

    def is_oblique(self, word: str) -> bool:
        """Is this a noun in another case than the nominative, so no subject?"""
        cases = self.known.noun_cases(fold(word))
        return bool(cases) and NOMINATIVE not in cases

    def joins_nouns(self, word: str) -> bool:
        """May this word be part of a noun's phrase, not a verb or an adverb between phrases?"""
        return self.known.is_nominal(fold(word))

    def is_noun(self, word: str) -> bool:
        """Is this word a noun and nothing else?"""
        return bool(self.known.noun_cases(fold(word))) and not self.known.adjective_cases(fold(word))

    def is_place(self, word: str) -> bool:
        """Is this word a country or a town?"""
        return self.known.is_place(fold(word))

    def is_adjective(self, word: str) -> bool:
        """May this word stand before a noun as its adjective?"""
        return bool(self.known.adjective_cases(fold(word)))

    def qualifies(self, word: str, noun: str) -> bool:
        """May this word be an adjective of that noun (`Российский президент`)?"""
        cases = self.known.adjective_cases(fold(word))
        return bool(cases) and not cases.isdisjoint(self.known.noun_cases(fold(noun)))

    def is_given(self, word: str) -> bool:
        """May this be a given name or a patronymic?"""
        return any(form.trust == GIVEN for form in self.known.name_forms(fold(word)))

    def foreign_start(self, words: Sequence[str]) -> int:
        """How many words before a given name are no part of the name (`(в) Белоруссии | Павел Грицевич`)."""
        for start in range(1, min(len(words) - 1, LONGEST_NAME)):
            if (
                self.is_given(words[start])
                and self.readings(words[start:])
                and self._stands_apart(words[:start], words[start:])
            ):
                return start
        return 0

    def _stands_apart(self, before: Sequence[str], name: Sequence[str]) -> bool:
        """Are the words before a given name no surname: an acronym, a thing in the genitive, another case?"""
        acronym = len(before[-1]) > 1 and before[-1].isupper()
        return acronym or self._belongs_before(before[-1], name) or not self.readings([*before, *name])

    def _belongs_before(self, word: str, name: Sequence[str]) -> bool:
        """Is this a thing in the genitive (`депутат Госдумы | Ольга Котова`), no surname (`Сороки Юрия Львовича`)?

        A surname stands before a given name and patronymic in their case; where another surname follows it is none.
        """
        agrees = any(reading.case == "gent" for reading in self.readings(name))
        return self.known.is_belonging(fold(word)) and not (agrees and self.is_given(name[-1]))

    def holder_start(self, words: Sequence[str]) -> int:
        """How many words behind an office tell what it belongs to (`(президент) Франции | Лакруа`): perhaps all."""
        start = 0
        while start < len(words) and (length := self._owner_length(words[start:])):
            start += length
        return start

    def _owner_length(self, words: Sequence[str]) -> int:
        """How many of these words are one body or place, perhaps with its adjective (`Южной Кореи`); 0 for a name.

        The acronym of an agency takes a word behind it (`РИА Новости`).
        """
        if len(words) > 1 and words[0].isupper() and fold(words[0]) in self.language.agencies:
            return 2
        if self._is_owner(words[0]) or (len(words) > 1 and self._is_owner_of(words[0], words[1:])):
            return 1
        adjective = len(words) > 1 and self.is_adjective(words[0]) and self.known.is_belonging(fold(words[1]))
        return 2 if adjective and self.is_genitive(words[0]) and not self.is_given(words[1]) else 0

    def _is_owner_of(self, word: str, name: Sequence[str]) -> bool:
        """Does the office before this word and the name behind it belong to what or whom the word names?

        A foreign word before a name (`Apple | Тим Кук`), a thing in the genitive, a man in the genitive before the
        whole name of somebody else (`Белкина | Ирина Сойкина`).
        """
        if word.isascii() and not name[-1].isascii():
            return True
        whole = len(name) > 1 and self.is_given(name[0]) and not self.is_given(name[-1])
        forms = self.known.name_forms(fold(word)) if whole else ()
        man = any(form.case == "gent" and form.gender == "m" and form.trust in {LIKELY, KNOWN} for form in forms)
        return man or self._belongs_before(word, name)

    def _is_owner(self, word: str) -> bool:
        """Is this a body or a place whatever follows? A surname in capitals (`ЛОСЕВ`) is none."""
        folded = fold(word)
        acronym = len(word) > 1 and word.isalpha() and word.isupper()
        if acronym:
            return all(form.trust <= GUESSED for form in self.known.name_forms(folded))
        return folded in self.language.organizations or self.is_place(word)

    def is_complement(self, head: str, name: Sequence[str]) -> bool:
        """Does the name belong to the noun before it as its genitive (`адвокат Ивана Петрова`), not name its holder?"""
        readings = {reading.case for reading in self.readings(name)}
        word = fold(head)
        return "gent" in readings and bool(self.known.noun_cases(word)) and self._holds_none(word, readings)

    def _holds_none(self, office: str, cases: set[str]) -> bool:
        return self.known.holder_cases(office).isdisjoint(cases)

    def readings(self, words: Sequence[str]) -> list[Reading]:
        """All ways to read these words as one name."""
        if len(words) > LONGEST_NAME:
            return []
        forms = [self._forms(word) for word in words]
        forms[:-1] = [of and [*of, *_unchanged(word, of)] for word, of in zip(words[:-1], forms, strict=False)]
        found = (self._reading(words, forms, case, gender) for case in CASES for gender in "mf")
        return [reading for reading in found if reading]

    def _forms(self, word: str) -> Sequence[Form] | None:
        """The forms of a word; None for one that has no forms: an initial, an acronym, a particle."""
        bare = word.rstrip(".")
        led = LED_NAME.match(bare)
        capital = bare[led.end() if led else 0 :][:1]
        if len(bare) < 2 or bare.isupper() or not capital.isupper() or "." in bare:
            return None
        return self.known.name_forms(fold(bare))

    def _reading(
        self, words: Sequence[str], forms: Sequence[Sequence[Form] | None], case: str, gender: str
    ) -> Reading | None:
        nominatives, trust = [], 0
        for word, of_word in zip(words, forms, strict=True):
            fitting = [f for f in of_word or () if f.case == case and f.gender == gender]
            if of_word is not None and not fitting:
                return None
            best = max(fitting, key=lambda form: form.trust, default=None)
            unchanged = best is None or fold(word) == best.nominative
            nominatives.append(word if unchanged else capitalized_like(word, best.nominative))
            trust += best.trust if best else 0
        return Reading(tuple(nominatives), case, gender, trust)

    def settle(self, mentions: Iterable[Mention]) -> None:
        """Put every name into the nominative, fuller names first, and tell the gender that forms and verbs show."""
        mentions = list(mentions)
        persons = [mention for mention in mentions if mention.name and mention.kind is MentionKind.NAME]
        full = [mention for mention in persons if " " in (mention.name or "")]
        written = {_key(mention.name or "") for mention in full if self._may_be_nominative(mention)}
        for mention in full:
            self._settle_name(mention, written)
        words = {word for mention in full for word in _edges(_key(mention.name or ""))}
        single = [mention for mention in persons if mention not in set(full)]
        for mention in single:
            self._settle_name(mention, {(word,) for word in words})
        for mention in mentions:
            if mention.kind is not MentionKind.NAME:
                self._settle_phrase(mention)

    def _settle_name(self, mention: Mention, known: set[tuple[str, ...]]) -> None:
        words = (mention.name or "").split()
        context = self._context(mention)
        readings = self.readings(words)
        if self._is_somebody_elses(mention, readings, known):
            mention.kind, mention.name = MentionKind.ROLE, None
            return
        chosen = self._chosen(words, readings, context, known)
        if chosen:
            mention.name = " ".join(chosen[0].nominative)
        genders = {reading.gender for reading in chosen}
        verb = context.gender if not readings or context.gender in genders else ""
        told = genders.pop() if len(genders) == 1 and chosen[0].trust > GUESSED else ""
        mention.gender = mention.gender or verb or told

    def _chosen(
        self, words: Sequence[str], readings: Sequence[Reading], context: Context, known: set[tuple[str, ...]]
    ) -> list[Reading]:
        """The readings that the name is taken in, which share one nominative; none where nothing can be told."""
        fitting = [reading for reading in readings if context.allows(reading)]
        as_is = [reading for reading in fitting if reading.case == NOMINATIVE]
        forced = context.cases == {NOMINATIVE} and as_is
        elsewhere = [r for r in fitting if r.case != NOMINATIVE and _key(" ".join(r.nominative)) in known]
        if as_is and (forced or not elsewhere or (len(words) == 1 and _key(words[0]) in known)):
            return _most_trusted(as_is)
        if elsewhere:
            return _of_one_nominative(elsewhere)
        best = _of_one_nominative(_most_trusted(fitting))
        sure = best and (len(words) > 1 or context.cases or best[0].trust >= KNOWN)
        return best if sure else []

    def _is_somebody_elses(self, mention: Mention, readings: Sequence[Reading], known: set[tuple[str, ...]]) -> bool:
        """`жена Лаптева`, where the article knows a Лаптев and no Лаптева: the genitive of another's name."""
        head = next(iter(self._heads_before(mention)), None)
        if head is None or " " in (mention.name or "") or _key(mention.name or "") in known:
            return False
        if self.known.noun_cases(head) != {NOMINATIVE}:
            return False
        return any(r.case == "gent" and _key(" ".join(r.nominative)) in known for r in readings)

    def _heads_before(self, mention: Mention) -> Iterator[str]:
        """The offices of the phrase before the name, in reading order."""
        before = mention.phrase[: -len(mention.name or "") or None].split()
        return (word for word in map(fold, before) if word in self.language.roles)

    def _context(self, mention: Mention) -> Context:
        """Case and gender by the office before the name and by the preposition or verb before the phrase."""
        head = next(self._heads_before(mention), None)
        of_head = self.known.holder_cases(head) if head else frozenset()
        before, behind = self._beside(mention)
        governed = self.language.governs.get(before)
        if governed:
            return Context(governed & of_head or governed)
        gender = self._verb_gender(before, behind)
        if gender:
            return Context(frozenset([NOMINATIVE]) if self._has_nominative(mention, gender) else None, gender)
        return Context(of_head or None)

    def _may_be_nominative(self, mention: Mention) -> bool:
        cases = self._context(mention).cases
        return cases is None or NOMINATIVE in cases

    def _has_nominative(self, mention: Mention, gender: str) -> bool:
        readings = self.readings((mention.name or "").split())
        return any(reading.case == NOMINATIVE and reading.gender == gender for reading in readings)

    def _beside(self, mention: Mention) -> tuple[str, str]:
        """The words straight before and behind a mention, folded; empty where a mark stands between."""
        before = LAST_WORD.search(self.text[max(0, mention.span.start - NEAR) : mention.span.start])
        behind = FIRST_WORD.match(self.text[mention.span.end : mention.span.end + NEAR])
        return (fold(before[1]) if before else "", fold(behind[1]) if behind else "")

    def _verb_gender(self, before: str, behind: str) -> str:
        """The gender by a verb of saying before a mention, or by any verb behind one that opens its clause."""
        if before in self.language.cues:
            return self.known.verb_gender(before)
        opens = not before or before in self.language.openers or before in self.language.between
        return self.known.verb_gender(behind) if opens and behind else ""

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
        if self._beside(mention)[0] in self.language.cues and not self.is_oblique(words[head]):
            return  # the subject: `сообщили власти`
        mention.base = " ".join(self.known.phrase(words, head))
        if mention.name:
            skipped = len(words) - len(mention.name.split())
            mention.name = " ".join(mention.base.split()[skipped:])


def _unchanged(word: str, forms: Sequence[Form]) -> Iterator[Form]:
    """A family name of one syllable that goes first stands in one form (`Ван Вэньбиня`)."""
    if sum(letter in VOWELS for letter in fold(word)) == 1:
        trust = min(KNOWN, max(form.trust for form in forms))
        yield from (Form(fold(word), case, gender, trust) for case in CASES for gender in "mf")


def _key(name: str) -> tuple[str, ...]:
    return tuple(fold(word).replace("ё", "е").strip(".") for word in name.split())


def _edges(words: tuple[str, ...]) -> tuple[str, ...]:
    return (words[0], words[-1])


def _most_trusted(readings: Sequence[Reading]) -> list[Reading]:
    most = max((reading.trust for reading in readings), default=0)
    return [reading for reading in readings if reading.trust == most]


def _of_one_nominative(readings: Sequence[Reading]) -> list[Reading]:
    """These readings where they agree on the nominative; none where they do not."""
    return list(readings) if len({reading.nominative for reading in readings}) == 1 else []
