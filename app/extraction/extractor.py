"""The one door to extraction: text in, quotes with their speakers out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path

from app.extraction import languages
from app.extraction.assembly import Assembler
from app.extraction.attribution.attributor import Attributor
from app.extraction.attribution.evidence import Attribution
from app.extraction.attribution.turns import take_turns
from app.extraction.coreference.characters import Cast
from app.extraction.coreference.name_types import NameTagger, tell_kinds
from app.extraction.coreference.resolver import Resolver
from app.extraction.detection import detect
from app.extraction.document import Extraction, Quotation, Quote, Span, Zone, ZoneKind
from app.extraction.languages import Language
from app.extraction.linguistics import Tokenizer
from app.extraction.model.antecedents import Antecedents
from app.extraction.model.learned import LearnedAttributor
from app.extraction.model.pointer import Pointer, Told, bundled_pointer, fingerprint, load_pointer
from app.extraction.model.settling import Settler
from app.extraction.names.apart import names_apart
from app.extraction.narration.blocks import Block
from app.extraction.narration.reading import Reading
from app.extraction.page.zones import find_zones
from app.extraction.quotations.dialogue import Run, find_runs
from app.extraction.quotations.marks import find_quotations
from app.extraction.stages import Laps

VERSION = "learned-12"
"""Raised with every change that can change results; kept with what was extracted."""
TaggerOf = Callable[[Language], NameTagger | None]


class Extractor:
    """Finds the quotes of texts. Thread-safe: what the models compute, they compute side by side.

    `tagger_of` gives the tagger of names for a language; without one their shape tells persons from organizations.
    `pointer` is the learned model of attribution; without it the rules decide alone. `version` is told with the quotes.
    """

    def __init__(
        self, tagger_of: TaggerOf = lambda _: None, pointer: Pointer | None = None, version: str = VERSION
    ) -> None:
        self.tagger_of = tagger_of
        self.pointer = pointer
        self.version = version

    def extract(self, text: str, language: str | None = None) -> Extraction:
        """Find the quotes of `text`. `language` is an ISO 639-1 code; None detects it."""
        laps = Laps()
        page = Page.of(text)
        laps.end("zones")
        code = language or detect([span.of(text) for span in page.body])
        data = languages.load(code)
        laps.end("language")
        quotes = find_quotes(page, data, self.tagger_of(data), self.pointer, laps) if page.speaks else ()
        return Extraction(code, tuple(quotes), self.version, tuple(_warnings(code)), laps.seconds)


@dataclass(frozen=True, slots=True)
class Page:
    """A text with what can be told without knowing its language."""

    text: str
    body: Sequence[Span]
    """Its paragraphs."""
    headings: Sequence[Span]
    quotations: Sequence[Quotation]
    runs: Sequence[Run] = ()
    """Lines that dashes open, which are speech in some languages."""

    @property
    def speaks(self) -> bool:
        """May anything on it be a quote?"""
        return bool(self.quotations or self.runs)

    @classmethod
    def of(cls, text: str) -> Page:
        zones = find_zones(text)
        body, headings = (list(_paragraphs(zones, kind)) for kind in (ZoneKind.BODY, ZoneKind.HEADING))
        return cls(text, body, headings, find_quotations(text, zones), find_runs(text, zones))


def find_quotes(
    page: Page,
    language: Language,
    tagger: NameTagger | None = None,
    pointer: Pointer | None = None,
    laps: Laps | None = None,
) -> list[Quote]:
    """The quotes of a page, in reading order: read, cast, resolve, attribute, assemble.

    On more than one thread the learned model reads while the rules do: it does not hold the interpreter's lock while it
    computes. The lap `model` is what the rules wait for it.
    """
    laps = laps or Laps()
    paragraphs = sorted([*page.body, *page.headings])
    tokens = Tokenizer(language).tokens(page.text, paragraphs)
    reading = Reading(page.text, language, tokens, page.quotations, page.runs)
    with ThreadPoolExecutor(1) as beside:
        pointed = _pointed(pointer, beside, page.text, paragraphs, reading.quotations) if pointer else None
        reading.headings(page.headings)
        blocks = [reading.block(span) for span in page.body]
        laps.end("reading")
        resolver, attributions = _by_rules(reading, blocks, language)
        laps.end("rules")
        antecedents = None
        if pointer and pointed:
            told, dialogue = pointed(), reading.dialogue.indices
            learned = LearnedAttributor(page.text, language, blocks, attributions, told.pointings, dialogue)
            attributions = learned.attribute()
            antecedents = Antecedents(pointer.antecedents, told.windows, resolver.told)
            laps.end("model")
    settler = Settler(resolver, antecedents)
    assembler = Assembler(page.text, reading.quotations, attributions, settler, blocks, reading.inflection)
    if tagger:
        tell_kinds(page.text, assembler.characters(), resolver.cast.characters, reading, tagger)
        laps.end("names")
    quotes = assembler.quotes()
    laps.end("assembly")
    return quotes


def _by_rules(reading: Reading, blocks: Sequence[Block], language: Language) -> tuple[Resolver, dict[int, Attribution]]:
    """Whom the mentions stand for, and the attribution of each quotation by its index."""
    mentions = reading.mentions()
    apart = names_apart(reading.text, language, mentions)
    cast = Cast(mentions, language.patronymics, apart, double_surnames=language.double_surnames)
    resolver = Resolver(language, cast)
    resolver.resolve(blocks)
    dialogue = reading.dialogue
    attributions = Attributor(blocks, language, dialogue.indices).attribute()
    return resolver, take_turns(reading.text, attributions, dialogue, resolver)


def _pointed(
    pointer: Pointer, beside: Executor, text: str, paragraphs: Sequence[Span], quotations: Sequence[Quotation]
) -> Callable[[], Told]:
    """Gives what the model points at; it begins to read at once where it has more than one thread."""
    asked = (text, paragraphs, quotations)
    return beside.submit(pointer.read, *asked).result if pointer.threads > 1 else partial(pointer.read, *asked)


def load_extractor(
    models: str = "bundled",
    models_dir: Path | None = None,
    attribution_model: Path | None = None,
    threads: int | None = None,
) -> Extractor:
    """The extractor with its models in memory.

    `models` is `bundled`, or `official` for Stanza's own packages in `models_dir`. Raises FileNotFoundError where
    official packages are asked for and none are there, ValueError for any other word. `attribution_model` is the folder
    of a model that `onrecord train` wrote, None for the bundled one. Raises ModelFolderError where it does not load.
    `threads` is how many cores one text may keep busy, None for all of them.
    """
    from app.extraction.stanza_models import ModelShelf

    pointer = load_pointer(attribution_model, threads) if attribution_model else bundled_pointer(threads)
    version = f"{VERSION}+{fingerprint(attribution_model)}" if attribution_model else VERSION
    return Extractor(ModelShelf(models, models_dir).tagger_of, pointer, version)


def _paragraphs(zones: Sequence[Zone], kind: ZoneKind) -> Iterator[Span]:
    """Where the paragraphs of this kind stand."""
    chosen = (zone for zone in zones if zone.kind is kind)
    for _, lines in groupby(chosen, key=lambda zone: zone.paragraph):
        spans = [zone.span for zone in lines]
        yield Span(spans[0].start, spans[-1].end)


def _warnings(code: str) -> Iterator[str]:
    """What the reader of an answer should know of the language."""
    language = languages.load(code)
    if language.code == languages.UNKNOWN:
        yield f"On Record has no words for the language “{code}”: quotes are found, speakers mostly are not."
    elif not language.measured:
        yield f"How well On Record reads {language.name} has not been measured."
