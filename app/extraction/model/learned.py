"""The learned model and the rules put together: the model points at words, the rules know the phrases and the grammar.

The model decides which mention is the source. The rules decide which quotations are one act of saying, say what the
reason reads like, and speak where subjects are dropped or the model has nothing. They decide alone where a text is
written in a script that the model cannot read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace

from app.extraction.attribution.evidence import (
    ACCORDING_TO,
    NOBODY_NEAR,
    QUOTED_BY_ANOTHER,
    REPORTED_ON,
    RULES,
    SECOND_HAND,
    SEEN_BY_RULES,
    SUBJECT_WITHOUT_SAYING,
    Attribution,
)
from app.extraction.document import Span
from app.extraction.languages import Language, fold
from app.extraction.mentions.mention import Mention, MentionKind
from app.extraction.model.pointing import Pointing
from app.extraction.model.source_phrases import SourcePhrases
from app.extraction.narration.blocks import Block, sentence_stops
from app.extraction.page.headlines import dateline_length

ALLOWED = 0.2
"""The model's chance from which the rule's mention stands; flat from 0.2 to 0.5 on articles kept aside."""
FAINT = 0.05
"""The same where the model points into another sentence than the one whose grammar tells the source."""
SURE = 0.8
"""The model's chance from which it is believed although the verb seems to stand without its subject."""
LIKELY = 0.5
"""The same where it points at somebody whom the text leaves open (`said another`)."""
LEFT_OUT = 0.5
"""The chance that a verb without its subject, of which the model knows nothing, reports the quotation."""
MOST_NAMED = 4
"""Mentions looked at for what a relative pronoun stands for."""
RELATIVE_REACH = 60
"""Characters between a relative pronoun and whom it stands for: `Ann Lee, at the door, who`."""
WORD, LAST_WORD = re.compile(r"\w+'?"), re.compile(r"(\w+'?)\s*$")
LONGEST_BETWEEN = 60
"""Characters between who said it and who passes it on: `she told a rally on Monday, according to the agency`."""
INTRODUCED = re.compile(r":q(?P<end>[.?]q)?")
MODEL = "the model's reading"
READ = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff]")
"""A letter of the scripts that the model has word pieces of: Latin, Greek, Cyrillic. Of others it sees the marks alone.
"""
SAMPLE = 2_000
"""Characters by which the script is told."""


