"""A text read into blocks of narration, and all mentions in it: in the narration, in quotations and in headings."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from app.extraction.document import Quotation, Span
from app.extraction.languages import Language, fold
from app.extraction.linguistics import Token
from app.extraction.mentions.finder import MentionFinder
from app.extraction.mentions.mention import Mention
from app.extraction.mentions.wording import Wording
from app.extraction.names.given_names import gender_of
from app.extraction.names.inflection import Inflection
from app.extraction.names.nominatives import Nominatives
from app.extraction.names.postnominals import without_postnominals
from app.extraction.names.shared_surnames import share_surnames
from app.extraction.names.spelling import words_of
from app.extraction.names.whereabouts import tell_places
from app.extraction.narration.blocks import Block
from app.extraction.narration.writer import NarrationReader
from app.extraction.page.headlines import dateline_length, is_title_case, unsettle, without_verbs
from app.extraction.quotations.dialogue import Run, read_dialogue
from app.extraction.quotations.incises import without_incises
from app.extraction.quotations.quoted_names import names_within_phrases

CONTEXT = 60
"""Tokens of a sentence given on either side of a place, at most."""


class Reading:
    """Reads one text paragraph by paragraph."""

    def __init__(
        self,
        text: str,
        language: Language,
        tokens: Sequence[Token],
        quotations: Sequence[Quotation],
        runs: Sequence[Run] = (),
    ) -> None:
        self.inflection = Inflection.of(language)
        names = names_within_phrases(quotations, tokens, language, self.inflection)
        if names:
            tokens = _without(tokens, [quotations[i].segments[0] for i in sorted(names)])
            quotations = [quotation for i, quotation in enumerate(quotations) if i not in names]
        self.tokens = without_postnominals(tokens, language)
        self.starts = [token.span.start for token in self.tokens]
        self.ends = [i for i, token in enumerate(self.tokens) if token.ends_sentence]
        self.text = text
        self.finder = MentionFinder(text, _wording(self.tokens, language, self.inflection))
        self.narration = NarrationReader(language, text, self.finder)
        if language.incises:
            quotations = without_incises(quotations, self.tokens, self.narration)
        self.dialogue = read_dialogue(text, runs, self.tokens, self.narration, quotations)
        self.quotations = self.dialogue.quotations
        self.segments = sorted((segment, i) for i, q in enumerate(self.quotations) for segment in q.segments)
        self.segment_starts = [segment.start for segment, _ in self.segments]
        self._mentions: list[Mention] = []
        self._datelines: set[tuple[str, ...]] = set()
        """Words of the names of places that reports were written in."""
        self._headlines: list[Mention] = []
        """Those of the mentions that stand in title case."""

    def headings(self, spans: Sequence[Span]) -> None:
        """Read headings, which lend names but hold no quotes."""
        for span in spans:
            tokens = self._tokens(span)
            mentions = self.finder.find(tokens)
            (self._headlines if is_title_case(tokens, self.finder.language) else self._mentions).extend(mentions)

    def block(self, span: Span) -> Block:
        """Read one paragraph of the body."""
        first, last = (bisect_left(self.segment_starts, edge) for edge in (span.start, span.end))
        inside = self.segments[first:last]
        tokens = self._tokens(span)
        block = self.narration.read(span, tokens, inside)
        self._leave_place(block)
        headline = is_title_case(self._narrated(tokens, inside), self.finder.language)
        (self._headlines if headline else self._mentions).extend(block.mentions)
        self._mentions += [name for _, name in block.bracketed]
        for segment, _ in inside:
            self._mentions += self.finder.find(self._tokens(segment))
        return block

    def _narrated(self, tokens: Sequence[Token], segments: Sequence[tuple[Span, int]]) -> Sequence[Token]:
        return _without(tokens, [segment for segment, _ in segments]) if segments else tokens

    def mentions(self) -> list[Mention]:
        """All mentions in reading order, once everything is read; their names in the nominative."""
        unsettle(self._headlines, self._mentions)
        mentions = sorted([*self._mentions, *self._headlines], key=lambda mention: mention.span)
        without_verbs(self.text, mentions)
        if self.inflection:
            return Nominatives(self.text, self.inflection).settle(mentions)
        if self.finder.language.conjunctions:
            share_surnames(self.text, self.finder.language, mentions)
        tell_places(self.text, self.finder.language, mentions, self._datelines)
        return mentions

    def sentence(self, position: int) -> Span:
        """The sentence around an offset that a token covers; its neighbourhood where it is very long."""
        token = bisect_right(self.starts, position) - 1
        place = bisect_left(self.ends, token)
        first = max(self.ends[place - 1] + 1 if place else 0, token - CONTEXT)
        last = min(self.ends[place] if place < len(self.ends) else len(self.tokens) - 1, token + CONTEXT)
        return Span(self.tokens[first].span.start, self.tokens[last].span.end)

    def _leave_place(self, block: Block) -> None:
        """Where the report was written is nobody it speaks of."""
        end = block.span.start + dateline_length(block.span.of(self.text))
        kept = [i for i, item in enumerate(block.items) if item.span.end > end or item.quotation is not None]
        self._datelines |= {words_of(m.name or "") for m in block.mentions if m.span.end <= end} - {()}
        block.keep(kept)

    def _tokens(self, span: Span) -> Sequence[Token]:
        first, last = (bisect_left(self.starts, edge) for edge in (span.start, span.end))
        return self.tokens[first:last]


def _without(tokens: Sequence[Token], spans: Sequence[Span]) -> list[Token]:
    """The tokens that stand in none of these spans, which are in reading order."""
    starts = [span.start for span in spans]
    places = ((token, bisect_right(starts, token.span.start) - 1) for token in tokens)
    return [token for token, place in places if place < 0 or token.span.start >= spans[place].end]


def _wording(tokens: Sequence[Token], language: Language, inflection: Inflection | None) -> Wording:
    names, bearers, surnames = _capitalized(tokens, language)
    men = _men(tokens, language) if language.ambiguous else frozenset()
    return Wording(language, names, bearers, surnames, men, _offices(tokens, language), inflection)


def _capitalized(tokens: Sequence[Token], language: Language) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Words with a capital where no sentence begins; of them those that end a name of several words, and surnames."""
    names: set[str] = set()
    bearers: set[str] = set()
    surnames: set[str] = set()
    for before, word in pairwise(tokens):
        if word.is_capitalized and before.is_word and not before.ends_sentence:
            names.add(fold(word.text))
            if before.is_capitalized and fold(before.text) not in language.determiners:
                bearers.add(fold(word.text))
                surnames |= {fold(word.text)} if gender_of(before.text) else set()
    return frozenset(names), frozenset(bearers), frozenset(surnames)


def _men(tokens: Sequence[Token], language: Language) -> frozenset[str]:
    """The last words of names which begin with men's given names only (`Júlio da Silva Prado`)."""
    genders: dict[str, set[str]] = {}
    begun, gender = False, ""
    for token in tokens:
        word = fold(token.text)
        if token.is_capitalized and word not in language.determiners:
            if begun:
                genders.setdefault(word, set()).add(gender)
            begun, gender = True, gender or gender_of(token.text)
        if token.ends_sentence or not (token.is_capitalized or word in language.particles):
            begun, gender = False, ""
    return frozenset(word for word, told in genders.items() if told == {"m"})


def _offices(tokens: Sequence[Token], language: Language) -> frozenset[str]:
    """Given names that are written as offices: in small letters, or before a whole name (`Dean Ann Foley`)."""
    offices: set[str] = set()
    for word, following, last in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if fold(word.text) in language.given:
            titled = following.is_capitalized and last.is_capitalized and not following.ends_sentence
            offices |= {fold(word.text)} if titled or not word.is_capitalized else set()
    return frozenset(offices)
