"""What single words of a text are: nouns, small words, parts of names. What finds phrases asks it about its tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.extraction.languages import Language, fold
from app.extraction.linguistics import Token
from app.extraction.names.given_names import gender_of
from app.extraction.names.inflection import Inflection

POSSESSIVE = frozenset({"'s", "'"})


@dataclass(slots=True)
class Wording:
    """What is known of the words of one text."""

    language: Language
    names: frozenset[str] = frozenset()
    """Folded words that the text writes with a capital within a sentence: such a word is a name at its start, too."""
    bearers: frozenset[str] = frozenset()
    """Folded words that end a name of several words: such a word is a name wherever it stands."""
    surnames: frozenset[str] = frozenset()
    """Folded words that stand behind a known given name: such a word with a capital is no office."""
    men: frozenset[str] = frozenset()
    """Folded words that end names of men only, by the given names."""
    offices: frozenset[str] = frozenset()
    """Given names that the text writes as offices, too (`the dean`)."""
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

    def is_determiner(self, token: Token) -> bool:
        return fold(token.text) in self.language.determiners

    def is_particle(self, token: Token) -> bool:
        return fold(token.text) in self.language.particles

    def is_office(self, word: str) -> bool:
        """Is this folded word a noun for a person, or a title?"""
        return word in self.language.roles or word in self.language.titles

    def noun(self, token: Token) -> str:
        """The folded word or, of a compound, its head noun; a surname is no compound (`Hofmeister`)."""
        word = fold(token.text)
        return word if word in self.bearers or not token.is_capitalized else self.language.noun_of(word)

    def is_plain(self, tokens: Sequence[Token], position: int) -> bool:
        """May this word be part of a noun's phrase or a name: no mark, no small word, no verb of saying?"""
        token, language = tokens[position], self.language
        word, inside = fold(token.text), bool(position) and not tokens[position - 1].ends_sentence
        if not token.is_word or word in POSSESSIVE:
            return False
        if word in language.prepositions or word in language.pronouns or word in language.relatives:
            return False
        if token.is_capitalized and (inside or self.is_given(tokens, position)):
            return True
        if self.inflection and not token.is_capitalized and not self.inflection.joins_nouns(token.text):
            return False
        before = fold(tokens[position - 1].text) if inside else ""
        if word in language.preposed and before in language.determiners:  # `la prima cittadina`, not `prima`
            return True
        return word not in language.between and word not in language.openers and not language.reports(word, before)

    def is_attribute(self, tokens: Sequence[Token], position: int) -> bool:
        """Is this a participle whose object follows, straight behind a noun for a person (`the nurse treating Lee`)?"""
        word, endings = fold(tokens[position].text), self.language.participle_endings
        if self.inflection or not endings or not word.endswith(endings) or word in self.heads:
            return False
        if not position or position + 1 == len(tokens) or tokens[position].is_capitalized:
            return False
        noun, token, following = tokens[position - 1 : position + 2]
        inside = not noun.ends_sentence and not token.ends_sentence
        leads = following.is_capitalized or self.is_determiner(following)
        return inside and leads and fold(noun.text) in self.language.roles

    def is_small(self, tokens: Sequence[Token], position: int) -> bool:
        """May this word in small letters belong to the noun before it, as an adjective does?"""
        token = tokens[position]
        inside = bool(position) and not tokens[position - 1].ends_sentence and not token.is_capitalized
        plain = inside and not self.is_determiner(token) and self.is_plain(tokens, position)
        return plain and fold(token.text) not in self.language.cues

    def is_noun(self, tokens: Sequence[Token], position: int) -> bool:
        """Is a verb of saying behind a determiner a noun? Fused articles are pronouns, too (`la definisce`)."""
        language, token = self.language, tokens[position]
        if language.clitics and not self._may_be_clitic(tokens, position - 1):
            return True
        by_capital = language.capitalizes_nouns and token.is_capitalized
        return not language.fused or by_capital or fold(token.text) in self.heads

    def _may_be_clitic(self, tokens: Sequence[Token], position: int) -> bool:
        """May this determiner be an object pronoun? Not behind a preposition (`dans la note`)."""
        if fold(tokens[position].text) not in self.language.clitics:
            return False
        return not position or fold(tokens[position - 1].text) not in self.language.prepositions

    def is_object(self, tokens: Sequence[Token], position: int) -> bool:
        """Is this an object pronoun, straight behind a name (`Ana la corrige`)?"""
        before = position - 1
        if before < 0 or tokens[before].ends_sentence or fold(tokens[position].text) not in self.language.clitics:
            return False
        return tokens[before].is_capitalized and fold(tokens[before].text) not in self.language.capitalized

    def is_surname(self, tokens: Sequence[Token], position: int, start: int) -> bool:
        """Is the word for an office a surname, as a given name before it tells, here or anywhere (`Petra Richter`)?"""
        token = tokens[position]
        before = tokens[position - 1] if position > start else None
        if before and token.is_capitalized and before.is_capitalized and gender_of(before.text):
            return True
        alone = not (before and self.is_determiner(before)) and not self._precedes_name(tokens, position)
        return token.is_capitalized and alone and fold(token.text) in self.surnames

    def is_given(self, tokens: Sequence[Token], position: int) -> bool:
        """Is a word that is also an office, a month or a verb a given name before a surname (`Dean Foley`)?

        Not where the text tells of that office, or where a date or a question may be meant (`in May Brown said`).
        """
        token, language = tokens[position], self.language
        word = fold(token.text)
        if word not in language.given or not self._leads_capital(tokens, position):
            return False
        if self.is_office(word):
            before = tokens[position - 1] if position else None
            return word not in self.offices and not (before and self.is_determiner(before))
        if position and not tokens[position - 1].ends_sentence:
            before = fold(tokens[position - 1].text)
            phrase = tuple(fold(each.text) for each in tokens[max(0, position - 2) : position])
            known = before in language.cues or before in language.openers or self.is_office(before)
            return known or phrase in language.sources or not tokens[position - 1].is_word
        return word not in language.between or self._is_subject(tokens, position + 2)

    def _leads_capital(self, tokens: Sequence[Token], position: int) -> bool:
        """Do this word and the next have capitals, and is that none which another class of words writes so?"""
        name = position + 1
        while name < len(tokens) and self.is_particle(tokens[name]) and not tokens[name].is_capitalized:
            name += 1  # `Jan de Wit`
        if not tokens[position].is_capitalized or not self._precedes_name(tokens, name - 1):
            return False
        following = fold(tokens[name].text)
        return following not in self.language.capitalized and following not in self.language.nouns

    def _is_subject(self, tokens: Sequence[Token], end: int) -> bool:
        """Does a comma or a verb of saying stand behind the words that end here?"""
        return end < len(tokens) and (tokens[end].text == "," or fold(tokens[end].text) in self.language.cues)

    def _precedes_name(self, tokens: Sequence[Token], position: int) -> bool:
        within = position + 1 < len(tokens) and not tokens[position].ends_sentence
        return within and tokens[position + 1].is_capitalized

    def precedes_capital(self, tokens: Sequence[Token], position: int, end: int) -> bool:
        """Do two capitals stand together, in some languages with a small word between (`Ministério da Gestão`)?"""
        following = position + 1
        while following < end and self.is_particle(tokens[following]):
            following += 1
        return tokens[position].is_capitalized and following < end and tokens[following].is_capitalized

    def leads_surname(self, tokens: Sequence[Token], position: int) -> bool:
        """Is this a particle with a capital within a sentence and before another capital (`dit Le Bihan`)?"""
        token, following = tokens[position], position + 1
        if not self.language.postmodifies or not token.is_capitalized or not self.is_particle(token):
            return False
        inside = bool(position) and tokens[position - 1].is_word and not tokens[position - 1].ends_sentence
        return inside and following < len(tokens) and tokens[following].is_capitalized and not token.ends_sentence

    def joins_names(self, tokens: Sequence[Token], position: int) -> bool:
        """Is this the sign for `and` in the name of a firm (`Holt & Marsh`), not between a couple's given names?"""
        if tokens[position].text != "&" or not 0 < position < len(tokens) - 1:
            return False
        before, following = tokens[position - 1], tokens[position + 1]
        return before.is_capitalized and following.is_capitalized and not gender_of(before.text)

    def is_in_name(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        """Does a particle stand between two capitalized words, as in `Ursula von der Leyen`?"""
        before, following = tokens[end - 1], end + 1
        while following < len(tokens) and self.is_particle(tokens[following]):
            following += 1
        if following == len(tokens) or not tokens[following].is_capitalized:
            return False
        if before.is_capitalized:  # an article alone joins nothing: `said Merz the paper`
            joins = tokens[end].is_capitalized or not self.is_determiner(tokens[end])
            return joins and not self._leads_another(tokens, end)
        return end - 1 > start and self.is_particle(before)

    def _leads_another(self, tokens: Sequence[Token], position: int) -> bool:
        """Is this, where nouns have capitals, a preposition before a name of its own (`die Wahl | von Ida Kern`)?

        Behind a given name it is a particle; behind an office, before a surname, it may be.
        """
        before, following = tokens[position - 1], tokens[position + 1 : position + 3]
        preposed = fold(tokens[position].text) in self.language.prepositions
        if not self.language.capitalizes_nouns or not preposed or gender_of(before.text):
            return False
        if fold(before.text) in self.surnames:  # `wurde Kern | von Lang gefragt`
            return True
        if following and fold(following[0].text) in self.surnames:  # `der Anwalt | von Kern`, where it is Ida Kern
            return True
        whole = len(following) == 2 and all(token.is_capitalized for token in following)
        if not whole or following[0].ends_sentence:
            return False
        first = following[0]
        return bool(gender_of(first.text)) or self.is_office(self.noun(first)) or not self.is_office(self.noun(before))
