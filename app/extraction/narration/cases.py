"""Whom a case tells to be no subject: by the determiner (`den Minister`), by the form of a name (`Ивану Котову`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.extraction.languages import Language, fold
from app.extraction.linguistics import Token
from app.extraction.mentions.descriptions import Describer
from app.extraction.mentions.mention import Mention, MentionKind
from app.extraction.mentions.wording import Wording
from app.extraction.morphology import NOMINATIVE
from app.extraction.names.given_names import gender_of
from app.extraction.narration.blocks import Item, spelled

SUBJECT_ROLE = re.compile("(?<![p])(?P<before>R)?a*(?P<verb>C)(?(before)|w?(?P<behind>R))")
"""A role as the subject of its verb, straight before it or behind it."""


@dataclass(slots=True)
class Cases:
    """Tells what the cases of the mentions of one text tell."""

    text: str
    wording: Wording
    language: Language = field(init=False)
    describer: Describer = field(init=False)

    def __post_init__(self) -> None:
        self.language = self.wording.language
        self.describer = Describer(self.wording)

    def is_oblique(self, words: Sequence[Token], mention: Mention, before: Mention | None) -> bool:
        """Does its determiner tell that a mention is no subject, with no preposition before it?"""
        first, last = mention.first_token, mention.last_token
        if self._belongs(words, mention, before) or self._is_led(mention):
            return True
        told = fold(words[first].text) in self.language.oblique or self._may_be_dative(words, mention, before)
        led = bool(first) and self._leads(words[first - 1])
        follows = last < len(words) and fold(words[last].text) in self.language.afterthoughts
        return told and not led and not follows

    def _is_led(self, mention: Mention) -> bool:
        """Is its article the preposition, before a plural or a man's name (`disse a jornalistas`, `disse a Rui`)?"""
        first, _, rest = fold(mention.phrase).partition(" ")
        if first not in self.language.ambiguous or not rest:
            return False
        if mention.kind is MentionKind.NAME:
            return not mention.description.heads and self._is_man((mention.name or rest).split())
        return mention.kind is MentionKind.GROUP and rest.split()[0].endswith("s")

    def _is_man(self, name: Sequence[str]) -> bool:
        """Is this a man's name by the given one, or by the text's only bearers of the surname (`disse a Prado`)?"""
        return gender_of(name[0]) == "m" or (len(name) == 1 and fold(name[0]) in self.wording.men)

    def is_owner(self, words: Sequence[Token], mention: Mention, role: Mention, between: Sequence[Item]) -> bool:
        """Does a role belong to the person behind it (`der Anwalt von Ida Kern`, `der Anwalt des Bäckers`)?"""
        if role.kind is not MentionKind.ROLE or not _is_person(mention):
            return False
        if not between:
            return self._belongs(words, mention, role)
        return len(between) == 1 and fold(between[0].span.of(self.text)) in self.language.owners

    def _belongs(self, words: Sequence[Token], mention: Mention, before: Mention | None) -> bool:
        """Is this the genitive of a role straight before it? Of a thing's owner it is not asked: that one may speak."""
        first = mention.first_token
        if not before or before.kind is not MentionKind.ROLE or before.last_token != first:
            return False
        is_genitive = fold(words[first].text) in self.language.genitives or self._is_woman(words, mention)
        return is_genitive and not words[first - 1].ends_sentence

    def _may_be_dative(self, words: Sequence[Token], mention: Mention, before: Mention | None) -> bool:
        """Does `der` lead a woman who belongs to no noun before it?"""
        first = mention.first_token
        previous = words[first - 1] if first and not words[first - 1].ends_sentence else None
        behind_noun = bool(previous) and (previous.is_capitalized or bool(before and before.last_token == first))
        return not behind_noun and self._is_woman(words, mention)

    def _is_woman(self, words: Sequence[Token], mention: Mention) -> bool:
        """Does a determiner of a man's nominative lead a noun for a woman (`der Ministerin`)?"""
        first, language = mention.first_token, self.language
        if not language.determiners_inflect or language.genders.get(fold(words[first].text)) != "m":
            return False
        return (
            self.describer.gender_of([self.wording.noun(word) for word in words[first + 1 : mention.last_token]]) == "f"
        )

    def _leads(self, word: Token) -> bool:
        """Does this word lead to whom it names, as a preposition or a source does?"""
        sources = (phrase[-1] for phrase in self.language.sources)
        return fold(word.text) in self.language.prepositions or fold(word.text) in sources

    def is_addressed(self, verb: Item, mention: Mention) -> bool:
        """Are these, by the case, people told of it, who stand straight behind a verb (`заверил журналистов`)?

        Behind a verb that governs whom it quotes (`цитирует министра`) they are its source.
        """
        if verb.letter != "C" or fold(verb.span.of(self.text)) in self.language.governs:
            return False
        inflection, first = self.wording.inflection, fold(mention.phrase.split()[0])
        is_noun = mention.kind in {MentionKind.GROUP, MentionKind.ROLE} and first in self.language.lemmas
        return bool(inflection) and is_noun and inflection.is_oblique(first)

    def with_told(self, items: Sequence[Item]) -> list[Item]:
        """The items, nobody whom the case tells to be a verb's object (`Орлову сказали`) standing as its subject.

        Nor a noun for a person that opens its sentence (`Судью ругать не стал`). A verb with no subject behind it,
        either, is as a passive.
        """
        written = list(items)
        before: int | None = None
        for place, item in enumerate(items):
            if item.letter == "C" and before is not None:
                has_subject = place + 1 < len(items) and items[place + 1].mention is not None
                if has_subject:
                    written[before] = replace(items[before], letter="w")
                elif self._is_impersonal(item):
                    written[place] = replace(item, letter="V")
            if item.letter != "a":
                before = place if item.mention and self._is_object_here(items, place) else None
            if before == place and item.letter == "R" and (not place or items[place - 1].letter in ".?"):
                written[place] = replace(item, letter="w")
        return written

    def learn_genders(self, items: Sequence[Item]) -> None:
        """Take from a verb in a woman's form that a man's noun for an office speaks of a woman (`сказала лидер`)."""
        for match in SUBJECT_ROLE.finditer(spelled(items)):
            role = items[match.start("before") if match["before"] else match.start("behind")].mention
            verb = items[match.start("verb")].span.of(self.text)
            if role and self.wording.inflection and self.wording.inflection.verb_gender(verb) == "f":
                role.gender = "f"

    def _is_object_here(self, items: Sequence[Item], place: int) -> bool:
        """Does its case tell of a mention that it is no subject? `Слова министра` are his all the same."""
        mention = items[place].mention
        if mention is None or not self._is_oblique_name(mention):
            return False
        led_back = place and items[place - 1].letter == "b"
        return not (led_back and self.wording.inflection.is_genitive(mention.phrase.split()[0]))

    def _is_impersonal(self, item: Item) -> bool:
        return item.letter == "C" and item.span.of(self.text).lower().endswith(self.language.impersonal_endings)

    def _is_oblique_name(self, mention: Mention) -> bool:
        """Does the case of a person's name or role tell that it is no subject?"""
        inflection = self.wording.inflection
        if mention.name:
            cases = inflection.name_cases(mention.name.split())
            return bool(cases) and NOMINATIVE not in cases
        is_person = mention.kind in {MentionKind.ROLE, MentionKind.GROUP}
        return is_person and inflection.is_oblique(mention.phrase.split()[0])


def _is_person(mention: Mention) -> bool:
    """Is this a person's role or name, not a place's?"""
    if mention.kind is not MentionKind.NAME:
        return mention.kind is MentionKind.ROLE
    return bool(mention.description.heads or gender_of((mention.name or mention.phrase).split()[0]))
