"""Whom a pronoun means, or a subject left out: of those the article has spoken of lately the most salient who fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.extraction.coreference.characters import Character
from app.extraction.coreference.scene import NAMED, Resolution, Scene, agree
from app.extraction.document import SpeakerKind
from app.extraction.languages import Language, fold
from app.extraction.mentions.mention import Mention

REACH = 8
"""Sentences back within which a pronoun finds its antecedent."""
LATTER_REACH = 2
"""The same for whoever was named last."""
_PERSONS = {SpeakerKind.PERSON, SpeakerKind.UNNAMED}
_THINGS = {SpeakerKind.ORGANIZATION, SpeakerKind.DOCUMENT}
_SEVERAL = {SpeakerKind.GROUP, SpeakerKind.ORGANIZATION}


@dataclass(slots=True)
class Pronouns:
    """Resolves pronouns by the scene. Their genders are those of `Language.pronouns`."""

    language: Language
    scene: Scene

    def meant(self, gender: str, barred: Character | None = None) -> Resolution:
        """Whom a pronoun of this gender means here: the newcomer, or the most salient. `barred` is not meant."""
        newcomer = self.scene.newcomer(self._fitting(gender, barred)) if gender not in {"n", "p"} else None
        return newcomer or self.scene.most_salient(self.antecedents(gender, barred), NAMED)

    def antecedents(self, gender: str, barred: Character | None = None) -> list[Character]:
        """Whom a pronoun of this gender may mean here."""
        fitting = self._fitting(gender, barred)
        return [c for c in fitting if _may_speak(c)] or fitting

    def _fitting(self, gender: str, barred: Character | None) -> list[Character]:
        wanted = {"n": _THINGS, "p": _SEVERAL}.get(gender, _PERSONS)
        near = [c for c in self.scene.near(REACH) if c is not barred]
        fitting = [c for c in near if c.kind in wanted and agree(gender, c.gender)]
        return [c for c in fitting if c.kind is not SpeakerKind.UNNAMED or c.description.heads or c.gender]

    def latter(self, mention: Mention) -> Resolution | None:
        """`Quest'ultimo`: whoever of that gender was named last."""
        gender = self.language.latters.get(fold(mention.phrase).replace(" ", "_"))
        if gender is None:
            return None
        mention.gender = gender
        last = self._last(self.scene.near(LATTER_REACH), gender)
        return Resolution(last, NAMED, self.scene.back(last)) if last else None

    def _last(self, near: Sequence[Character], gender: str) -> Character | None:
        persons = (c for c in near if c.kind is SpeakerKind.PERSON and _may_speak(c))
        return next((c for c in persons if agree(gender, c.gender)), None)


def _may_speak(character: Character) -> bool:
    """Does anything beside a capital tell that this is a person?"""
    return character.is_human or " " in character.name
