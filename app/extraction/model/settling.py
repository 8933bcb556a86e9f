"""Whom a source stands for, settled between the rules' resolution and the model's arcs to the names of the article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.extraction.attribution.evidence import NOBODY_NEAR, REPLY, Attribution
from app.extraction.coreference.characters import Character
from app.extraction.coreference.resolver import Resolver
from app.extraction.coreference.scene import AS_WRITTEN, INTRODUCED, KIN, NAMED, SAID_SO, Resolution, agree
from app.extraction.document import Span, SpeakerKind
from app.extraction.languages import fold
from app.extraction.linguistics import DOUBLE_MARKS
from app.extraction.mentions.mention import Mention, MentionKind
from app.extraction.model.antecedents import Antecedents
from app.extraction.names.given_names import gender_of

Fits = Callable[[Character], bool]
"""Can this one be meant?"""
UNKNOWN = Resolution(None, "unknown")
ASKED = {MentionKind.PRONOUN, MentionKind.ROLE, MentionKind.OTHER, MentionKind.ORGANIZATION}
"""Kinds of mentions of which the model is asked for whom they stand."""
TOLD = 0.6
"""The model's chance from which it tells whom a role means that the rules leave as it is written, or who it is that a
verb without its subject goes on with. On articles held out 4 in 5 of those it changes become right.
"""
OVERRULES = 0.9
"""The model's chance from which it is believed against the rules."""
SAME_SUBJECT = 0.85
"""The chance of a subject left out to be that of the sentence before, at most."""
SETTLED = {*SAID_SO, INTRODUCED, KIN}
"""How the rules tell who is meant so that the model is not asked: it knows nobody whom the article does not name."""
HOW = "meant so by the model's reading"


