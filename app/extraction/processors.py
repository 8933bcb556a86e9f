"""On Record's extraction as a Stanza processor; importing this module registers it.

    >>> import app.extraction.processors
    >>> pipeline = stanza.Pipeline("en", processors="tokenize,ner,quotes")
    >>> pipeline(text).quotes[0].speaker.name

`doc.quotes` is a list of `app.extraction.document.Quote`, whose offsets count in `doc.text`.
"""

from __future__ import annotations

from collections.abc import Sequence

from stanza.models.common.doc import Document
from stanza.pipeline._constants import NER, TOKENIZE
from stanza.pipeline.processor import Processor, register_processor

from app.extraction import languages
from app.extraction.document import Span
from app.extraction.extractor import Page, find_quotes
from app.extraction.model.pointer import bundled_pointer
from app.extraction.stanza_models import Offsets, entities_of, type_at

QUOTES = "quotes"


@register_processor(QUOTES)
class QuotesProcessor(Processor):
    """Finds the quotes of a document that is tokenized and has its names."""

    REQUIRES_DEFAULT = frozenset({TOKENIZE, NER})
    PROVIDES_DEFAULT = frozenset({QUOTES})

    def mark_inactive(self) -> None:
        """Nothing to let go of; Stanza calls this where a requirement is missing."""

    def process(self, document: Document) -> Document:
        """Add `quotes` to the document."""
        page = Page.of(document.text)
        language = languages.load(self.config["lang"])
        document.quotes = find_quotes(page, language, _Given(document), bundled_pointer()) if page.speaks else []
        return document


class _Given:
    """The names that the processor before has found."""

    def __init__(self, document: Document) -> None:
        self.entities = entities_of(document, Offsets([Span(0, len(document.text))]))

    def types(self, text: str, sentences: Sequence[Span], places: Sequence[int]) -> list[str]:
        return [type_at(self.entities, place) for place in places]
