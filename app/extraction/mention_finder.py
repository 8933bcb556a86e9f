"""Finds names, roles, pronouns, documents and groups among the words of a text.

A run is a stretch of plain words (no mark, preposition, verb of saying or other small word inside). Its last head noun
and the capitalized words behind it tell what it is: `the Russian Defense Minister Sergei Shoigu` is a name with a
description, `the Russian Defense Minister` a role, `the joint statement` a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from app.extraction.document import Span
from app.extraction.given_names import gender_of
from app.extraction.inflection import Inflection
from app.extraction.languages import Language, fold
from app.extraction.linguistics import Token
from app.extraction.mentions import Description, Mention, MentionKind

LONGEST_RUN = 14
LONGEST_NAME = 6
MOST_ADJECTIVES = 2
"""Adjectives between a possessive and its noun."""
MOST_PREPOSED = 4
POSSESSIVE = frozenset({"'s", "'"})
YEARS = re.compile(r"(?P<years>\d{1,3})[-‐‑](?P<unit>[^\W\d].*)")
OLDEST = 120
SHORTEST_TRADE = 6
"""Letters of a noun for a trade that stands before a name: a given name that no list holds is shorter, mostly."""
SHORTEST_WORD = 3


@dataclass(slots=True)
class MentionFinder:
    """Finds the mentions among the tokens of one stretch of text that no quotation interrupts."""

    language: Language
    text: str
    names: frozenset[str] = frozenset()
    """Folded words that the text writes with a capital within a sentence: such a word is a name at its start, too."""
    bearers: frozenset[str] = frozenset()
    """Folded words that end a name of several words: such a word is a name wherever it stands."""
    surnames: frozenset[str] = frozenset()
    """Folded words that stand behind a known given name: such a word with a capital is no office."""
    inflection: Inflection | None = None
    """What the forms of words tell, in a language that inflects names."""
    heads: frozenset[str] = field(init=False)
    """Nouns that a phrase may be built around; put together once, for the lists are long."""
    known: frozenset[str] = field(init=False)
    """Those, titles and the small words of names: none of them is a name by itself, also with a capital."""

    def __post_init__(self) -> None:
        language = self.language
        self.heads = language.roles | language.documents | language.groups | language.organizations
        self.known = language.nouns | language.particles | POSSESSIVE

    def find(self, tokens: Sequence[Token]) -> list[Mention]:
        """The mentions of these tokens in reading order; `first_token` and `last_token` are indices into them."""
        found: list[Mention] = []
        position = 0
        while position < len(tokens):
            mention, position = self._next(tokens, position)
            if mention and found and self._completes(tokens, found[-1], mention):
                mention = _merged(found.pop(), mention, self.text)
            if mention:
                found.append(mention)
        return found

    def _completes(self, tokens: Sequence[Token], role: Mention, name: Mention) -> bool:
        """Does the name end the phrase that the role opened (`il ministro della Difesa russo Sergei Shoigu`)?"""
        behind = role.last_token
        if role.kind is not MentionKind.ROLE or behind + 1 != name.first_token:
            return False
        if fold(tokens[behind].text) not in self.language.prepositions:
            return False
        described = name.kind is MentionKind.NAME and bool(name.description.words)
        if described and self.language.complements:  # `l'avocat du ministre Jean Roux`: an office of its own
            described = not name.description.heads and " " in (name.name or "")
        return described or self._without_portfolio(name)

    def _without_portfolio(self, name: Mention) -> bool:
        """Take the ministry off the front of a name (`Secretary of | State John Kerry`), if one stands there."""
        first, _, rest = (name.name or "").partition(" ")
        if " " not in rest or fold(first) not in self.language.organizations:
            return False
        name.name, name.kind = rest, MentionKind.NAME
        return True

    def _next(self, tokens: Sequence[Token], position: int) -> tuple[Mention | None, int]:
        token = tokens[position]
        word = fold(token.text)
        if word in self.language.datives and self._is_dative(tokens, position):
            return None, position + 1
        if word in self.language.pronouns:
            if word in self.language.possessives and self._possesses(tokens, position + 1):
                return None, position + 1
            return self._pronoun(tokens, position, word), position + 1
        if not self._opens_run(tokens, position):
            return None, position + 1
        end = self._run_end(tokens, position)
        return self._read_run(tokens, position, end)

    def _possesses(self, tokens: Sequence[Token], position: int) -> bool:
        """Does a noun for somebody open the next words, perhaps behind adjectives (`её бывший лидер`)?"""
        if position == len(tokens) or not self._is_plain(tokens, position):
            return False
        end = self._run_end(tokens, position)
        for token in tokens[position : min(end, position + MOST_ADJECTIVES + 1)]:
            if fold(token.text) in self.heads:
                return True
            if self.inflection and not self.inflection.is_adjective(token.text):
                return False
        return False

    def _is_dative(self, tokens: Sequence[Token], position: int) -> bool:
        """Is this the object of the verb behind it (`lui a répondu`), not the subject (`Lui préfère`)?"""
        language, following = self.language, position + 1
        if following == len(tokens) or tokens[position].is_capitalized:
            return False
        word, before = fold(tokens[following].text), fold(tokens[position - 1].text) if position else ""
        return (word in language.between or word in language.cues) and before not in language.prepositions

    def _pronoun(self, tokens: Sequence[Token], position: int, word: str) -> Mention:
        gender = self.language.pronouns[word]
        kind = MentionKind.WRITER if gender == "s" else MentionKind.PRONOUN
        return self._mention(tokens, position, position + 1, kind, gender=gender)

    def _opens_run(self, tokens: Sequence[Token], position: int) -> bool:
        word = fold(tokens[position].text)
        if word in self.language.determiners:
            return True
        return self._is_plain(tokens, position) and word not in self.language.capitalized

    def _is_plain(self, tokens: Sequence[Token], position: int) -> bool:
        token, language = tokens[position], self.language
        word = fold(token.text)
        if not token.is_word or word in POSSESSIVE:
            return False
        if word in language.prepositions or word in language.pronouns or word in language.relatives:
            return False
        if token.is_capitalized and position and not tokens[position - 1].ends_sentence:
            return True
        if self.inflection and not token.is_capitalized and not self.inflection.joins_nouns(token.text):
            return False
        return word not in language.between and word not in language.openers and word not in language.cues

    def _run_end(self, tokens: Sequence[Token], start: int) -> int:
        """The end of the run that starts here; a cue word straight behind a determiner is a noun (`the report`)."""
        end = start + 1
        while end < len(tokens) and end - start < LONGEST_RUN and self._continues(tokens, start, end):
            end += 1
        return end

    def _continues(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        previous, token = fold(tokens[end - 1].text), tokens[end]
        word = fold(token.text)
        if tokens[end - 1].ends_sentence or not (token.is_word or word in POSSESSIVE):
            return False
        if previous in self.language.determiners and word in self.language.cues and self._is_noun(tokens, end):
            return True
        if word in self.language.particles and self._in_name(tokens, start, end):
            return True
        if word in POSSESSIVE:
            return end + 1 < len(tokens) and self._is_plain(tokens, end + 1)
        if self._leads_surname(tokens, end):
            return True
        return word not in self.language.determiners and self._is_plain(tokens, end)

    def _leads_surname(self, tokens: Sequence[Token], position: int) -> bool:
        """Is this a particle with a capital within a sentence and before another capital (`dit Le Bihan`)?"""
        token, following = tokens[position], position + 1
        if not self.language.complements or not token.is_capitalized or fold(token.text) not in self.language.particles:
            return False
        inside = bool(position) and tokens[position - 1].is_word and not tokens[position - 1].ends_sentence
        return inside and following < len(tokens) and tokens[following].is_capitalized and not token.ends_sentence

    def _in_name(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        """Does a particle stand between two capitalized words, as in `Ursula von der Leyen`?"""
        particles, before, following = self.language.particles, tokens[end - 1], end + 1
        while following < len(tokens) and fold(tokens[following].text) in particles:
            following += 1
        if following == len(tokens) or not tokens[following].is_capitalized:
            return False
        if before.is_capitalized:
            # an article alone joins nothing: `said Merz the paper`
            return tokens[end].is_capitalized or not self._is_determiner(tokens[end])
        return end - 1 > start and fold(before.text) in particles

    def _is_noun(self, tokens: Sequence[Token], position: int) -> bool:
        """Is a verb of saying behind a determiner a noun? Fused articles are pronouns, too (`la definisce`)."""
        language, token = self.language, tokens[position]
        if language.clitics and not self._may_be_clitic(tokens, position - 1):
            return True
        by_capital = language.capitalizes_nouns and token.is_capitalized
        return not language.fused or by_capital or fold(token.text) in self.heads

    def _noun(self, token: Token) -> str:
        """The folded word or, of a compound, its head noun; a surname is no compound (`Hofmeister`)."""
        word = fold(token.text)
        return word if word in self.bearers or not token.is_capitalized else self.language.noun_of(word)

    def _may_be_clitic(self, tokens: Sequence[Token], position: int) -> bool:
        """May this determiner be an object pronoun? Not behind a preposition (`dans la note`)."""
        if fold(tokens[position].text) not in self.language.clitics:
            return False
        return not position or fold(tokens[position - 1].text) not in self.language.prepositions

    def _read_run(self, tokens: Sequence[Token], start: int, end: int) -> tuple[Mention | None, int]:
        start = self._phrase_start(tokens, start, end)
        end = self._phrase_end(tokens, start, end)
        head = self._head(tokens, start, end)
        if self.inflection and head is not None:
            start = self._agreeing_start(tokens, start, head)
        name = self._last_name(tokens, start if head is None else head + 1, end)
        if name and self.inflection:
            name, start = self._own_words(tokens, name, start)
        if name and head is not None and self._is_complement(tokens, head, name):
            return self._headed(tokens, start, head, name[1]), name[1]
        if name and self.language.capitalizes_nouns and self._may_be_noun(tokens, name, head):
            name = None
        if name and self._is_qualified(tokens, name) and not self._stands_alone(tokens, name):
            name = None
        if name and (head is not None or not self._is_determiner(tokens[start]) or name[1] == end):
            return self._named(tokens, start, *name)
        if head is not None:
            last = self._phrase_end_behind(tokens, head, end)
            return self._headed(tokens, start, head, last), last
        if self._is_determiner(tokens[start]) and end - start > 1 and not self._is_object(tokens, start):
            return self._other(tokens, start, end), end
        return None, max(end, start + 1)

    def _agreeing_start(self, tokens: Sequence[Token], start: int, head: int) -> int:
        """Where the words that agree with a head noun begin (`о тех неделях | доктор`)."""
        position = head
        while position > start and self.inflection.qualifies(tokens[position - 1].text, tokens[head].text):
            position -= 1
        return position

    def _own_words(self, tokens: Sequence[Token], name: tuple[int, int], start: int) -> tuple[tuple[int, int], int]:
        """The name without what its forms tell is no part of it, and where the phrase starts then."""
        first, last = name
        own = first + self.inflection.foreign_start([token.text for token in tokens[first:last]])
        return (own, last), own if start == first else start

    def _is_complement(self, tokens: Sequence[Token], head: int, name: tuple[int, int]) -> bool:
        words = [token.text for token in tokens[slice(*name)]]
        return bool(self.inflection and self.inflection.is_complement(tokens[head].text, words))

    def _genitives_end(self, tokens: Sequence[Token], head: int, end: int) -> int:
        """The end of the genitives behind a head noun (`глава областного управления`)."""
        last = head + 1
        while last < end and not tokens[last - 1].ends_sentence and self._is_genitive(tokens[last].text):
            last += 1
        return last

    def _is_genitive(self, word: str) -> bool:
        return self.inflection.is_genitive(word) or (len(word) > 1 and word.isupper())

    def _is_object(self, tokens: Sequence[Token], position: int) -> bool:
        """Is this an object pronoun, straight behind a name (`Ana la corrige`)?"""
        before = position - 1
        if before < 0 or tokens[before].ends_sentence or fold(tokens[position].text) not in self.language.clitics:
            return False
        return tokens[before].is_capitalized and fold(tokens[before].text) not in self.language.capitalized

    def _phrase_start(self, tokens: Sequence[Token], start: int, end: int) -> int:
        """Without a determiner a phrase begins at its first capital or head noun: a verb may stand before it."""
        if self._is_determiner(tokens[start]):
            return start
        heads = self.heads
        begins = (i for i in range(start, end) if tokens[i].is_capitalized or fold(tokens[i].text) in heads)
        return next(begins, start)

    def _phrase_end(self, tokens: Sequence[Token], start: int, end: int) -> int:
        """A phrase ends behind a name that no head noun follows: the next word is a verb (`Ann Lee met`)."""
        for last in range(start + 1, end):
            name, following = tokens[last - 1], tokens[last]
            is_name = name.is_capitalized and self._noun(name) not in self.known and not self._is_determiner(name)
            if is_name and not following.is_capitalized and self._leaves_phrase(name, following):
                alone = last - start == 2 and self._is_determiner(tokens[start])
                compound = last - start == 1 and self._names_office(tokens, last, end)
                return end if alone or compound else last
        return end

    def _leaves_phrase(self, name: Token, following: Token) -> bool:
        """Is the word behind a name no part of its phrase? Of inflecting languages only adjectives go before nouns."""
        if self.inflection:
            return not self.inflection.qualifies(name.text, following.text)
        return fold(following.text) not in self.known

    def _names_office(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        """Does an office in small letters and a name behind it follow (`Clinton press secretary Brian Fallon`)?"""
        pairs = pairwise(tokens[start:end])
        return any(fold(office.text) in self.language.roles and name.is_capitalized for office, name in pairs)

    def _head(self, tokens: Sequence[Token], start: int, end: int) -> int | None:
        """The head noun: the last one, but the first where adjectives follow their noun (`le parti socialiste`)."""
        if not self.language.adjective_endings:
            return self._last_head(tokens, start, end)
        return next((i for i in range(start, end) if self._leads_phrase(tokens, i, end)), None)

    def _leads_phrase(self, tokens: Sequence[Token], position: int, end: int) -> bool:
        """Is this a head noun where adjectives follow nouns, and not a name (`Berger`, `Zapatero`)?"""
        token, word = tokens[position], fold(tokens[position].text)
        if self._is_person(tokens, position):
            return True
        if self._is_office(word):
            return not token.is_capitalized or self._is_written_office(tokens, position)
        return word in self.heads and not self._precedes_capital(tokens, position, end)

    def _is_written_office(self, tokens: Sequence[Token], position: int) -> bool:
        """Is a person's noun with a capital an office (`le Président`), not a surname (`Anna Berger`)?"""
        word = fold(tokens[position].text)
        if not position or tokens[position - 1].ends_sentence:
            return word not in self.names or word in self.language.titles
        before = tokens[position - 1]
        if self._is_determiner(before) or fold(before.text) in self.language.fused | self.language.preposed:
            return True
        if before.is_capitalized and not self._is_office(fold(before.text)):
            return False
        return word in self.language.titles

    def _is_person(self, tokens: Sequence[Token], position: int) -> bool:
        """Is this, straight behind a determiner, a person by the ending or by the place (`la romancière`)?"""
        language, token, before = self.language, tokens[position], position - 1
        word = fold(token.text)
        if word not in language.demonyms:
            by_ending = bool(language.person_endings) and word.endswith(language.person_endings)
            if not by_ending or token.is_capitalized or word in language.things | self.heads:
                return False
        while before > 0 and position - before < MOST_PREPOSED and fold(tokens[before].text) in language.preposed:
            before -= 1
        return before >= 0 and self._is_determiner(tokens[before]) and not tokens[before].ends_sentence

    def _phrase_end_behind(self, tokens: Sequence[Token], head: int, end: int) -> int:
        """Where the phrase of this head noun ends."""
        if self.inflection:
            return self._genitives_end(tokens, head, end)
        return self._complements_end(tokens, head) if self.language.adjective_endings else head + 1

    def _complements_end(self, tokens: Sequence[Token], head: int) -> int:
        """The end of the phrase behind its head noun: adjectives and complements that follow it."""
        end = self._adjectives_end(tokens, head + 1)
        while end - head < LONGEST_RUN and (noun := self._complement(tokens, end)):
            end = noun
        return end

    def _adjectives_end(self, tokens: Sequence[Token], start: int) -> int:
        """The end of the adjectives and further offices that begin here (`délégué`, `premier ministre`)."""
        language, end = self.language, start
        while end < len(tokens) and end - start < LONGEST_NAME and self._qualifies(tokens, end):
            word = fold(tokens[end].text)
            if word not in language.roles and not word.endswith(language.adjective_endings):
                break
            end += 1
        return end

    def _qualifies(self, tokens: Sequence[Token], position: int) -> bool:
        """May this word belong to the noun before it: small, no mark, no word of another class?"""
        token = tokens[position]
        inside = bool(position) and not tokens[position - 1].ends_sentence
        return (
            inside and not token.is_capitalized and not self._is_determiner(token) and self._is_plain(tokens, position)
        )

    def _complement(self, tokens: Sequence[Token], start: int) -> int | None:
        """The end of a complement that begins here (`de la Santé`, `de 57 ans`), none before the name of a person."""
        language, noun = self.language, start + 1
        if (
            noun >= len(tokens)
            or tokens[start - 1].ends_sentence
            or fold(tokens[start].text) not in language.complements
        ):
            return None
        with_article, indefinite = fold(tokens[start].text) in language.fused, False
        while noun < len(tokens) - 1 and noun - start < 4 and self._leads_noun(tokens[noun]):
            with_article = with_article or self._is_determiner(tokens[noun])
            indefinite = indefinite or fold(tokens[noun].text) in language.indefinites
            noun += 1
        token = tokens[noun]
        if indefinite and fold(token.text) in language.roles:
            return None  # `le message d'une voisine, Anne Roux`: somebody whom the text names
        if not token.is_word or (not token.is_capitalized and not self._is_plain(tokens, noun)):
            return None
        if token.is_capitalized and not (with_article and fold(token.text) not in language.capitalized):
            return None
        end = self._adjectives_end(tokens, noun + 1)
        named = end < len(tokens) and tokens[end].is_capitalized and not tokens[end - 1].ends_sentence
        return None if named else end

    def _leads_noun(self, token: Token) -> bool:
        """Does this word stand before a noun in its phrase: a determiner, a number, an adjective?"""
        word = fold(token.text)
        small = not token.is_capitalized
        return small and (self._is_determiner(token) or word.isdigit() or word in self.language.preposed)

    def _last_head(self, tokens: Sequence[Token], start: int, end: int) -> int | None:
        """The last head noun; a thing's noun before a capital is part of a name (`Bill Clinton`)."""
        for position in range(end - 1, start - 1, -1):
            word = self._noun(tokens[position])
            if self._is_surname(tokens, position, start):
                continue
            if self._is_office(word) or (word in self.heads and not self._precedes_capital(tokens, position, end)):
                return self._governing(tokens, start, position)
        return None

    def _is_office(self, word: str) -> bool:
        return word in self.language.roles or word in self.language.titles

    def _is_surname(self, tokens: Sequence[Token], position: int, start: int) -> bool:
        """Is the word for an office a surname, as a given name before it tells, here or anywhere (`Petra Richter`)?"""
        token = tokens[position]
        before = tokens[position - 1] if position > start else None
        if before and token.is_capitalized and before.is_capitalized and gender_of(before.text):
            return True
        alone = not (before and self._is_determiner(before)) and not self._is_followed_by_name(tokens, position)
        return token.is_capitalized and alone and fold(token.text) in self.surnames

    def _is_followed_by_name(self, tokens: Sequence[Token], position: int) -> bool:
        following = position + 1
        within = following < len(tokens) and not tokens[position].ends_sentence
        return within and tokens[following].is_capitalized

    def _governing(self, tokens: Sequence[Token], start: int, head: int) -> int:
        """The head noun that this one belongs to as a genitive (`глава` in `глава управления`); else this one."""
        if self.inflection:
            for position in range(head - 1, start - 1, -1):
                if not self.inflection.is_genitive(tokens[head].text):
                    break
                if fold(tokens[position].text) in self.heads:
                    head = position
        return head

    def _precedes_capital(self, tokens: Sequence[Token], position: int, end: int) -> bool:
        following = position + 1
        while following < end and fold(tokens[following].text) in self.language.particles:
            following += 1
        return tokens[position].is_capitalized and following < end and tokens[following].is_capitalized

    def _last_name(self, tokens: Sequence[Token], start: int, end: int) -> tuple[int, int] | None:
        """The last stretch of capitalized words in [start, end), particles between them included."""
        best: tuple[int, int] | None = None
        position = start
        while position < end:
            if not self._may_be_name(tokens, position):
                position += 1
                continue
            last = position + 1
            while last < end and last - position < LONGEST_NAME and self._joins_name(tokens, position, last):
                last += 1
            while last - 1 > position and not tokens[last - 1].is_capitalized and tokens[last - 1].text.isalpha():
                last -= 1  # a particle that no name follows
            best = (position, last)
            position = last
        return best and (self._without_trade(tokens, *best), best[1])

    def _without_trade(self, tokens: Sequence[Token], first: int, last: int) -> int:
        """Where the name begins behind a noun with a capital that no list holds (`Juwelierin Theresia Lang`)."""
        trade = fold(tokens[first].text)
        if not self.language.capitalizes_nouns or last - first < 2 or len(trade) < SHORTEST_TRADE:
            return first
        surname_first = last - first == 2 and not trade.endswith(self.language.person_endings)
        is_name = surname_first or any(gender_of(part) for part in re.split("[-‐‑]", trade))
        return first if is_name or not gender_of(tokens[first + 1].text) else first + 1

    def _may_be_noun(self, tokens: Sequence[Token], name: tuple[int, int], head: int | None) -> bool:
        """In a language that writes nouns with a capital: a single word that nothing else shows to be a name."""
        first, last = name
        if last - first > 1 or head is not None or fold(tokens[first].text) in self.bearers:
            return False
        if first and self._is_determiner(tokens[first - 1]):
            return True
        beside = [*tokens[max(0, first - 2) : first], *tokens[last : last + 2]]
        speaks = any(fold(token.text) in self.language.cues | self.language.afterthoughts for token in beside)
        return not speaks

    def _is_qualified(self, tokens: Sequence[Token], name: tuple[int, int]) -> bool:
        """Does a small word follow that the name might qualify?"""
        last = name[1]
        if last == len(tokens) or tokens[last - 1].ends_sentence or self._is_determiner(tokens[last]):
            return False
        return self._is_plain(tokens, last)

    def _stands_alone(self, tokens: Sequence[Token], name: tuple[int, int]) -> bool:
        """Is this a name although a small word follows, not an adjective (`Western states`)?"""
        first, last = name
        return last - first > 1 or fold(tokens[first].text) in self.bearers

    def _may_be_name(self, tokens: Sequence[Token], position: int) -> bool:
        token = tokens[position]
        if not token.is_capitalized:
            return False
        if fold(token.text) in self.language.capitalized:
            return self._leads_surname(tokens, position)
        if position and not tokens[position - 1].ends_sentence:
            return True
        return fold(token.text) in self.names or self._leads_name(tokens, position)

    def _leads_name(self, tokens: Sequence[Token], position: int) -> bool:
        """Is the first word of a sentence, unknown so far, a name by what follows it?"""
        if position + 1 == len(tokens):
            return True
        following = tokens[position + 1]
        word = fold(following.text)
        return following.is_capitalized or word in self.language.cues or word in POSSESSIVE

    def _joins_name(self, tokens: Sequence[Token], start: int, position: int) -> bool:
        token = tokens[position]
        if token.is_capitalized:
            return fold(token.text) not in self.language.capitalized or self._leads_surname(tokens, position)
        return fold(token.text) in self.language.particles and self._in_name(tokens, start, position)

    def _is_determiner(self, token: Token) -> bool:
        return fold(token.text) in self.language.determiners

    def _named(self, tokens: Sequence[Token], start: int, first: int, last: int) -> tuple[Mention, int]:
        name_span = Span(tokens[first].span.start, tokens[last - 1].span.end)
        before = [self._noun(token) for token in tokens[start:first]]
        mention = self._mention(tokens, start, last, self._kind(tokens[first:last]), gender=self._gender_of(before))
        mention.name = name_span.of(self.text)
        mention.description = self._description(tokens[start:first]) | Description(age=self._age_behind(tokens, last))
        if mention.description.heads and not mention.gender:
            mention.gender = self._gender_by_determiner(before, tokens, start)
        return mention, last

    def _age_behind(self, tokens: Sequence[Token], last: int) -> str:
        """The age that stands behind a name between commas or brackets: `Ann Lee, 61, …`, `Anna Roth (61)`."""
        if last + 1 >= len(tokens) or tokens[last - 1].ends_sentence or tokens[last].text not in ",(":
            return ""
        number = tokens[last + 1].text
        closed = last + 2 == len(tokens) or tokens[last + 2].text in ",.;)" or tokens[last + 1].ends_sentence
        is_age = number.isdecimal() and len(number) <= len(str(OLDEST)) and int(number) <= OLDEST
        return number if is_age and closed else ""

    def _kind(self, name: Sequence[Token]) -> MentionKind:
        words = {fold(token.text) for token in name}
        if len(name) == 1 and name[0].text.isupper() and len(name[0].text) > 1:
            return MentionKind.ORGANIZATION  # an acronym
        return MentionKind.NAME if words.isdisjoint(self.language.organizations) else MentionKind.ORGANIZATION

    def _told_gender(self, nouns: Sequence[str], tokens: Sequence[Token], start: int) -> str:
        """What the nouns of a person's phrase tell, else the determiner that leads it."""
        return self._gender_of(nouns) or self._gender_by_determiner(nouns, tokens, start)

    def _gender_of(self, words: Sequence[str]) -> str:
        """The gender that titles tell, else nouns."""
        language = self.language
        for table in (language.titles, language.persons, language.demonyms):
            told = [table[word] for word in words if table.get(word, "u") != "u"]
            if told:
                return told[-1]
        return ""

    def _gender_by_determiner(self, nouns: Sequence[str], tokens: Sequence[Token], start: int) -> str:
        """A determiner may be fused with a preposition (`du maire`) or stand in another case behind one (`mit der`)."""
        language = self.language
        before = fold(tokens[start - 1].text) if start and not tokens[start - 1].ends_sentence else ""
        if language.determiners_inflect and before in language.prepositions:
            return ""
        word = fold(tokens[start].text)
        return language.genders.get(word) or ("" if word in language.determiners else language.genders.get(before, ""))

    def _description(self, tokens: Sequence[Token]) -> Description:
        """What these words say of a person: not the office of another in the possessive (`the mayor's aide`)."""
        language = self.language
        own = max((i + 1 for i, token in enumerate(tokens) if fold(token.text) in POSSESSIVE), default=0)
        words: dict[str, Token] = {}
        offices: list[str] = []
        for position, token in enumerate(tokens):
            word, is_office = fold(token.text), self._names_holder(tokens, position)
            if (
                len(word) < SHORTEST_WORD
                or word in language.determiners | language.prepositions
                or (is_office and position < own)
            ):
                continue
            words[word] = token
            offices += [word] if is_office else []
        if self.inflection:
            offices = offices[:1]  # what follows belongs to it: `заместитель министра`
        proper = frozenset(word for word, token in words.items() if token.is_capitalized and word not in offices)
        return Description(self._lemmas(words), self._lemmas(offices), proper, self._age(tokens))

    def _names_holder(self, tokens: Sequence[Token], position: int) -> bool:
        """Does this word name an office? A country or a party before another noun only narrows it (`Chinese envoy`)."""
        noun = self._noun(tokens[position])
        narrows = noun in self.language.epithets and position + 1 < len(tokens) and not self.language.complements
        return self._is_office(noun) and not narrows

    def _lemmas(self, words: Iterable[str]) -> frozenset[str]:
        lemmas = self.language.lemmas
        return frozenset(lemmas.get(word, word) for word in words)

    def _age(self, tokens: Sequence[Token]) -> str:
        """The years of somebody called by them: `the 61-year-old`."""
        told = (YEARS.fullmatch(fold(token.text)) for token in tokens)
        return next((match["years"] for match in told if match and match["unit"] in self.language.ages), "")

    def _headed(self, tokens: Sequence[Token], start: int, head: int, end: int) -> Mention:
        language, word = self.language, self._noun(tokens[head])
        kinds = (
            (language.documents, MentionKind.DOCUMENT),
            (language.groups, MentionKind.GROUP),
            (language.organizations, MentionKind.ORGANIZATION),
        )
        kind = next((kind for words, kind in kinds if word in words), MentionKind.ROLE)
        mention = self._mention(tokens, start, end, kind)
        mention.description = self._description(tokens[start:end])
        mention.gender = self._told_gender([word], tokens, start) if kind is MentionKind.ROLE else ""
        if kind is MentionKind.ORGANIZATION and tokens[head].is_capitalized:
            first = start + self._is_determiner(tokens[start])
            mention.name = self.text[tokens[first].span.start : tokens[end - 1].span.end]
        return mention

    def _other(self, tokens: Sequence[Token], start: int, end: int) -> Mention:
        """A phrase with no head noun that a list holds; it is a person where an age or its ending says so."""
        mention = self._mention(tokens, start, end, MentionKind.OTHER)
        mention.description = self._description(tokens[start:end])
        endings = self.language.person_endings
        by_ending = bool(endings) and tokens[end - 1].is_capitalized and fold(tokens[end - 1].text).endswith(endings)
        if mention.description.age or by_ending:
            mention.gender = self._told_gender([], tokens, start)
        return mention

    def _mention(self, tokens: Sequence[Token], start: int, end: int, kind: MentionKind, gender: str = "") -> Mention:
        span = Span(tokens[start].span.start, tokens[end - 1].span.end)
        words = [fold(token.text) for token in tokens[start:end]]
        definite = self._is_determiner(tokens[start]) or not POSSESSIVE.isdisjoint(words)
        definite = definite or not self.language.articles or self._behind_article(tokens, start)
        definite = definite and words[0] not in self.language.indefinites
        return Mention(
            span, kind, span.of(self.text), gender=gender, definite=definite, first_token=start, last_token=end
        )

    def _behind_article(self, tokens: Sequence[Token], start: int) -> bool:
        return bool(start) and fold(tokens[start - 1].text) in self.language.fused


def _merged(role: Mention, name: Mention, text: str) -> Mention:
    """The name with the role before it as its description."""
    name.span = Span(role.span.start, name.span.end)
    name.phrase = name.span.of(text)
    name.description |= role.description
    name.gender = name.gender or role.gender
    name.first_token = role.first_token
    return name
