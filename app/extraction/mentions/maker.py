"""Mentions made of the phrases that were found: of what kind they are, whom they name and how they describe them."""

from __future__ import annotations

from collections.abc import Sequence

from app.extraction.document import Span
from app.extraction.languages import fold
from app.extraction.linguistics import Token
from app.extraction.mentions.descriptions import Describer
from app.extraction.mentions.mention import Description, Mention, MentionKind
from app.extraction.mentions.wording import POSSESSIVE, Wording
from app.extraction.names.bodies import BodyNames
from app.extraction.names.given_names import gender_of
from app.extraction.names.places import is_place


class MentionMaker:
    """Makes the mentions of one text; `start` and `end` are indices of tokens."""

    def __init__(self, text: str, wording: Wording) -> None:
        self.text = text
        self.wording = wording
        self.language = wording.language
        self.describer = Describer(wording)
        self.bodies = BodyNames(wording)

    def pronoun(self, tokens: Sequence[Token], position: int, gender: str) -> Mention:
        """A pronoun; the gender is as in `Language.pronouns`."""
        kind = MentionKind.WRITER if gender == "s" else MentionKind.PRONOUN
        return self._mention(tokens, position, position + 1, kind, gender=gender)

    def named(self, tokens: Sequence[Token], start: int, first: int, last: int) -> Mention:
        """The mention of a name, which stands in [first, last), with the words before it from `start` on."""
        before = self._titles(tokens[start:first])
        by_grammar = self.bodies.is_body(tokens, start, first, last)
        if by_grammar and first > start and self.bodies.has_own_capital(tokens, first - 1):
            first -= 1
        is_body = by_grammar or self._is_of_body(tokens, start, first, last)
        kind = MentionKind.ORGANIZATION if is_body else self._kind_of_name(tokens[first:last])
        if kind is MentionKind.ORGANIZATION and self._is_office_of_body(tokens, start, first):
            return self.headed(tokens, start, first - 1, last)
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
        person = self._is_given(tokens[first]) or fold(tokens[last - 1].text) in self.wording.surnames
        return not person and (last - first > 1 or fold(tokens[first].text) not in self.wording.bearers)

    def _is_office_of_body(self, tokens: Sequence[Token], start: int, first: int) -> bool:
        """Is the noun before a body's name an office, in a language whose nouns come first (`la delegada UGT`)?"""
        is_office = start < first and self.wording.noun(tokens[first - 1]) in self.language.roles
        return is_office and self.language.postmodifies

    def _is_given(self, token: Token) -> bool:
        """May this be a given name, in whatever case?"""
        inflection = self.wording.inflection
        return bool(gender_of(token.text) or (inflection and inflection.is_given(token.text)))

    def _kind_of_name(self, name: Sequence[Token]) -> MentionKind:
        if len(name) == 1 and name[0].text.isupper() and len(name[0].text) > 1:
            return MentionKind.ORGANIZATION  # an acronym
        whole = " ".join(token.text for token in name)
        bodies = self.language.organizations | self.language.agencies
        words = {fold(token.text) for token in name[self._begins_person(name) :]}
        is_firm = "&" in words or not words.isdisjoint(bodies)
        is_thing = is_firm or is_place(whole, self.language.code)
        return MentionKind.ORGANIZATION if is_thing else MentionKind.NAME

    def _begins_person(self, name: Sequence[Token]) -> bool:
        """Is the first word a given name, even if it is a noun for a body (`Marina Soto`, not `Marina Mercante`)?"""
        if len(name) == 1 or not gender_of(name[0].text):
            return False
        return not fold(name[1].text).endswith(self.language.adjective_endings)

    def headed(self, tokens: Sequence[Token], start: int, head: int, end: int) -> Mention:
        """The mention of a phrase by its head noun; `end` is behind the noun's complements."""
        is_body = self.bodies.is_body(tokens, start, head, head + 1)
        kind = MentionKind.ORGANIZATION if is_body else self._kind_of_noun(self.wording.noun(tokens[head]))
        mention = self._mention(tokens, start, end, kind)
        mention.description = self.describer.description(tokens[start:end])
        if kind is MentionKind.ROLE:
            nouns = [self.wording.noun(token) for token in tokens[start : head + 1]]
            mention.gender = self.describer.gender(nouns, tokens, start)
            mention.definite = mention.definite and not self._is_told_anew(tokens, head, end)
        if kind is MentionKind.ORGANIZATION and tokens[head].is_capitalized:
            owned = is_body and self.bodies.has_own_capital(tokens, start)
            first = start + (self.wording.is_determiner(tokens[start]) and not owned)
            mention.name = self.text[tokens[first].span.start : tokens[end - 1].span.end]
        return mention

    def _is_told_anew(self, tokens: Sequence[Token], head: int, end: int) -> bool:
        """Does a bare noun that is no office bring in somebody with a clause (`пенсионерка, потерявшая дом`)?"""
        language, following = self.language, tokens[end : end + 2]
        if language.articles or len(following) < 2 or following[0].text != ",":
            return False
        is_trade = self.wording.noun(tokens[head]) in language.epithets | language.strangers
        word = fold(following[1].text)
        return is_trade and (word in language.relatives or word.endswith(language.clause_endings))

    def _kind_of_noun(self, noun: str) -> MentionKind:
        kinds = (
            (self.language.documents, MentionKind.DOCUMENT),
            (self.language.groups, MentionKind.GROUP),
            (self.language.organizations, MentionKind.ORGANIZATION),
        )
        return next((kind for words, kind in kinds if noun in words), MentionKind.ROLE)

    def other(self, tokens: Sequence[Token], start: int, end: int) -> Mention:
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

    def owned(self, tokens: Sequence[Token], owner: int, role: Mention) -> Mention:
        """The role with the possessive before it, which tells that it is another's."""
        if role.kind is MentionKind.ROLE:
            role.span = Span(tokens[owner].span.start, role.span.end)
            role.phrase = role.span.of(self.text)
            role.first_token = owner
        return role

    def merged(self, role: Mention, name: Mention, tokens: Sequence[Token]) -> Mention:
        """The name with the role before it as its description."""
        name.span = Span(role.span.start, name.span.end)
        name.phrase = name.span.of(self.text)
        name.title = Span(role.span.start, tokens[name.name_token - 1].span.end)
        name.description |= role.description
        name.gender = name.gender or role.gender
        name.first_token = role.first_token
        return name
