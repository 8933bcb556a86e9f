"""Finds names, roles, pronouns, documents and groups among the words of a text.

A run is a stretch of plain words (no mark, preposition, verb of saying or other small word inside). Its last head noun
and the capitalized words behind it tell what it is: `the Russian Defense Minister Sergei Shoigu` is a name with a
description, `the Russian Defense Minister` a role, `the joint statement` a document.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from app.extraction.document import Span
from app.extraction.given_names import gender_of
from app.extraction.languages import Language, fold
from app.extraction.linguistics import Token
from app.extraction.mentions import Description, Mention, MentionKind

LONGEST_RUN = 14
LONGEST_NAME = 6
LONGEST_COMPLEMENT = 6
MOST_COMPLEMENTS = 3
POSSESSIVE = frozenset({"'s", "'"})


@dataclass(slots=True)
class MentionFinder:
    """Finds the mentions among the tokens of one stretch of text that no quotation interrupts."""

    language: Language
    text: str
    names: frozenset[str] = frozenset()
    """Folded words that the text writes with a capital within a sentence: such a word is a name at its start, too."""
    bearers: frozenset[str] = frozenset()
    """Folded words that end a name of several words: such a word is a name wherever it stands."""

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
        if role.kind is not MentionKind.ROLE or tokens[behind - 1].ends_sentence:
            return False
        if behind == name.first_token:
            return self._ends_complement(tokens, role, name)
        if behind + 1 != name.first_token:
            return False
        if fold(tokens[behind].text) not in self.language.prepositions:
            return False
        words, offices = name.description.words, name.description.heads  # an office of its own is another person's
        described = name.kind is MentionKind.NAME and bool(words) and not offices
        return described or self._without_portfolio(name)

    def _ends_complement(self, tokens: Sequence[Token], role: Mention, name: Mention) -> bool:
        """Does a full name stand straight behind a role with a complement (`l'assessora al Bilancio Anna Neri`)?"""
        words = (fold(token.text) for token in tokens[role.first_token : role.last_token])
        return name.kind is MentionKind.NAME and not self.language.complements.isdisjoint(words)

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
        if word in self.language.pronouns:
            return self._pronoun(tokens, position, word), position + 1
        if not self._opens_run(tokens, position):
            return None, position + 1
        end = self._run_end(tokens, position)
        return self._read_run(tokens, position, end)

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
        before = fold(tokens[position - 1].text) if position and not tokens[position - 1].ends_sentence else ""
        return word not in language.between and word not in language.openers and not language.reports(word, before)

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
        is_cue = word in self.language.cues and self.language.reports(word, previous)
        if previous in self.language.determiners and is_cue and self._is_noun(token):
            return True
        if word in self.language.particles and self._in_name(tokens, start, end):
            return True
        if word in POSSESSIVE:
            return end + 1 < len(tokens) and self._is_plain(tokens, end + 1)
        return word not in self.language.determiners and self._is_plain(tokens, end)

    def _in_name(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        """Does a particle stand between two capitalized words, as in `Ursula von der Leyen`?"""
        particles, before, following = self.language.particles, tokens[end - 1], end + 1
        while following < len(tokens) and fold(tokens[following].text) in particles:
            following += 1
        if following == len(tokens) or not tokens[following].is_capitalized:
            return False
        if before.is_capitalized:  # an article alone joins nothing: `said Merz the paper`
            return tokens[end].is_capitalized or not self._is_determiner(tokens[end])
        return end - 1 > start and fold(before.text) in particles

    def _is_noun(self, token: Token) -> bool:
        """Is a verb of saying behind a determiner a noun? Fused articles are pronouns, too (`la definisce`)."""
        language = self.language
        by_capital = language.capitalizes_nouns and token.is_capitalized
        return not language.fused or by_capital or fold(token.text) in self._heads()

    def _heads(self) -> frozenset[str]:
        language = self.language
        return language.roles | language.documents | language.groups | language.organizations

    def _read_run(self, tokens: Sequence[Token], start: int, end: int) -> tuple[Mention | None, int]:
        start = self._phrase_start(tokens, start, end)
        end = self._phrase_end(tokens, start, end)
        head = self._head(tokens, start, end)
        if head is not None and self._has_complement(tokens, head, end):
            return self._headed(tokens, start, head)
        name = self._last_name(tokens, start if head is None else head + 1, end)
        if name and self.language.capitalizes_nouns and self._may_be_noun(tokens, name, head):
            name = None
        if name and self._is_qualified(tokens, name) and not self._stands_alone(tokens, name):
            name = None
        if name and (head is not None or not self._is_determiner(tokens[start]) or name[1] == end):
            return self._named(tokens, start, *name)
        if head is not None:
            return self._headed(tokens, start, head)
        if self._is_determiner(tokens[start]) and end - start > 1:
            return self._mention(tokens, start, end, MentionKind.OTHER), end
        return None, max(end, start + 1)

    def _phrase_start(self, tokens: Sequence[Token], start: int, end: int) -> int:
        """Without a determiner a phrase begins at its first capital or head noun: a verb may stand before it."""
        if self._is_determiner(tokens[start]):
            return start
        heads = self._heads()
        begins = (i for i in range(start, end) if tokens[i].is_capitalized or fold(tokens[i].text) in heads)
        return next(begins, start)

    def _phrase_end(self, tokens: Sequence[Token], start: int, end: int) -> int:
        """A phrase ends behind a name that no head noun follows: the next word is a verb (`Ann Lee met`)."""
        small = self.language.particles | POSSESSIVE
        known = self._heads() | self.language.titles.keys() | small
        goes_on = small if self.language.postmodifies else known  # `Marta Gallo guida` is no guide
        for last in range(start + 1, end):
            name, following = tokens[last - 1], tokens[last]
            is_name = name.is_capitalized and fold(name.text) not in known and not self._is_determiner(name)
            if is_name and not following.is_capitalized and fold(following.text) not in goes_on:
                alone = last - start == 2 and self._is_determiner(tokens[start])
                compound = last - start == 1 and self._names_office(tokens, last, end)
                return end if alone or compound else last
        return end

    def _names_office(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        """Does an office in small letters and a name behind it follow (`Clinton press secretary Brian Fallon`)?"""
        pairs = pairwise(tokens[start:end])
        return any(fold(office.text) in self.language.roles and name.is_capitalized for office, name in pairs)

    def _head(self, tokens: Sequence[Token], start: int, end: int) -> int | None:
        """The noun that tells what the run is: the last one, or the first where a noun stands before its attributes."""
        if not self.language.postmodifies:
            return self._last_head(tokens, start, end)
        for position in range(start, end):
            is_prefix = fold(tokens[position].text) in self.language.prefixes and position + 1 < end
            if not is_prefix and self._last_head(tokens, position, position + 1) is not None:
                inside_name = fold(tokens[position].text) not in self._offices() and self._precedes_capital(
                    tokens, position, end
                )
                return None if inside_name else position
        return None

    def _offices(self) -> Set[str]:
        return self.language.roles | self.language.titles.keys()

    def _has_complement(self, tokens: Sequence[Token], head: int, end: int) -> bool:
        """Does a preposition behind the head lead to what belongs to it, not to its name (`o bispo de Beja`)?"""
        leads = head + 1 < end and fold(tokens[head + 1].text) in self.language.complements
        return self.language.postmodifies and leads and fold(tokens[head].text) in self._offices()

    def _last_head(self, tokens: Sequence[Token], start: int, end: int) -> int | None:
        """The last head noun; a thing's noun before a capital is part of a name (`Bill Clinton`)."""
        offices = self._offices()
        for position in range(end - 1, start - 1, -1):
            word = fold(tokens[position].text)
            if word in offices or (word in self._heads() and not self._precedes_capital(tokens, position, end)):
                return position
        return None

    def _precedes_capital(self, tokens: Sequence[Token], position: int, end: int) -> bool:
        following = position + 1
        while self.language.postmodifies and following < end and self._is_particle(tokens[following]):
            following += 1  # `Ministério da Gestão`
        return tokens[position].is_capitalized and following < end and tokens[following].is_capitalized

    def _is_particle(self, token: Token) -> bool:
        return fold(token.text) in self.language.particles

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
            best = (position, last)
            position = last
        return best

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
        return last < len(tokens) and not tokens[last - 1].ends_sentence and self._is_plain(tokens, last)

    def _stands_alone(self, tokens: Sequence[Token], name: tuple[int, int]) -> bool:
        """Is this a name although a small word follows, not an adjective (`Western states`)?"""
        first, last = name
        return last - first > 1 or fold(tokens[first].text) in self.bearers

    def _may_be_name(self, tokens: Sequence[Token], position: int) -> bool:
        token = tokens[position]
        if not token.is_capitalized or fold(token.text) in self.language.capitalized:
            return False
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
        if token.is_capitalized and fold(token.text) not in self.language.capitalized:
            return True
        return fold(token.text) in self.language.particles and self._in_name(tokens, start, position)

    def _is_determiner(self, token: Token) -> bool:
        return fold(token.text) in self.language.determiners

    def _named(self, tokens: Sequence[Token], start: int, first: int, last: int) -> tuple[Mention, int]:
        name_span = Span(tokens[first].span.start, tokens[last - 1].span.end)
        before = [fold(token.text) for token in tokens[start:first]]
        mention = self._mention(tokens, start, last, self._kind(tokens[first:last]), gender=self._gender(before))
        mention.name = name_span.of(self.text)
        mention.description = self._description(tokens[start:first])
        return mention, last

    def _kind(self, name: Sequence[Token]) -> MentionKind:
        words = {fold(token.text) for token in name}
        if len(name) == 1 and name[0].text.isupper() and len(name[0].text) > 1:
            return MentionKind.ORGANIZATION  # an acronym
        return MentionKind.NAME if words.isdisjoint(self.language.organizations) else MentionKind.ORGANIZATION

    def _gender(self, words: Sequence[str]) -> str:
        """What titles tell, or else the article before an office that either may hold (`la portavoce`)."""
        language = self.language
        told = [language.titles[word] for word in words if language.titles.get(word, "u") != "u"]
        if told:
            return told[-1]
        offices = [word for word in words if word in self._offices()]
        by_article = language.determiner_genders.get(words[0], "") if offices and words else ""
        if not by_article or not language.epicenes.isdisjoint(offices):
            return ""
        masculine_for_all = by_article == "m" and any(language.titles.get(word) == "u" for word in offices)
        return "" if masculine_for_all else by_article

    def _description(self, tokens: Sequence[Token]) -> Description:
        language = self.language
        words = {fold(t.text): t for t in tokens if len(t.text) > 2 and fold(t.text) not in language.determiners}
        heads = frozenset(word for word in words if word in language.roles or word in language.titles)
        proper = frozenset(word for word, token in words.items() if token.is_capitalized and word not in heads)
        return Description(frozenset(words), heads, proper)

    def _headed(self, tokens: Sequence[Token], start: int, head: int) -> tuple[Mention, int]:
        """The phrase with this head noun, and where it ends."""
        mention = self._of_head(tokens, start, head)
        if self.language.postmodifies and mention.kind is MentionKind.ROLE:
            end = self._complements_end(tokens, head + 1)
            gender, mention_gender = self._gender([fold(t.text) for t in tokens[start : head + 1]]), mention.gender
            mention = self._mention(tokens, start, end, MentionKind.ROLE, gender=gender or mention_gender)
            mention.description = self._description(tokens[start:end])
        return mention, mention.last_token

    def _complements_end(self, tokens: Sequence[Token], start: int) -> int:
        """The end of what belongs to a role: its adjectives and complements (`presidente | russo della Camera`)."""
        end = start
        for _ in range(MOST_COMPLEMENTS):
            adjectives = self._adjectives_end(tokens, end)
            further = self._complement_end(tokens, adjectives)
            if further == adjectives:
                end = adjectives if self._closes(tokens, adjectives) else end
                break
            end = further
        others = any(self._is_office(tokens, i - 1) for i in range(start + 2, end + 1) if self._is_led(tokens, i - 1))
        return start if others and not self._closes(tokens, end) else end

    def _is_led(self, tokens: Sequence[Token], position: int) -> bool:
        """Does a preposition stand before this word (`il legale | del ministro`)? Then it is somebody else's."""
        return fold(tokens[position - 1].text) in self.language.complements

    def _adjectives_end(self, tokens: Sequence[Token], start: int) -> int:
        end = start
        limit = min(len(tokens), start + 3)
        while end < limit and not tokens[end - 1].ends_sentence and self._is_small(tokens, end):
            end += 1
        return end

    def _is_small(self, tokens: Sequence[Token], position: int) -> bool:
        """A small word that is no verb of saying and no small word of grammar."""
        token = tokens[position]
        word = fold(token.text)
        if not self._is_plain(tokens, position) or token.is_capitalized or self._is_determiner(token):
            return False
        return word not in self.language.cues

    def _closes(self, tokens: Sequence[Token], position: int) -> bool:
        """Is the phrase over here, before a mark or a verb? Then the small words before it were attributes."""
        if position == len(tokens) or tokens[position - 1].ends_sentence:
            return True
        token, language = tokens[position], self.language
        word = fold(token.text)
        return not token.is_word or word in language.between or language.reports(word, "")

    def _complement_end(self, tokens: Sequence[Token], start: int) -> int:
        """The end of one preposition with its noun (`della Difesa`); the start where another person stands there."""
        if start >= len(tokens) or tokens[start - 1].ends_sentence:
            return start
        if fold(tokens[start].text) not in self.language.complements:
            return start
        limit = min(len(tokens), start + LONGEST_COMPLEMENT)
        end = start + 1
        while end < limit and not tokens[end - 1].ends_sentence and self._belongs(tokens, end):
            end += 1
        words = tokens[start + 1 : end]
        capital = next((i for i in range(start + 1, end) if tokens[i].is_capitalized), end)
        if not words or (capital < end and any(self._is_office(tokens, i) for i in range(start + 1, capital))):
            return start
        return self._before_person(tokens, start, capital, end)

    def _belongs(self, tokens: Sequence[Token], position: int) -> bool:
        token = tokens[position]
        if token.is_capitalized:
            return token.is_word and fold(token.text) not in self.language.capitalized
        return self._is_small(tokens, position)

    def _is_office(self, tokens: Sequence[Token], position: int) -> bool:
        return fold(tokens[position].text) in self._offices()

    def _before_person(self, tokens: Sequence[Token], start: int, capital: int, end: int) -> int:
        """Where the words of a complement give way to somebody's name (`di Asti | Anna Neri`)."""
        if capital == end:
            return end
        given = next((i for i in range(capital, end) if gender_of(tokens[i].text)), end)
        if given < end:
            return given if given > start + 1 else start
        if end - capital == 1:
            return start if fold(tokens[capital].text) in self.bearers else end
        known = fold(tokens[capital].text) in self.language.organizations
        if capital > start + 1 and not tokens[capital - 1].is_capitalized:
            return capital  # `l'auxiliar de enfermagem | Jéssica Amorim`
        return capital + 1 if known and end - capital > 2 else (start if end - capital > 3 else end)

    def _of_head(self, tokens: Sequence[Token], start: int, head: int) -> Mention:
        language, word = self.language, fold(tokens[head].text)
        kinds = (
            (language.documents, MentionKind.DOCUMENT),
            (language.groups, MentionKind.GROUP),
            (language.organizations, MentionKind.ORGANIZATION),
        )
        kind = next((kind for words, kind in kinds if word in words), MentionKind.ROLE)
        mention = self._mention(tokens, start, head + 1, kind)
        mention.description = self._description(tokens[start : head + 1])
        mention.gender = language.titles.get(word, "").replace("u", "")
        if kind is MentionKind.ORGANIZATION and self._is_written_so(tokens, head):
            first = start + self._is_determiner(tokens[start])
            last = self._name_end(tokens, head + 1)
            if last > head + 1:
                kept = mention.description
                mention = self._mention(tokens, start, last, kind)
                mention.description = kept
            mention.name = self.text[tokens[first].span.start : tokens[last - 1].span.end]
        return mention

    def _is_written_so(self, tokens: Sequence[Token], position: int) -> bool:
        """Has this word a capital of its own, not as the first word of a sentence?"""
        opens = not position or tokens[position - 1].ends_sentence
        return tokens[position].is_capitalized and (not opens or fold(tokens[position].text) in self.names)

    def _name_end(self, tokens: Sequence[Token], start: int) -> int:
        """The end of the small adjectives within the name of a body (`Fondo monetario internazionale`)."""
        end = start
        while self.language.adjective_endings and self._joins_body(tokens, start, end):
            end += 1
        return end

    def _joins_body(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        if end == len(tokens) or end - start == 2 or tokens[end - 1].ends_sentence:
            return False
        return self._is_small(tokens, end) and fold(tokens[end].text).endswith(self.language.adjective_endings)

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
