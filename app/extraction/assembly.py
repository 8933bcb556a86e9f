"""Quotations with their attributions and speakers, put together as quotes with a confidence and a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from app.extraction.attribution.evidence import NOBODY_NEAR, RULES, Attribution
from app.extraction.confidence import Evidence, Way, confidence_of
from app.extraction.coreference.characters import Character
from app.extraction.coreference.scene import AS_WRITTEN, NOBODY, Resolution
from app.extraction.document import Quotation, Quote, QuoteKind, Span, Speaker
from app.extraction.languages import fold
from app.extraction.mentions.mention import MentionKind
from app.extraction.model.learned import MODEL
from app.extraction.model.settling import Settler
from app.extraction.names.inflection import Inflection
from app.extraction.names.shared_surnames import SURE
from app.extraction.narration.blocks import Block
from app.extraction.quotations.reporting import NOTHING_KNOWN, Beside, is_reported, uses_single_marks

JOINT = 0.5
"""What the words of several are worth as those of one of them."""
LONGEST_PHRASE = 80
"""Characters of a phrase that stands for a name."""


class Assembler:
    """Builds the quotes of one article from what the steps before found."""

    def __init__(
        self,
        text: str,
        quotations: Sequence[Quotation],
        attributions: Mapping[int, Attribution],
        settler: Settler,
        blocks: Sequence[Block],
        inflection: Inflection | None,
    ) -> None:
        self.text = text
        self.quotations = quotations
        self.attributions = attributions
        self.settler = settler
        self.language = settler.resolver.language
        self.inflection = inflection
        self.single = uses_single_marks(quotations)
        self.contexts = {
            item.quotation: (block, position)
            for block in reversed(blocks)
            for position, item in reversed(list(enumerate(block.items)))
            if item.quotation is not None
        }

    def quotes(self) -> list[Quote]:
        """The quotes in reading order."""
        self._call_by_phrases()
        return [self._quote(members) for members in self._groups]

    def characters(self) -> set[Character]:
        """Who speaks in these quotes."""
        found = {self._resolved(members)[1].character for members in self._groups}
        return {character for character in found if character}

    @cached_property
    def _groups(self) -> list[list[int]]:
        """Quotations under one attribution, the attributed one first in each group's reading order."""
        groups: list[list[int]] = []
        group_of: dict[int, list[int]] = {}
        for index in sorted(self.contexts, key=lambda i: self.quotations[i].segments[0]):
            attribution = self.attributions[index]
            if not self._is_reported(index, attribution):
                continue
            group = self._group_to_join(attribution, groups, group_of)
            if group is None:
                group = []
                groups.append(group)
            group.append(index)
            group_of[index] = group
        return groups

    def _group_to_join(
        self, attribution: Attribution, groups: list[list[int]], group_of: Mapping[int, list[int]]
    ) -> list[int] | None:
        if attribution.inherited is not None:
            return group_of.get(attribution.inherited)
        if attribution.mention is None or attribution.cue is None or not groups:
            return None
        last = self.attributions[groups[-1][-1]]
        return groups[-1] if last.mention is attribution.mention and last.cue == attribution.cue else None

    def _is_reported(self, index: int, attribution: Attribution) -> bool:
        beside = Beside.of(*self.contexts[index]) if self.language.cues else NOTHING_KNOWN
        return is_reported(self.text, self.quotations[index], attribution, beside, self.single)

    def _quote(self, members: Sequence[int]) -> Quote:
        attribution, resolution = self._resolved(members)
        segments = tuple(segment for index in members for segment in self.quotations[index].segments)
        mention = attribution.mention
        evidence = self._evidence(members, attribution, resolution)
        return Quote(
            segments=segments,
            kind=self._kind(members[0]),
            speaker=self._speaker(resolution.character) if resolution.character else None,
            mention=mention.span if mention else None,
            cue=attribution.cue,
            confidence=round(confidence_of(evidence), 2),
            reason=self._reason(attribution, resolution),
            evidence=evidence,
        )

    def _call_by_phrases(self) -> None:
        """Call those whom the article does not name by the whole phrase that the model takes for the source."""
        for members in self._groups:
            attribution, resolution = self._resolved(members)
            mention, phrase, character = attribution.mention, attribution.phrase, resolution.character
            if resolution.how != AS_WRITTEN or not (mention and phrase and character):
                continue
            begins = phrase.start == mention.span.start and phrase.end > mention.span.end
            words = phrase.of(self.text)
            has_agency = not self.language.agencies.isdisjoint(fold(word) for word in words.split())
            is_whole = "\n" not in words and words.count("«") == words.count("»") and not has_agency
            if begins and len(words) <= LONGEST_PHRASE and is_whole:
                character.names = Counter([self.language.uncapitalized(words)])

    def _speaker(self, character: Character) -> Speaker:
        """The character, each wording of its roles once."""
        speaker = character.speaker
        roles = [self._without_determiner(role) for role in speaker.roles]
        wordings = {role.of(self.text): role for role in reversed(roles)}
        return replace(speaker, roles=tuple(sorted(wordings.values())))

    def _without_determiner(self, role: Span) -> Span:
        """`the mayor` is the role of `mayor`."""
        first, space, rest = role.of(self.text).partition(" ")
        is_led = rest and fold(first) in self.language.determiners
        return Span(role.start + len(first) + len(space), role.end) if is_led else role

    def _resolved(self, members: Sequence[int]) -> tuple[Attribution, Resolution]:
        attribution = self._attribution(members[0])
        resolution = self.settler.resolution(attribution, members[0])
        return attribution, NOBODY if self._contradicts(attribution, resolution) else resolution

    def _contradicts(self, attribution: Attribution, resolution: Resolution) -> bool:
        """Where grammar does not tell the subject, does the form of the verb tell that it is not this person?

        A man's form may stand with a woman's office, and several with one where each is named.
        """
        known, is_sure = resolution.character, attribution.rule != MODEL and not attribution.is_guess
        if self.inflection is None or attribution.cue is None or known is None or not known.gender or is_sure:
            return False
        verb, mention = attribution.cue.of(self.text), attribution.mention
        if mention is None and self.inflection.is_plural_verb(verb):
            return known.gender != "p"
        told = self.inflection.verb_gender(verb) or known.gender
        return told != known.gender and not (told == "m" and mention and mention.kind is MentionKind.ROLE)

    def _attribution(self, index: int) -> Attribution:
        """Its own, or of the quotation that it goes on with."""
        attribution = self.attributions[index]
        while attribution.inherited is not None:
            attribution = self.attributions[attribution.inherited]
        return attribution

    def _evidence(self, members: Sequence[int], attribution: Attribution, resolution: Resolution) -> Evidence:
        """What speaks for the quote; a rule's precision stands in where no model was asked."""
        character = resolution.character
        chances = [self.attributions[index].is_quote for index in members]
        return Evidence(
            is_quote=min((chance for chance in chances if chance is not None), default=1.0),
            mention=RULES[attribution.rule] if attribution.chance is None else attribution.chance,
            rule=RULES.get(attribution.rule, 0.0),
            way=_way(attribution, resolution),
            antecedent=resolution.chance,
            pointed=resolution.pointed,
            sentences_back=resolution.sentences_back,
            told=bool(character and character.is_human),
            named=character.names.total() if character else 0,
            words=len(character.name.split()) if character else 0,
            share=_share(attribution, character),
            doubtful=resolution.doubtful,
        )

    def _kind(self, index: int) -> QuoteKind:
        """Mixed where the words are part of a sentence of the narration."""
        block, position = self.contexts[index]
        before = block.items[position - 1].letter if position else "."
        opens = self.quotations[index].segments[0].of(self.text)[:1]
        embedded = before not in ".,:;-?q" or opens.islower()
        return QuoteKind.MIXED if embedded and not (before == "." and position) else QuoteKind.DIRECT

    def _reason(self, attribution: Attribution, resolution: Resolution) -> str:
        mention, character = attribution.mention, resolution.character
        is_near = character is None or attribution.rule != NOBODY_NEAR
        parts = [attribution.cue.of(self.text) if attribution.cue else "", attribution.rule if is_near else ""]
        if mention and character and mention.kind is not MentionKind.NAME:
            parts.append(f"“{mention.phrase}” → {character.name}, {self._distance(resolution)}")
        elif mention and character and character.name != mention.name:
            parts.append(f"“{mention.phrase}” → {character.name}")
        elif character and mention is None:
            parts.append(f"goes on with {character.name}, {self._distance(resolution)}")
        elif character is None:
            parts.append(f"“{mention.phrase}”: nobody named fits" if mention else "no speaker named near it")
        return " · ".join(part for part in parts if part)

    def _distance(self, resolution: Resolution) -> str:
        if not resolution.sentences_back:
            return resolution.how
        plural = "s" if resolution.sentences_back > 1 else ""
        return f"{resolution.how} {resolution.sentences_back} sentence{plural} before"


