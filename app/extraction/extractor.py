"""The one door to extraction: text in, quotes with their speakers out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import groupby, pairwise

from app.extraction import languages
from app.extraction.assembly import Assembler
from app.extraction.attribution import Attributor
from app.extraction.characters import Cast
from app.extraction.coreference import Resolver
from app.extraction.document import Extraction, Quotation, Span, ZoneKind
from app.extraction.languages import fold
from app.extraction.linguistics import Analysis, Linguistics, Plain, Token
from app.extraction.marks import find_quotations
from app.extraction.mentions import Mention, MentionFinder
from app.extraction.narration import Block, NarrationReader
from app.extraction.zones import find_zones

VERSION = "rules-1"


class Extractor:
    """Reads one text at a time. Not thread-safe: Stanza is not."""

    def __init__(self, models: dict[str, Linguistics] | None = None) -> None:
        self.models = models or {}

    def extract(self, text: str, language: str | None = None) -> Extraction:
        """Find the quotes of one text. `language` is an ISO 639-1 code; None detects it."""
        code = language or "en"
        zones = find_zones(text)
        quotations = find_quotations(text, zones)
        if not quotations:
            return Extraction(code, (), VERSION)
        data = languages.load(code)
        body, headings = (list(_paragraphs(zones, kind)) for kind in (ZoneKind.BODY, ZoneKind.HEADING))
        spans = sorted([*body, *headings])
        analysis = self.models.get(code, Plain(data)).analyse(text, spans)
        reader = Reading(text, data, analysis, quotations, set(headings))
        blocks = [reader.block(span) for span in spans]
        mentions = sorted((m for m in reader.mentions), key=lambda m: m.span)
        cast = Cast(data, mentions)
        resolver = Resolver(data, cast)
        narration = [block for block in blocks if block.span not in reader.headings]
        resolver.resolve(narration)
        attributions = Attributor(narration).attribute()
        quotes = Assembler(text, quotations, attributions, resolver, narration).quotes()
        return Extraction(code, tuple(quotes), VERSION)


class Reading:
    """Reads paragraphs into blocks and keeps all mentions, those inside quotations and headings too."""

    def __init__(self, text, data, analysis: Analysis, quotations: Sequence[Quotation], headings: set[Span]) -> None:
        self.text = text
        self.tokens = analysis.tokens
        self.starts = [token.span.start for token in self.tokens]
        entities = {entity.span.start: entity for entity in analysis.entities}
        self.finder = MentionFinder(data, text, entities, *_names_within(analysis.tokens))
        self.reader = NarrationReader(data, text, self.finder)
        self.segments = sorted((s, i, q) for i, q in enumerate(quotations) for s in q.segments) if quotations else []
        self.segment_starts = [segment.start for segment, _, _ in self.segments]
        self.headings = headings
        self.mentions: list[Mention] = []

    def block(self, span: Span) -> Block:
        first, last = (bisect_left(self.segment_starts, edge) for edge in (span.start, span.end))
        inside = [(index, segment, quotation) for segment, index, quotation in self.segments[first:last]]
        block = self.reader.read(span, self._tokens(span), inside)
        for mention in block.mentions:
            mention.heading = span in self.headings
            self.mentions.append(mention)
        for _, segment, _ in inside:
            self._quoted(segment)
        return block

    def _tokens(self, span: Span) -> Sequence[Token]:
        first, last = (bisect_left(self.starts, edge) for edge in (span.start, span.end))
        return self.tokens[first:last]

    def _quoted(self, segment: Span) -> None:
        for mention in self.finder.find(self._tokens(segment)):
            mention.quoted = True
            self.mentions.append(mention)


def _paragraphs(zones: Sequence[Zone], kind: ZoneKind) -> Iterator[Span]:
    """Where the paragraphs of this kind stand."""
    chosen = (zone for zone in zones if zone.kind is kind)
    for _, lines in groupby(chosen, key=lambda zone: zone.paragraph):
        spans = [zone.span for zone in lines]
        yield Span(spans[0].start, spans[-1].end)


def _names_within(tokens: Sequence[Token]) -> tuple[frozenset[str], frozenset[str]]:
    """Words with a capital where no sentence begins, and those of them that end a name of several words."""
    names: set[str] = set()
    bearers: set[str] = set()
    for before, word in pairwise(tokens):
        if word.is_capitalized and before.is_word and not before.ends_sentence:
            names.add(fold(word.text))
            if before.is_capitalized:
                bearers.add(fold(word.text))
    return frozenset(names), frozenset(bearers)
