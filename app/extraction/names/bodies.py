"""Tells the names of papers and other bodies from surnames by their grammar, where no tagger of names is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.extraction.languages import fold
from app.extraction.linguistics import Token
from app.extraction.mentions.wording import Wording
from app.extraction.names.given_names import gender_of


@dataclass(slots=True)
class BodyNames:
    """Looks at names of one text behind their articles; `start`, `first` and `last` are indices of tokens."""

    wording: Wording

    def is_body(self, tokens: Sequence[Token], start: int, first: int, last: int) -> bool:
        """Does the name in [first, last), whose phrase begins at `start`, bear signs of a body that a surname lacks?"""
        article = self._article(tokens, start, first)
        first = first if article is None or article < first else article + 1
        if article is None or first == last or self._is_person(tokens, first, last):
            return False
        by_article = self.wording.language.article_tells_body and self.has_own_capital(tokens, article)
        return by_article or self._is_paper(tokens[first:last]) or self._is_of_place(tokens, article, first, last)

    def has_own_capital(self, tokens: Sequence[Token], position: int) -> bool:
        """Has this word its capital not from the sentence that it begins?"""
        inside = bool(position) and tokens[position - 1].is_word and not tokens[position - 1].ends_sentence
        return inside and tokens[position].is_capitalized

    def _article(self, tokens: Sequence[Token], start: int, first: int) -> int | None:
        """The place of the article that the name holds or that stands straight before it."""
        places = [first, first - 1] if first > start else [first]
        return next((place for place in places if self.wording.is_determiner(tokens[place])), None)

    def _is_person(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        words = [tokens[first].text] if first + 1 == last else [token.text for token in tokens[first : last - 1]]
        is_given = len(words) > 1 and any(gender_of(word) for word in words)
        return is_given or fold(tokens[last - 1].text) in self.wording.surnames

    def _is_paper(self, name: Sequence[Token]) -> bool:
        """Is the first word or the last one a noun that papers are called by?"""
        words = {fold(word.text) for word in (name[0], name[-1]) if word.is_capitalized}
        return not words.isdisjoint(self.wording.language.mastheads)

    def _is_of_place(self, tokens: Sequence[Token], article: int, first: int, last: int) -> bool:
        """Does an adjective of a place lead a noun that is no man by its article (`die Frankfurter Rundschau`)?

        A man may be called by where he comes from (`der Schweizer Huber`), a woman not by this form.
        """
        language = self.wording.language
        word, determiner = fold(tokens[first].text), fold(tokens[article].text)
        if last - first < 2 or not language.place_endings or not word.endswith(language.place_endings):
            return False
        cannot_tell = determiner in language.oblique | language.genitives | language.indefinites
        return not (cannot_tell or gender_of(tokens[first].text) or language.genders.get(determiner) == "m")
