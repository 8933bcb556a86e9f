"""The bundled Stanza pipeline and the processor of quotes, with the real weights."""

import socket
from pathlib import Path

import pytest

from app.extraction.document import Span, SpeakerKind
from app.extraction.extractor import load_extractor
from app.extraction.languages import load
from app.extraction.stanza_models import WEIGHTS, ModelShelf, bundled_pipeline

pytestmark = [
    pytest.mark.xdist_group("stanza"),
    # Stanza and torch warn of their own doings while they load.
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::UserWarning"),
]
PAGE = (
    "Foreign Minister Wang Lihua met Sen. Ann Field, R-Pa., in Lowtown.\n"
    "“We have a so-called Indo-Pacific plan,” Field said. “It’s ours.”\n\n"
    "“And we have none,” the minister replied."
)


@pytest.fixture(scope="module")
def extractor():
    return load_extractor()


def test_pipeline_starts_without_a_network(monkeypatch):
    def refuse(*_):
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    document = bundled_pipeline()("Ann Field lives in Lowtown.")
    assert ("Ann Field", "PERSON") in [(entity.text, entity.type) for entity in document.ents]


def test_the_tagger_tells_the_type_of_each_name_asked_for(extractor):
    text = "Ann Field joined Microsoft in Boston.\n\nNothing else was known."
    sentences = [Span(0, 37), Span(0, 37), Span(39, 62)]
    places = [text.index("Field"), text.index("Microsoft"), text.index("else")]
    assert extractor.tagger_of(load("en")).types(text, sentences, places) == ["PERSON", "ORG", ""]


def test_an_organization_is_told_from_a_person(extractor):
    text = "“We grow,” said Ann Field. “We do not,” said Deutsche Bank, which ran the study with Microsoft.\n"
    kinds = {quote.speaker.name: quote.speaker.kind for quote in extractor.extract(text, "en").quotes}
    assert kinds == {"Ann Field": SpeakerKind.PERSON, "Deutsche Bank": SpeakerKind.ORGANIZATION}


def test_speakers_are_found_with_their_full_names(extractor):
    quotes = extractor.extract(PAGE, "en").quotes
    assert [quote.speaker.name for quote in quotes] == ["Ann Field", "Wang Lihua"]


def test_a_stanza_user_reads_quotes_off_the_document():
    import app.extraction.processors  # noqa: F401, registers the processor

    document = bundled_pipeline("tokenize,ner,quotes")(PAGE)
    said = [
        (quote.speaker.name, [segment.of(document.text) for segment in quote.segments]) for quote in document.quotes
    ]
    assert said == [
        ("Ann Field", ["We have a so-called Indo-Pacific plan,", "It’s ours."]),
        ("Wang Lihua", ["And we have none,"]),
    ]


def test_the_processor_asks_for_names():
    from stanza.pipeline.core import PipelineRequirementsException

    import app.extraction.processors  # noqa: F401, registers the processor

    with pytest.raises(PipelineRequirementsException):
        bundled_pipeline("tokenize,quotes")


def test_official_models_must_have_been_downloaded(tmp_path: Path):
    with pytest.raises(FileNotFoundError, match="onrecord models download"):
        ModelShelf("official", tmp_path)


def test_weights_stay_small_and_each_has_its_card():
    files = [path for path in WEIGHTS.rglob("*") if path.suffix in {".pt", ".safetensors", ".onnx", ".bin"}]
    assert sum(path.stat().st_size for path in files) < 100_000_000
    assert all(any(path.parent.glob("*.card.md")) for path in files)