_WAYS = {
    MentionKind.PRONOUN: Way.PRONOUN,
    MentionKind.ROLE: Way.ROLE,
    MentionKind.OTHER: Way.ROLE,
    MentionKind.ORGANIZATION: Way.OTHER_NAME,
}


def _share(attribution: Attribution, character: Character | None) -> float:
    """Of the chance, where the surname is supposed or others speak, too."""
    supposed = SURE if character and character.supposed else 1.0
    return supposed * (JOINT if attribution.mention and attribution.mention.joint else 1.0)


def _way(attribution: Attribution, resolution: Resolution) -> Way:
    """How the mention leads to the name."""
    mention, character = attribution.mention, resolution.character
    if character is None:
        return Way.NOBODY
    if mention is None:
        return Way.DROPPED
    if resolution.how == AS_WRITTEN:
        return Way.AS_WRITTEN
    if mention.name is None or mention.kind not in {MentionKind.NAME, MentionKind.ORGANIZATION}:
        return _WAYS.get(mention.kind, Way.AS_WRITTEN)
    if mention.kind is MentionKind.ORGANIZATION:
        return Way.OTHER_NAME
    if " " in mention.name:
        return Way.FULL_NAME
    return Way.PART_OF_NAME if " " in character.name else Way.SINGLE_NAME
