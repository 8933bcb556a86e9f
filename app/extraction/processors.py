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
from app.extraction.languages import Language
from app.extraction.linguistics import Analysis, Plain
from app.extraction.pointer import bundled_pointer
from app.extraction.stanza_models import Offsets, analysis_of

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
        document.quotes = (
            find_quotes(page, language, _Given(document, language), bundled_pointer()) if page.quotations else []
        )
        return document


class _Given:
    """The analysis that the processors before have made."""

    def __init__(self, document: Document, language: Language) -> None:
        self.document = document
        self.words = Plain(language)

    def analyse(self, text: str, paragraphs: Sequence[Span]) -> Analysis:
        whole = Offsets([Span(0, len(text))])
        return analysis_of(self.document, self.words.analyse(text, paragraphs), whole)