class LearnedAttributor:
    """Settles each quotation's source between the model's pointing and the rules' finding."""

    def __init__(
        self,
        text: str,
        language: Language,
        blocks: Sequence[Block],
        rules: Mapping[int, Attribution],
        pointings: Sequence[Pointing],
        dialogue: Container[int] = (),
    ) -> None:
        self.text = text
        self.language = language
        mentions = sorted((m for block in blocks for m in block.mentions), key=lambda mention: mention.span)
        self.mentions: Sequence[Mention] = mentions
        self.starts = [mention.span.start for mention in mentions]
        self.phrases = SourcePhrases(text, language, self.mentions, self.starts)
        lengths = ((block.span, dateline_length(block.span.of(text))) for block in blocks)
        self.datelines = [Span(span.start, span.start + length) for span, length in lengths if length]
        self.stops = sentence_stops(blocks)
        items = [item for block in reversed(blocks) for item in reversed(block.items)]
        self.places = {item.quotation: self._sentence(item.span) for item in items if item.quotation is not None}
        """The sentence that each quotation begins in."""
        self.introduced = dict(_introduced(blocks))
        """The quotations that a colon leads to, and where the next one begins behind one that ends its sentence."""
        self.rules = rules
        self.pointings = pointings
        self.dialogue = dialogue
        """Quotations that the rules decide alone: the model has learned none that a dash opens."""
        self.reads = _reads(text)
        self.found: dict[int, Attribution] = {}
        self.roots: dict[int, int] = {}
        """The quotation at the beginning of the chain that each one goes on with; itself where it begins one."""

    def attribute(self) -> dict[int, Attribution]:
        """The attribution of each quotation by its index."""
        for index in sorted(self.rules):
            rule = self.rules[index]
            learned = self.reads and index not in self.dialogue
            found = self._one(index, rule, self.pointings[index]) if learned else self._alone(rule)
            self.found[index] = found
            self.roots[index] = index if found.inherited is None else self.roots[found.inherited]
        return self.found

    def _alone(self, rule: Attribution) -> Attribution:
        """What the rules alone tell: a subject left out is as good as where the model sees none."""
        left_out = rule.mention is None and rule.cue is not None and self.language.drops_subjects
        return replace(rule, chance=LEFT_OUT) if left_out else rule

    def _one(self, index: int, rule: Attribution, pointing: Pointing) -> Attribution:
        pointing = self._without_behind(index, self._without_addressed(pointing))
        seen = rule.mention if rule.inherited is None else self.found[self.roots[rule.inherited]].mention
        another = self._names_another(rule, pointing)
        mention, chance = self._likeliest(None if another else seen, pointing, rule, index)
        if mention and mention in rule.hearers:
            return self._without_hearers(rule, pointing)
        cue = self._cue(rule, pointing)
        unseen = not pointing.source or (pointing.nothing > 0.5 and not self._is_body_told(rule, mention))
        if self._is_source(rule) and (unseen or mention in {rule.mention, None} or chance < LIKELY):
            least = max(RULES[ACCORDING_TO], self._given(rule, pointing))
            return replace(rule, is_quote=pointing.is_quote, chance=least)
        if rule.rule in SEEN_BY_RULES and (unseen or mention is not rule.mention):
            return replace(rule, is_quote=pointing.is_quote, chance=RULES[rule.rule])
        if unseen or self._drops_subject(rule, mention, chance):
            return self._without_source(rule, pointing)
        if rule.inherited is not None and not another and (mention is None or seen in {mention, None}):
            return Attribution(None, None, rule.rule, rule.inherited, pointing.is_quote, chance)
        phrase = self.phrases.unbroken(_trimmed(self.text, pointing.phrase or pointing.source[0][0]))
        phrase = self.phrases.without_tail(phrase)
        if mention is None and cue and cue.overlaps(phrase):  # a verb names nobody: its subject is left out
            return self._without_source(rule, pointing)
        relative = self._relative(phrase) if mention is None else None
        mention = relative or self.phrases.read(mention, phrase)
        told_by = rule.rule if mention is rule.mention else MODEL
        if mention and cue and cue is not rule.cue and self._sentence(cue) != self._sentence(mention.span):
            cue = None  # the verb of another speaker
        return Attribution(mention, cue, told_by, None, pointing.is_quote, chance, phrase)

    def _is_body_told(self, rule: Attribution, mention: Mention | None) -> bool:
        """Is a body named the subject of a verb of saying, where subjects may be left out?

        Where the model sees none there, it is looked for in the sentences before, among persons.
        """
        is_told = mention is rule.mention and rule.cue is not None and self.language.drops_subjects
        return is_told and mention is not None and mention.kind is MentionKind.ORGANIZATION and bool(mention.name)

    def _is_source(self, rule: Attribution) -> bool:
        """Does a preposition that leads to a source and to nothing else name it in the sentence of the quotation?

        The model often points at the preposition (`Laut Polizei`), or at nobody. Of 233 sources that the rules alone so
        find in the made-up articles for training 225 are right; English has too few there to tell (3 of 5).
        """
        if rule.rule != ACCORDING_TO or rule.cue is None or rule.mention is None:
            return False
        words = tuple(WORD.findall(fold(rule.cue.of(self.text))))
        return words in self.language.sources or self.language.afterthoughts.issuperset(words)

    def _given(self, rule: Attribution, pointing: Pointing) -> float:
        """What the model gives the mention that the rules see."""
        return sum(chance for span, chance in pointing.source if self._at(span) is rule.mention)

    def _without_addressed(self, pointing: Pointing) -> Pointing:
        """Without the words that a preposition tells to be whom somebody speaks to (`le espetó a Gil`).

        Nor does the place speak where the report was written (`LIMA, Peru — “…”`).
        """
        source = [
            (word, chance)
            for word, chance in pointing.source
            if not self._is_addressed(word) and not any(place.overlaps(word) for place in self.datelines)
        ]
        if len(source) == len(pointing.source):
            return pointing
        is_best = source[:1] == pointing.source[:1]
        return replace(pointing, source=source, phrase=pointing.phrase if is_best else None)

    def _without_behind(self, index: int, pointing: Pointing) -> Pointing:
        """Without the words behind the next quotation, where those before this one lead to it alone."""
        end = self.introduced.get(index) or len(self.text)
        source = [(word, chance) for word, chance in pointing.source if word.start < end]
        rest = pointing.nothing + sum(chance for _, chance in source)
        if len(source) == len(pointing.source) or not rest:
            return pointing
        cue = pointing.cue if pointing.cue and pointing.cue.start < end else None
        scaled = [(word, chance / rest) for word, chance in source]
        is_best = source[:1] == pointing.source[:1]
        phrase = pointing.phrase if is_best else None
        return replace(pointing, source=scaled, nothing=pointing.nothing / rest, cue=cue, phrase=phrase)

    def _is_addressed(self, word: Span) -> bool:
        mention = self._at(word)
        if mention is None and fold(word.of(self.text)) in self.language.addressing:
            return True
        return self._follows(mention or word, self.language.addressing)

    def _follows(self, named: Mention | Span, words_before: frozenset[str]) -> bool:
        """Does one of these prepositions lead to whom it names, and not as a source?"""
        start = named.start if isinstance(named, Span) else named.span.start
        before = fold(self.text[max(0, start - LONGEST_BETWEEN) : start]).replace("’", "'")
        last = LAST_WORD.search(before)
        if last is None or last[1] not in words_before:
            return False
        words = tuple(WORD.findall(before))
        return not any(words[-len(phrase) :] == phrase for phrase in self.language.sources)

    def _names_another(self, rule: Attribution, pointing: Pointing) -> bool:
        """Is the model sure of words that are no mention, or leave open who is meant (`said another`)?

        Not of those by which the speaker went on.
        """
        if rule.inherited is None or not pointing.source:
            return False
        word, root = pointing.source[0][0], self.found[self.roots[rule.inherited]]
        is_open = self.phrases.is_indefinite(word)
        known = (root.mention and root.mention.span, root.phrase, root.cue, pointing.cue)
        if any(span and span.overlaps(word) for span in known) or (self._at(word) and not is_open):
            return False
        return pointing.chance >= (LIKELY if is_open else SURE)

    def _without_hearers(self, rule: Attribution, pointing: Pointing) -> Attribution:
        """The model takes the subject of a passive for the source: it is whom the rules see, or nobody told."""
        nobody = LEFT_OUT if rule.cue else pointing.nothing
        chance = nobody if rule.mention is None else RULES[rule.rule]
        return replace(rule, inherited=None, is_quote=pointing.is_quote, chance=chance)

    def _without_source(self, rule: Attribution, pointing: Pointing) -> Attribution:
        """The model sees no source: a verb whose subject is dropped may have one in the sentences before."""
        if rule.mention is None and (rule.cue is not None or rule.inherited is not None):
            return replace(rule, is_quote=pointing.is_quote, chance=LEFT_OUT)
        cue = self._cue(rule, pointing)
        hearers = rule.hearers
        return Attribution(None, cue, NOBODY_NEAR, None, pointing.is_quote, pointing.nothing, hearers=hearers)

    def _cue(self, rule: Attribution, pointing: Pointing) -> Span | None:
        """What reports the words: as the rules see it, else as the model does."""
        return rule.cue or (_trimmed(self.text, pointing.cue) if pointing.cue else None)

    def _likeliest(
        self, seen: Mention | None, pointing: Pointing, rule: Attribution, index: int
    ) -> tuple[Mention | None, float]:
        """The mention the rules see where the model allows it, else the one at the model's best word, if any."""
        chances: dict[Mention | None, float] = {}
        for span, chance in pointing.source:
            mention = self._at(span)
            chances[mention] = chances.get(mention, 0.0) + chance
        if seen is not None and chances.get(seen, 0.0) >= ALLOWED:
            return seen, chances[seen]
        if not pointing.source:
            return None, 0.0
        best = self._at(pointing.source[0][0])
        if seen is not None and chances.get(seen, 0.0) >= FAINT and self._strays(best, seen, rule, index):
            return seen, chances[seen]
        if seen is not None and best is not None and (self._owns(best, seen) or self._passes_on(best, seen, rule)):
            return seen, chances[best] + chances.get(seen, 0.0)
        return best, chances[best]

    def _owns(self, best: Mention, seen: Mention) -> bool:
        """Does the model point at whose the role is (`The notary of Ida Kern said`)?"""
        following = bisect_right(self.starts, seen.span.start)
        is_next = following < len(self.mentions) and self.mentions[following] is best
        return is_next and (seen.owner or self._has_complement(seen, best))

    def _has_complement(self, role: Mention, name: Mention) -> bool:
        """Does a preposition lead from the role to the name (`The widow of the late Bo Roth said`)?"""
        between = self.text[role.span.end : name.span.start]
        led = fold(between).split()[:1]
        return role.kind is MentionKind.ROLE and "," not in between and self.language.prepositions.issuperset(led)

    def _strays(self, best: Mention | None, seen: Mention, rule: Attribution, index: int) -> bool:
        """Does the model point beyond the sentence whose grammar tells the source?

        Into any other one where a verb of saying and its subject stand in that of the quotation, or a subject and a
        colon that leads to it (`Her colleague was blunter: “…”`); where reported speech goes on into a later one, or at
        whom a preposition leads (`Es gebe „Hilfe“ für die Opfer`).
        """
        if best is None:
            return False
        place, there = self.places[index], self._sentence(best.span)
        if rule.rule == REPORTED_ON:
            return there > place or self._follows(best, self.language.prepositions)
        is_led = rule.rule == SUBJECT_WITHOUT_SAYING and index in self.introduced
        return (rule.cue is not None or is_led) and self._sentence(seen.span) == place != there

    def _sentence(self, span: Span) -> int:
        """The number of the sentence that a place is in."""
        return bisect_right(self.stops, span.start)

    def _passes_on(self, best: Mention, seen: Mention, rule: Attribution) -> bool:
        """Does one merely pass on what another said (`“…,” she said, according to the agency`)?

        Nobody said it where there is no verb of saying (`The plan was “dead” by May, according to the agency`).
        """
        if rule.rule in {QUOTED_BY_ANOTHER, SECOND_HAND}:
            return True
        if rule.cue is None:
            return False
        before = self.text[seen.span.end : best.span.start]
        if not 0 < len(before) <= LONGEST_BETWEEN or "\n" in before:
            return False
        words = tuple(fold(before).replace(",", " ").split())
        return any(words[-len(phrase) :] == phrase for phrase in self.language.sources if len(words) > len(phrase))

    def _drops_subject(self, rule: Attribution, mention: Mention | None, chance: float) -> bool:
        """Does the verb stand without its subject? The model then points at the verb, or halfheartedly elsewhere."""
        if not self.language.drops_subjects or rule.mention is not None or rule.cue is None:
            return False
        return mention is None or chance < SURE

    def _relative(self, phrase: Span) -> Mention | None:
        """What a relative pronoun stands for: what is named last before it, of persons a whole name or a role."""
        word, place = fold(phrase.of(self.text)), bisect_right(self.starts, phrase.start)
        near = [m for m in self.mentions[max(0, place - MOST_NAMED) : place] if self._reaches(m.span, phrase)]
        if word not in self.language.relatives or not near:
            return None
        persons = [m for m in near if m.kind is MentionKind.ROLE or " " in (m.name or "") or m.description.heads]
        return persons[-1] if persons and word in self.language.personal_relatives else near[-1]

    def _reaches(self, named: Span, relative: Span) -> bool:
        between = self.text[named.end : relative.start]
        return len(between) <= RELATIVE_REACH and "\n" not in between

    def _at(self, span: Span) -> Mention | None:
        place = bisect_right(self.starts, span.start) - 1
        if place >= 0 and self.mentions[place].span.overlaps(span):
            return self.mentions[place]
        return None


def _introduced(blocks: Sequence[Block]) -> Iterator[tuple[int, int | None]]:
    """Each quotation that a colon leads to, and where the next one begins behind it, if it ends its sentence."""
    for block in blocks:
        for match in INTRODUCED.finditer(block.letters):
            index = block.items[match.start() + 1].quotation
            if index is not None:
                yield index, block.items[match.end() - 1].span.start if match["end"] else None


def _reads(text: str) -> bool:
    """Has the model word pieces of most of what is written here?"""
    letters = [character for character in text[:SAMPLE] if character.isalpha()]
    return 2 * sum(bool(READ.match(letter)) for letter in letters) >= len(letters)


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip(" ,;:\t\n"))
    return Span(start, max(start + 1, span.start + len(words.rstrip(" ,;:\t\n"))))
