"""Finds names, roles, pronouns, documents and groups among the words of a text.

A run is a stretch of plain words (no mark, preposition, verb of saying or other small word inside). Its head noun and
the capitalized words behind it tell what it is: `the Russian Defense Minister Sergei Shoigu` is a name with a
description, `the Russian Defense Minister` a role, `the joint statement` a document.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from app.extraction.complements import Complements
from app.extraction.descriptions import Describer
from app.extraction.document import Span
from app.extraction.given_names import gender_of
from app.extraction.head_nouns import HeadFinder
from app.extraction.languages import fold
from app.extraction.linguistics import Token
from app.extraction.mentions import Description, Mention, MentionKind
from app.extraction.name_finder import NameFinder
from app.extraction.places import is_place
from app.extraction.wording import POSSESSIVE, Wording

LONGEST_RUN = 14
MOST_ADJECTIVES = 2
"""Adjectives between a possessive and its noun."""


class MentionFinder:
    """Finds the mentions among the tokens of one stretch of text that no quotation interrupts."""

    def __init__(self, text: str, wording: Wording) -> None:
        self.text = text
        self.wording = wording
        self.language = wording.language
        self.head_finder = HeadFinder(wording)
        self.name_finder = NameFinder(wording)
        self.complements = Complements(wording)
        self.describer = Describer(wording)

    def find(self, tokens: Sequence[Token]) -> list[Mention]:
        """The mentions of these tokens in reading order; `first_token` and `last_token` are indices into them."""
        found: list[Mention] = []
        position = 0
        while position < len(tokens):
            mention, position = self._next(tokens, position)
            if mention and found and self._completes(tokens, found[-1], mention):
                mention = _merged(found.pop(), mention, self.text, tokens)
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
        """Do words before the name describe it, and no office, which is another person's?"""
        described = name.kind is MentionKind.NAME and bool(name.description.words) and not name.description.heads
        return described and (not self.language.postmodifies or " " in (name.name or ""))

    def _ends_complement(self, tokens: Sequence[Token], role: Mention, name: Mention) -> bool:
        """Does a name stand straight behind a role with a complement (`l'assessora al Bilancio Anna Neri`)?"""
        words = (fold(token.text) for token in tokens[role.first_token : role.last_token])
        return name.kind is MentionKind.NAME and not self.language.complements.isdisjoint(words)

    def _without_portfolio(self, name: Mention) -> bool:
        """Take the ministry off the front of a name (`Secretary of | State John Kerry`), if one stands there."""
        words = (name.name or "").split()
        length = self._portfolio_length(words)
        if not length:
            return False
        name.name, name.kind = " ".join(words[length:]), MentionKind.NAME
        name.name_token += length
        return True

    def _portfolio_length(self, words: Sequence[str]) -> int:
        """How many words before a whole name tell a ministry: a listed noun, or all before a known given name."""
        if len(words) > 2 and fold(words[0]) in self.language.organizations:
            return 1
        return next((i for i, word in enumerate(words[:-1]) if gender_of(word)), 0)

    def _next(self, tokens: Sequence[Token], position: int) -> tuple[Mention | None, int]:
        word = fold(tokens[position].text)
        if word in self.language.datives and self._is_dative(tokens, position):
            return None, position + 1
        if word in self.language.objects and self._is_quoted(tokens, position):
            return self._pronoun(tokens, position, self.language.objects[word]), position + 1
        if word in self.language.pronouns:
            if word in self.language.possessives and self._possesses(tokens, position + 1):
                return None, position + 1
            return self._pronoun(tokens, position, self.language.pronouns[word]), position + 1
        if not self._opens_run(tokens, position):
            return None, position + 1
        end = self._run_end(tokens, position)
        return self._read_run(tokens, position, end)

    def _possesses(self, tokens: Sequence[Token], position: int) -> bool:
        """Does a noun for somebody open the next words, perhaps behind adjectives (`её бывший лидер`)?"""
        if position == len(tokens) or not self.wording.is_plain(tokens, position):
            return False
        end = self._run_end(tokens, position)
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

    def _pronoun(self, tokens: Sequence[Token], position: int, gender: str) -> Mention:
        kind = MentionKind.WRITER if gender == "s" else MentionKind.PRONOUN
        return self._mention(tokens, position, position + 1, kind, gender=gender)

    def _opens_run(self, tokens: Sequence[Token], position: int) -> bool:
        if self.wording.is_determiner(tokens[position]):
            return True
        plain = self.wording.is_plain(tokens, position)
        return plain and (
            fold(tokens[position].text) not in self.language.capitalized or self.wording.is_given(tokens, position)
        )

    def _run_end(self, tokens: Sequence[Token], start: int) -> int:
        """The end of the run that starts here; a cue word straight behind a determiner is a noun (`the report`)."""
        end = start + 1
        while end < len(tokens) and end - start < LONGEST_RUN and self._continues(tokens, start, end):
            end += 1
        return end

    def _continues(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        previous, token = fold(tokens[end - 1].text), tokens[end]
        word, wording, language = fold(token.text), self.wording, self.language
        if tokens[end - 1].ends_sentence or not (token.is_word or word in POSSESSIVE):
            return wording.joins_names(tokens, end)
        if previous in language.determiners and language.reports(word, previous) and wording.is_noun(tokens, end):
            return True
        if word in language.particles and wording.is_in_name(tokens, start, end):
            return True
        if word in POSSESSIVE:
            return end + 1 < len(tokens) and wording.is_plain(tokens, end + 1)
        if wording.leads_surname(tokens, end):
            return True
        if self._is_agency(tokens, start, end):
            return False
        return word not in language.determiners and wording.is_plain(tokens, end)

    def _is_agency(self, tokens: Sequence[Token], start: int, position: int) -> bool:
        """Does a body of its own follow a name, whom the name speaks to or who quotes it (`сказал Котов | ТАСС`)?

        Behind a noun an acronym belongs to that, and before a given name to a noun that no list holds.
        """
        if not self.name_finder.is_body(tokens, position):
            return False
        following = tokens[position + 1].text if position + 1 < len(tokens) else ""
        has_noun = any(self.wording.noun(token) in self.wording.known for token in tokens[start:position])
        belongs = has_noun and not self._ends_whole_name(tokens, start, position)
        return not belongs and not self.wording.inflection.is_given(following)

    def _ends_whole_name(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        """Do the words before this place end with a given name and a surname (`министра Ивана Котова | РИА`)?"""
        given, surname = tokens[end - 2], tokens[end - 1]
        return end - 2 >= start and surname.is_capitalized and self.wording.inflection.is_given(given.text)

    def _read_run(self, tokens: Sequence[Token], start: int, end: int) -> tuple[Mention | None, int]:
        start = self._phrase_start(tokens, start, end)
        end = self._phrase_end(tokens, start, end)
        head = self.head_finder.find(tokens, start, end)
        if head is None:
            return self._read_headless(tokens, start, end)
        start = self._agreeing_start(tokens, start, head)
        name = None if self.complements.follows(tokens, head, end) else self._name(tokens, start, end, head)
        if name and self._is_complement(tokens, head, name):
            return self._headed(tokens, start, head, name[1]), name[1]
        agency = name or self._body(tokens, head + 1, end)
        if agency and self._is_cited_by(tokens, start, head, agency[0]):
            return self._headed(tokens, start, head, agency[0]), agency[1]
        if name:
            return self._named(tokens, start, *name), name[1]
        last = self.complements.end(tokens, head, end)
        return self._headed(tokens, start, head, last), last

    def _read_headless(self, tokens: Sequence[Token], start: int, end: int) -> tuple[Mention | None, int]:
        """Read a run without a listed noun: a name or a phrase that may still be a person's."""
        led = self.wording.is_determiner(tokens[start])
        name = self._name(tokens, start, end, None)
        if name and (not led or name[1] == end):
            shortened = self.wording.inflection and not led
            return self._named(tokens, name[0] if shortened else start, *name), name[1]
        if led and end - start > 1 and not self.wording.is_object(tokens, start):
            return self._other(tokens, start, end), end
        return None, max(end, start + 1)

    def _name(self, tokens: Sequence[Token], start: int, end: int, head: int | None) -> tuple[int, int] | None:
        name = self.name_finder.find(tokens, start, end, head)
        return None if name and self.name_finder.is_none(tokens, name, head) else name

    def _agreeing_start(self, tokens: Sequence[Token], start: int, head: int) -> int:
        """Where the words that agree with a head noun begin (`о тех неделях | доктор`)."""
        inflection = self.wording.inflection
        if not inflection:
            return start
        position = head
        while position > start and inflection.qualifies(tokens[position - 1].text, tokens[head].text):
            position -= 1
        return position

    def _is_complement(self, tokens: Sequence[Token], head: int, name: tuple[int, int]) -> bool:
        words, inflection = [token.text for token in tokens[slice(*name)]], self.wording.inflection
        return bool(inflection and inflection.is_complement(tokens[head].text, words))

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

    def _phrase_start(self, tokens: Sequence[Token], start: int, end: int) -> int:
        """Without a determiner a phrase begins at its first capital or head noun: a verb may stand before it."""
        if self.wording.is_determiner(tokens[start]):
            return start
        heads = self.wording.heads
        begins = (i for i in range(start, end) if tokens[i].is_capitalized or fold(tokens[i].text) in heads)
        return next(begins, start)

    def _phrase_end(self, tokens: Sequence[Token], start: int, end: int) -> int:
        """A phrase ends behind a name that no head noun follows: the next word is a verb (`Ann Lee met`)."""
        for last in range(start + 1, end):
            name, following = tokens[last - 1], tokens[last]
            goes_on = following.is_capitalized or self.wording.joins_names(tokens, last)
            if self._is_name(name) and not goes_on and self._leaves_phrase(name, following):
                alone = last - start == 2 and self.wording.is_determiner(tokens[start])
                compound = last - start == 1 and self._names_office(tokens, last, end)
                return end if alone or compound else last
        return end

    def _is_name(self, token: Token) -> bool:
        unknown = token.is_capitalized and self.wording.noun(token) not in self.wording.known
        return unknown and not self.wording.is_determiner(token)

    def _leaves_phrase(self, name: Token, following: Token) -> bool:
        """Is the word behind a name no part of its phrase? Of inflecting languages only adjectives go before nouns."""
        inflection, word = self.wording.inflection, fold(following.text)
        if inflection:
            return word not in self.language.particles and not inflection.qualifies(name.text, following.text)
        if self.language.postmodifies:  # `Marta Gallo guida` is no guide
            return word not in self.language.particles and word not in POSSESSIVE
        return word not in self.wording.known

    def _names_office(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        """Does an office in small letters and a name behind it follow (`Clinton press secretary Brian Fallon`)?"""
        pairs = pairwise(tokens[start:end])
        roles = self.language.roles
        return any(o.text in roles and not o.is_capitalized and name.is_capitalized for o, name in pairs)

    def _named(self, tokens: Sequence[Token], start: int, first: int, last: int) -> Mention:
        before = self._titles(tokens[start:first])
        is_body = self._is_of_body(tokens, start, first, last)
        kind = MentionKind.ORGANIZATION if is_body else self._kind_of_name(tokens[first:last])
        mention = self._mention(tokens, start, last, kind)
        mention.name = Span(tokens[first].span.start, tokens[last - 1].span.end).of(self.text)
        mention.description = self.describer.description(tokens[start:first])
        mention.name_token, mention.title = first, self._title(tokens[start:first])
        mention.description |= Description(age=self.describer.age_behind(tokens, last))
        mention.gender = self.describer.gender_of_titled(before, tokens[first:last])
        if mention.description.heads and not mention.gender:
            mention.gender = self.describer.gender_by_determiner(before, tokens, start)
        return mention

    def _titles(self, before: Sequence[Token]) -> list[str]:
        """The nouns before a name; where words inflect, those behind the office belong to it (`отец певицы`)."""
        nouns = [self.wording.noun(token) for token in before]
        if not self.wording.inflection:
            return nouns
        office = next((i for i, noun in enumerate(nouns) if self.wording.is_office(noun)), len(nouns))
        return nouns[: office + 1]

    def _title(self, before: Sequence[Token]) -> Span | None:
        """The words before a name, if they hold a noun for a person and no mere form of address (`Mr.`)."""
        nouns = {self.wording.noun(token) for token in before} - self.language.honorifics
        is_role = any(self.wording.is_office(noun) for noun in nouns)
        return Span(before[0].span.start, before[-1].span.end) if is_role else None

    def _is_of_body(self, tokens: Sequence[Token], start: int, first: int, last: int) -> bool:
        """Does the noun before a name, which is no person's, tell what bears it (`the charity Harbour Watch`)?"""
        if first == start or self.wording.noun(tokens[first - 1]) not in self.language.organizations:
            return False
        person = gender_of(tokens[first].text) or fold(tokens[last - 1].text) in self.wording.surnames
        return not person and (last - first > 1 or fold(tokens[first].text) not in self.wording.bearers)

    def _kind_of_name(self, name: Sequence[Token]) -> MentionKind:
        words = {fold(token.text) for token in name}
        if len(name) == 1 and name[0].text.isupper() and len(name[0].text) > 1:
            return MentionKind.ORGANIZATION  # an acronym
        whole = " ".join(token.text for token in name)
        bodies = self.language.organizations | self.language.agencies
        is_firm = "&" in words or not words.isdisjoint(bodies)
        is_thing = is_firm or is_place(whole, self.language.code)
        return MentionKind.ORGANIZATION if is_thing else MentionKind.NAME

    def _headed(self, tokens: Sequence[Token], start: int, head: int, end: int) -> Mention:
        """The mention of a phrase by its head noun; `end` is behind the noun's complements."""
        kind = self._kind_of_noun(self.wording.noun(tokens[head]))
        mention = self._mention(tokens, start, end, kind)
        mention.description = self.describer.description(tokens[start:end])
        if kind is MentionKind.ROLE:
            nouns = [self.wording.noun(token) for token in tokens[start : head + 1]]
            mention.gender = self.describer.gender(nouns, tokens, start)
        if kind is MentionKind.ORGANIZATION and tokens[head].is_capitalized:
            first = start + self.wording.is_determiner(tokens[start])
            mention.name = self.text[tokens[first].span.start : tokens[end - 1].span.end]
        return mention

    def _kind_of_noun(self, noun: str) -> MentionKind:
        kinds = (
            (self.language.documents, MentionKind.DOCUMENT),
            (self.language.groups, MentionKind.GROUP),
            (self.language.organizations, MentionKind.ORGANIZATION),
        )
        return next((kind for words, kind in kinds if noun in words), MentionKind.ROLE)

    def _other(self, tokens: Sequence[Token], start: int, end: int) -> Mention:
        """A phrase with no head noun that a list holds; it is a person where an age or its ending says so."""
        mention = self._mention(tokens, start, end, MentionKind.OTHER)
        mention.description = self.describer.description(tokens[start:end])
        endings = self.language.person_endings
        by_ending = bool(endings) and tokens[end - 1].is_capitalized and fold(tokens[end - 1].text).endswith(endings)
        if mention.description.age or by_ending:
            mention.gender = self.describer.gender_by_determiner([], tokens, start)
        return mention

    def _mention(self, tokens: Sequence[Token], start: int, end: int, kind: MentionKind, gender: str = "") -> Mention:
        span = Span(tokens[start].span.start, tokens[end - 1].span.end)
        definite = self._is_definite(tokens, start, end)
        return Mention(
            span, kind, span.of(self.text), gender=gender, definite=definite, first_token=start, last_token=end
        )

    def _is_definite(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        if not self.language.articles:
            return fold(tokens[start].text) not in self.language.indefinites
        words = [fold(token.text) for token in tokens[start:end]]
        behind_article = bool(start) and fold(tokens[start - 1].text) in self.language.fused
        definite = words[0] in self.language.determiners or not POSSESSIVE.isdisjoint(words) or behind_article
        return definite and words[0] not in self.language.indefinites


def _merged(role: Mention, name: Mention, text: str, tokens: Sequence[Token]) -> Mention:
    """The name with the role before it as its description."""
    name.span = Span(role.span.start, name.span.end)
    name.phrase = name.span.of(text)
    name.title = Span(role.span.start, tokens[name.name_token - 1].span.end)
    name.description |= role.description
    name.gender = name.gender or role.gender
    name.first_token = role.first_token
    return name