class Settler:
    """Settles each source once."""

    def __init__(self, resolver: Resolver, antecedents: Antecedents | None) -> None:
        self.resolver = resolver
        self.antecedents = antecedents
        self._settled: dict[Mention | int, Resolution] = {}
        self._told: dict[Character, Character] = {}
        """Of somebody spoken of by a role whom the model tells that it is: who says `it` means the same."""

    def resolution(self, attribution: Attribution, index: int) -> Resolution:
        """Whom the source of a quotation stands for; `index` is the quotation's."""
        mention = attribution.mention
        source = index if mention is None else mention
        if source not in self._settled:
            self._settled[source] = self._dropped(attribution, index) if mention is None else self._mention(mention)
        return self._settled[source]

    def _mention(self, mention: Mention) -> Resolution:
        if self._is_empty(mention):
            return UNKNOWN
        rules = self._as_told(self.resolver.resolve_late(mention))
        if mention.kind not in ASKED or mention in self.resolver.cast.characters or rules.how in SETTLED:
            return rules
        if rules.how == AS_WRITTEN and self._is_somebody_else(mention):
            return rules
        agreeing = self.resolver.roles.tells_gender(mention) or mention.kind is MentionKind.ORGANIZATION
        enough = TOLD if rules.how == AS_WRITTEN and agreeing else OVERRULES
        settled = self._between(rules, mention.span, lambda c: self._fits(mention, c), enough, self._late(mention))
        if rules.how == AS_WRITTEN and rules.character and settled.character:
            self._told[rules.character] = settled.character
        if settled.how == HOW and mention.kind is MentionKind.ROLE:
            settled = self.resolver.roles.doubted(mention, settled)
        return settled if settled.how == AS_WRITTEN else self._shared(mention, settled)

    def _is_empty(self, mention: Mention) -> bool:
        """Is it a mark, a sign or an article alone, which name nobody?"""
        language, word = self.resolver.language, fold(mention.phrase)
        telling = language.indefinites | language.possessives | frozenset(language.possessors)
        is_article = mention.kind is MentionKind.OTHER and word in language.determiners - telling
        return is_article or not any(map(str.isalnum, word))

    def _is_somebody_else(self, mention: Mention) -> bool:
        """Does the phrase tell by itself that it means nobody named: `a nurse`, `his deputy`, `«Волна»`?"""
        roles = self.resolver.roles
        is_anothers = roles.relates(mention) or mention in self.resolver.barred
        is_named = not DOUBLE_MARKS.isdisjoint(mention.phrase)
        return not mention.definite or is_anothers or is_named or roles.is_stranger(mention)

    def _as_told(self, rules: Resolution) -> Resolution:
        character = rules.character and self._told.get(rules.character)
        return replace(rules, character=character) if character and rules.how != AS_WRITTEN else rules

    def _shared(self, mention: Mention, settled: Resolution) -> Resolution:
        """Less sure where several persons are near the role and nothing in its words tells which of them is meant."""
        several = max(1, self.resolver.contenders.get(mention, 0))
        pointed = None if settled.pointed is None else settled.pointed / several
        return replace(settled, chance=settled.chance / several, pointed=pointed)

    def _late(self, mention: Mention) -> Fits | None:
        """Who may be named later only: leads name the role, what follows them its holder, by no other office."""
        if mention.kind is not MentionKind.ROLE:
            return None
        role, may_be = mention.description, self.resolver.roles.offices.may_be
        return lambda character: self._fits(mention, character) and may_be(role, character.description)

    def _fits(self, mention: Mention, character: Character) -> bool:
        """Can somebody like this be meant by such a mention?"""
        if character is self.resolver.barred.get(mention):
            return False
        if mention.kind is MentionKind.ORGANIZATION:
            return not character.is_human and self._acts(character) and not _is_named_person(character)
        if mention.gender == "n":
            return not character.is_human and not _is_named_person(character)
        if mention.gender == "p":
            return character.kind is not SpeakerKind.PERSON
        may_be = self.resolver.roles.offices.may_also_be(mention.description, character.description)
        return may_be and character.is_person and agree(mention.gender, character.gender)

    def _acts(self, character: Character) -> bool:
        """Is this a body by its name, or a subject where it was named last, not a mere place (`in Oslo`)?"""
        seen = self.resolver.scene.sightings.get(character)
        return character.kind is SpeakerKind.ORGANIZATION or bool(seen and seen.subject)

    def _dropped(self, attribution: Attribution, index: int) -> Resolution:
        has_verb = attribution.cue is not None and attribution.rule != NOBODY_NEAR
        if attribution.rule == REPLY or not (has_verb or self.resolver.language.drops_subjects):
            return UNKNOWN
        others = [self.resolver.resolve_late(hearer).character for hearer in attribution.hearers if hearer]
        others.append(self.resolver.askers.get(index))
        opener = self._opener(index)
        opener = None if opener and opener.character in others else opener
        rules = opener or self.resolver.dropped.get(index, UNKNOWN)
        rules = UNKNOWN if rules.character and rules.character in others else rules
        if attribution.cue is None or rules.how in SETTLED:
            return rules
        enough = OVERRULES if opener else TOLD
        return self._between(rules, attribution.cue, lambda c: c.is_person and c not in others, enough)

    def _opener(self, index: int) -> Resolution | None:
        """The person that opens the sentence before: a subject left out goes on with the last one (Carminati 2002)."""
        mention = self.resolver.openers.get(index)
        if mention is None or not self.resolver.language.drops_subjects:
            return None
        told = self._mention(mention)
        known = told.character
        if known is None or known is self.resolver.askers.get(index):
            return None
        if known.kind is SpeakerKind.UNNAMED and self.resolver.roles.relates(mention):
            return replace(told, how=NAMED, sentences_back=1, chance=SAME_SUBJECT)
        if known.kind is not SpeakerKind.PERSON or not (known.gender or known.description.heads):
            return None
        is_guess = mention.kind is MentionKind.ROLE and told.how not in {*SAID_SO, HOW}
        return None if is_guess else replace(told, how=NAMED, sentences_back=1, chance=min(told.chance, SAME_SUBJECT))

    def _between(
        self,
        rules: Resolution,
        asked: Span,
        fits: Fits,
        enough: float,
        fits_late: Fits | None = None,
    ) -> Resolution:
        chances = self._chances(asked, fits, fits_late)
        if not chances:
            return rules
        best = max(chances, key=chances.__getitem__)
        if best is not rules.character and chances[best] >= enough:
            return Resolution(best, HOW, 0, chances[best], chances[best])
        told = rules.character is not None and rules.how != AS_WRITTEN
        nobody = max(0.0, 1 - sum(chances.values()))
        return replace(rules, pointed=chances.get(rules.character, 0.0) if told else nobody)

    def _chances(self, asked: Span, fits: Fits, fits_late: Fits | None) -> dict[Character, float]:
        """Of those named up to the end of the sentence asked about; where none of them fits, of those told late."""
        if self.antecedents is None:
            return {}
        before = self.antecedents.chances(asked, fits, self.resolver.sentence_end(asked.end))
        return before or (self.antecedents.chances(asked, fits_late) if fits_late else {})


def _is_named_person(character: Character) -> bool:
    """Does a given name before another word tell that this is a person?"""
    return character.kind is SpeakerKind.PERSON and " " in character.name and bool(gender_of(character.name.split()[0]))
