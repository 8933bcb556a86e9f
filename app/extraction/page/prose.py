"""How much each paragraph of a page looks like running prose, judged by itself.

The signals hold in any language: how it ends, how long it is, whether it is listed. The few section labels help only
with what stands under them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from app.extraction.document import ZoneKind
from app.extraction.page.paragraphs import BULLET, SENTENCE_END

_FLOWING_END = re.compile(r"[,;:–—-][\"”“»«›‹’'‘)\]}」』*_]*$")
_QUOTED = re.compile(r"(?:[“„«]|(?<!\w)\")\s?[^“”„«»\"\s]+(?:\s[^“”„«»\"\s]+){2}")
_QUOTED_LINE = re.compile(r"[“„«\"][^“”„«»\"]+(?:[.!?,…]\s?[”“»\"]|[”“»\"]\s*(?:[–—―~(]|-\s))")
_CREDIT = re.compile(r"\((?=[^\Wa-z\d_])[^()\s]+(?:\s[^()\s]+){0,5}\)$")
_MACHINE = re.compile(
    r"©|(?:https?://|www\.)\S+(?:\s\S+)?$|#\w+(?:\s*#\w+)+|\S+\.(?:jpe?g|png|gif|webp)$", re.IGNORECASE
)
_CREDITED = re.compile(
    r"(?:^|[.!?\"”»)] )(?i:picture|photo(?:graph)?|image|foto|fotografía|crédit|фото)s?\s?:\s(?=[^\Wa-z\d_])"
    r"[^\s.:,“„”«»\"]+(?:\s[^\s.:“„”«»\"]+){0,5}$"
)
"""Who took the picture, named at the end of what stands below it (`The pier. Picture: Sue Neal`)."""
_CAPTION = re.compile(
    r"(?i:(?:file )?(?:picture|photo(?:graph)?|image)s?|foto|fotografía|immagine|imagem|bild|фото)\s?:\s"
)
"""The label of a caption, with which it begins."""
_INTRODUCED = re.compile(r"(?P<before>[^:“„«»\"]+):\s?[“„«\"][^“”„«»\"]+[”“»\"]$")
_SIGNED = re.compile(r"[“„«\"][^“”„«»\"]+[”“»\"]\s*(?:[–—―~(]|-\s)")
_LABEL = re.compile(
    r"related|most read|read (?:next|more|also)|see also|more from|similar threads|latest|leggi anche|correlat|più lett"
    r"|(?:à )?lire (?:aussi|également)|les plus lus|mehr zum|lesen sie auch|meistgelesen|relacionad"
    r"|lo más|le[ea] (?:también|además)|leia (?:também|mais)|veja também|mais lid|читайте также|по теме|самое читаемое"
    r"|похожие",
    re.IGNORECASE,
)
_PIECE = r"(?:\w+ )?(?:article|story|obituary|report|column|review|interview|post|page|caption|headline|transcript)"
_CORRECTION = re.compile(
    r"(?:corrections?(?: (?:and|&) clarifications?)?|clarifications?|berichtigung|korrektur|richtigstellung"
    r"|rectificatif|corrección|rectificación|fe de errores"
    r"|correzione|rettifica|correção|errata|исправление|уточнение)\b"
    r"(?:,?\s(?:(?:to|on|of|for|from|vom|zum|du|de|del|al|do|от)\b|(?:\w+\s)?\d)[^:.\n]{0,30})?\s?:\s"
    rf"|this {_PIECE} (?:was|has been) (?:amended|corrected)\b"
    rf"|an? (?:earlier|previous) version of this {_PIECE}\b",
    re.IGNORECASE,
)
"""A correction of the article: what it quotes was misquoted, or stands above. Its colon, a date or what it is of
follows, for there are officers of corrections.
"""
_ALL_QUOTED = re.compile(r"[“„«\"][^“”„«»\"]+[”“»\"]$")
_LABELLED = re.compile(rf"(?:{_LABEL.pattern})\w*\s?:\s", re.IGNORECASE)
_LONGEST_LABEL = 30
_GOOD_WORDS, _LONG_WORDS, BLURB_WORDS = 12, 20, 40


class Grade(IntEnum):
    """How much a paragraph looks like running prose by itself."""

    FURNITURE = 0
    SHORT = 1
    NEAR = 2
    GOOD = 3


@dataclass(slots=True)
class Unit:
    """A paragraph on its way to a zone kind: the grade is its own, the kind comes from its neighbours."""

    text: str
    block: int
    words: int
    grade: Grade = Grade.SHORT
    kind: ZoneKind = ZoneKind.BODY

    @property
    def is_listed(self) -> bool:
        return bool(BULLET.match(self.text))

    @property
    def is_label(self) -> bool:
        return self.words <= 5 and bool(_LABEL.match(self.text))

    @property
    def is_labelled(self) -> bool:
        """Does it begin with a label in capitals (`WATCH: …`), or a speaker of a transcript (`HOLT: …`)?"""
        label, colon, _ = self.text[:_LONGEST_LABEL].partition(": ")
        return bool(colon) and label.isupper()

    @property
    def is_aside(self) -> bool:
        """Is it a label with what it leads to (`Read also: …`), a caption with its credit, or a correction?"""
        credited = self.words < 2 * BLURB_WORDS and _CREDIT.search(self.text[-80:]) and not _QUOTED.search(self.text)
        captioned = self.words < BLURB_WORDS and (_CREDITED.search(self.text[-80:]) or _CAPTION.match(self.text))
        return bool(credited or captioned or _LABELLED.match(self.text) or _CORRECTION.match(self.text))

    @property
    def is_quotation(self) -> bool:
        """Is it all one quotation?"""
        return bool(_ALL_QUOTED.match(self.text))

    @property
    def is_signed(self) -> bool:
        """Is it a quotation with a signature (`"We won" — Anna Holt`)?"""
        return bool(_SIGNED.match(self.text))

    @property
    def is_introduced(self) -> bool:
        """Does a clause lead to the quotation it ends with, be there no final stop (`He was brief: "I agree"`)?"""
        match = _INTRODUCED.match(self.text)
        return bool(match) and any(word.islower() for word in match["before"].split()[1:])

    @property
    def ends_sentence(self) -> bool:
        return bool(SENTENCE_END.search(self.text[-20:]))

    @property
    def flows_on(self) -> bool:
        """Does its sentence go on in the next paragraph, or from one before?"""
        return self.words > 2 and bool(_FLOWING_END.search(self.text[-20:]) or self.text[0].islower())

    @property
    def is_prose(self) -> bool:
        """Does it end, begin or quote as running text does?"""
        return self.words > 1 and bool(self.ends_sentence or self.flows_on or _QUOTED_LINE.match(self.text))


def grade_of(unit: Unit) -> Grade:
    """The grade of a paragraph, nothing around it considered."""
    quotes = _QUOTED.search(unit.text)
    if unit.is_aside or _MACHINE.match(unit.text):
        return Grade.FURNITURE
    if unit.words >= BLURB_WORDS or (unit.is_prose and unit.words >= _GOOD_WORDS) or (quotes and unit.ends_sentence):
        return Grade.GOOD
    if unit.is_prose or unit.is_introduced or (unit.words >= _LONG_WORDS and not unit.is_listed):
        return Grade.NEAR
    return Grade.SHORT
