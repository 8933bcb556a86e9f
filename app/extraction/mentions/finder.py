"""Finds names, roles, pronouns, documents and groups among the words of a text.

A run is a stretch of plain words (no mark, preposition, verb of saying or other small word inside). Its head noun and
the capitalized words behind it tell what it is: `the Russian Defense Minister Sergei Shoigu` is a name with a
description, `the Russian Defense Minister` a role, `the joint statement` a document.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.extraction.languages import fold
from app.extraction.linguistics import Token
from app.extraction.mentions.complements import Complements
from app.extraction.mentions.head_nouns import HeadFinder
from app.extraction.mentions.maker import MentionMaker
from app.extraction.mentions.mention import Mention, MentionKind
from app.extraction.mentions.word_runs import LONGEST_RUN, WordRuns
from app.extraction.mentions.wording import Wording
from app.extraction.names.finder import NameFinder
from app.extraction.names.given_names import gender_of

MOST_ADJECTIVES = 2
"""Adjectives between a possessive and its noun."""


class MentionFinder:
    """Finds the mentions among the tokens of one stretch of text that no quotation interrupts."""

    def __init__(self, text: str, wording: Wording) -> None:
        self.wording = wording
        self.language = wording.language
        self.head_finder = HeadFinder(wording)
        self.name_finder = NameFinder(wording)
        self.runs = WordRuns(wording, self.name_finder)
        self.complements = Complements(wording)
        self.maker = MentionMaker(text, wording)

    def find(self, tokens: Sequence[Token]) -> list[Mention]:
        """The mentions of these tokens in reading order; `first_token` and `last_token` are indices into them."""
        found: list[Mention] = []
        position = 0
        while position < len(tokens):
            mention, position = self._next(tokens, position)
            if mention and found and self._completes(tokens, found[-1], mention):
                mention = self.maker.merged(found.pop(), mention, tokens)
            if mention:
                found.append(mention)
        return found

    def _completes(self, tokens: Sequence[Token], role: Mention, name: Mention) -> bool:
        """Does the name end the phrase that the role opened (`il ministro della Difesa russo Sergei Shoigu`)?"""
        behind = role.last_token
        if role.kind is not MentionKind.ROLE or tokens[behind - 1].ends_sentence:
            return False
        if behind == name.first_token:
            return self._ends_complement(tokens, role, name)
        if behind + 1 != name.first_token or fold(tokens[behind].text) not in self.language.prepositions:
            return False
        return self._is_described(name) or self._without_portfolio(name)

    def _is_described(self, name: Mention) -> bool:
        """Do words before the name describe it, and no office, which is another person's?

        Adjectives in small letters tell whose the role is (`the widow of the late Bo Roth`).
        """
        told = name.description
        described = name.kind is MentionKind.NAME and bool(told.words) and not told.heads
        if self.language.postmodifies:
            return described and " " in (name.name or "")
        return described and bool(told.proper or told.words & self.language.organizations)

    def _ends_complement(self, tokens: Sequence[Token], role: Mention, name: Mention) -> bool:
        """Does a name stand straight behind a role with a complement (`l'assessora al Bilancio Anna Neri`)?"""
        words = (fold(token.text) for token in tokens[role.first_token : role.last_token])
        return name.kind is MentionKind.NAME and not self.language.complements.isdisjoint(words)

    def _without_portfolio(self, name: Mention) -> bool:
        """Take the ministry off the front of a name (`Secretary of | State John Kerry`), if one stands there."""
        words = (name.name or "").split()
        led = fold(name.phrase.partition(" ")[0]) in self.language.determiners
        length = self._portfolio_length(words, led)
        if not length:
            return False
        name.name, name.kind = " ".join(words[length:]), MentionKind.NAME
        name.name_token += length
        return True

    def _portfolio_length(self, words: Sequence[str], led: bool) -> int:
        """How many words before a whole name tell a ministry: a listed noun, or all before a known given name.

        Behind a determiner, or before a small word, the noun begins the name of a body (`for the Ministry of Works`).
        """
        if len(words) > 2 and fold(words[0]) in self.language.organizations and not led and words[1][0].isupper():
            return 1
        return next((i for i, word in enumerate(words[:-1]) if gender_of(word)), 0)

    def _next(self, tokens: Sequence[Token], position: int) -> tuple[Mention | None, int]:
        word = fold(tokens[position].text)
        if word in self.language.datives and self._is_dative(tokens, position):
            return None, position + 1
        if word in self.language.objects and self._is_quoted(tokens, position):
            return self.maker.pronoun(tokens, position, self.language.objects[word]), position + 1
        if word in self.language.pronouns:
            if word in self.language.possessives and self._possesses(tokens, position + 1):
                return self._owned(tokens, position)
            return self.maker.pronoun(tokens, position, self.language.pronouns[word]), position + 1
        if not self.runs.opens(tokens, position):
            return None, position + 1
        end = self.runs.end(tokens, position)
        return self._read_run(tokens, position, end)

    def _owned(self, tokens: Sequence[Token], owner: int) -> tuple[Mention | None, int]:
        """The role behind a possessive that `_possesses` it."""
        role, end = self._next(tokens, owner + 1)
        while role is None and end < min(len(tokens), owner + 2 + MOST_ADJECTIVES):
            role, end = self._next(tokens, end)
        return role and self.maker.owned(tokens, owner, role), end

    def _possesses(self, tokens: Sequence[Token], position: int) -> bool:
        """Does a noun for somebody open the next words, perhaps behind adjectives (`её бывший лидер`)?"""
        if position == len(tokens) or not self.wording.is_plain(tokens, position):
            return False
        end = self.runs.end(tokens, position)
        inflection = self.wording.inflection
        for token in tokens[position : min(end, position + MOST_ADJECTIVES + 1)]:
            if fold(token.text) in self.wording.heads:
                return True
            if inflection and not inflection.is_adjective(token.text):
                return False
        return False

    def _is_dative(self, tokens: Sequence[Token], position: int) -> bool:
        """Is this the object of the verb behind it (`lui a répondu`), not the subject (`Lui préfère`)?"""
        language, following = self.language, position + 1
        if following == len(tokens) or tokens[position].is_capitalized:
            return False
        word, before = fold(tokens[following].text), fold(tokens[position - 1].text) if position else ""
        return (word in language.between or word in language.cues) and before not in language.prepositions

    def _is_quoted(self, tokens: Sequence[Token], position: int) -> bool:
        """Does another quote whom this word means (`zitierte ihn`, `quoted her as saying`)?"""
        if position and fold(tokens[position - 1].text) in self.language.quoting:
            return True
        words = tuple(fold(token.text) for token in tokens[position + 1 : position + 1 + LONGEST_RUN])
        return any(words[: len(phrase)] == phrase for phrase in self.language.quoted)

    def _read_run(self, tokens: Sequence[Token], start: int, end: int) -> tuple[Mention | None, int]:
        start = self.runs.phrase_start(tokens, start, end)
        end = self.runs.phrase_end(tokens, start, end)
        head = self.head_finder.find(tokens, start, end)
        if head is None:
            return self._read_headless(tokens, start, end)
        start = self.runs.agreeing_start(tokens, start, head)
        name = None if self.complements.follows(tokens, head, end) else self._name(tokens, start, end, head)
        if name and self._is_complement(tokens, head, name):
            mention = self.maker.headed(tokens, start, head, name[1])
            mention.owner = self.maker.named(tokens, name[0], *name)
            return mention, name[1]
        agency = name or self._body(tokens, head + 1, end)
        if agency and self._is_cited_by(tokens, start, head, agency[0]):
            return self.maker.headed(tokens, start, head, agency[0]), agency[1]
        if name:
            return self.maker.named(tokens, start, *name), name[1]
        last = self.complements.end(tokens, head, end)
        return self.maker.headed(tokens, start, head, last), last

    def _read_headless(self, tokens: Sequence[Token], start: int, end: int) -> tuple[Mention | None, int]:
        """Read a run without a listed noun: a name or a phrase that may still be a person's."""
        led = self.wording.is_determiner(tokens[start])
        name = self._name(tokens, start, end, None)
        if name and (not led or name[1] == end):
            shortened = self.wording.inflection and not led
            return self.maker.named(tokens, name[0] if shortened else start, *name), name[1]
        if led and end - start > 1 and not self.wording.is_object(tokens, start):
            return self.maker.other(tokens, start, end), end
        return None, max(end, start + 1)

    def _name(self, tokens: Sequence[Token], start: int, end: int, head: int | None) -> tuple[int, int] | None:
        name = self.name_finder.find(tokens, start, end, head)
        return None if name and self.name_finder.is_none(tokens, name, head) else name

    def _is_complement(self, tokens: Sequence[Token], head: int, name: tuple[int, int]) -> bool:
        words, inflection = [token.text for token in tokens[slice(*name)]], self.wording.inflection
        before = fold(tokens[head - 1].text) if head else ""
        return bool(inflection and inflection.is_complement(tokens[head].text, words, before))

    def _body(self, tokens: Sequence[Token], start: int, end: int) -> tuple[int, int] | None:
        """The place of a body among these words and what follows it; None where none is there."""
        first = next((i for i in range(start, end) if self.name_finder.is_body(tokens, i)), None)
        return None if first is None else (first, end)

    def _is_cited_by(self, tokens: Sequence[Token], start: int, head: int, agency: int) -> bool:
        """Is the noun a verb's object, and an agency behind it the subject (`цитирует министра | РИА Новости`)?"""
        verb = tokens[start - 1] if start else None
        if not verb or verb.ends_sentence or fold(verb.text) not in self.language.cues:
            return False
        inflection = self.wording.inflection
        return self.name_finder.is_body(tokens, agency) and inflection.is_oblique(tokens[head].text)
