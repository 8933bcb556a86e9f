"""The example the API description shows everywhere: a made-up article, and what is found in it."""

from typing import Any

from pydantic import ConfigDict

TEXT = (
    "NORRVIK, March 5 – The ferry between Norrvik and the islands will sail again before summer, the town said on "
    "Tuesday.\n\n“We have waited two winters for this,” Mayor Marta Lindqvist told reporters at the harbour. “The "
    "children on the islands will get to school by boat again.”\n\nThe ferry stopped when its engine failed in 2022."
)


def passage(words: str) -> dict[str, Any]:
    """Where words stand in the example text."""
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


PUBLISHED_AT = "2024-03-05T08:00:00Z"
METADATA = {
    "title": "Norrvik gets its ferry back",
    "url": "https://news.example/norrvik-ferry",
    "outlet": "Norrvik Courier",
    "published_at": PUBLISHED_AT,
}
SUBMISSION: dict[str, Any] = {"text": TEXT, **METADATA, "language": "en"}
ARTICLE: dict[str, Any] = {"id": 3, **METADATA}
SPEAKER = {"id": 7, "name": "Marta Lindqvist", "kind": "person"}
ALIASES = [{"name": name, "source": "article", "article_id": 3} for name in ("Marta Lindqvist", "Lindqvist")]
SPEAKER_FOUND = {**SPEAKER, "aliases": ALIASES, "quote_count": 2, "created_at": "2024-03-05T08:10:00Z"}
ROLE = {
    "role": "Ferry Minister",
    "first_seen": "2023-04-02T00:00:00Z",
    "last_seen": "2024-03-05T00:00:00Z",
    "articles": 3,
}
SAID = ("We have waited two winters for this,", "The children on the islands will get to school by boat again.")
SEGMENT = passage(SAID[0])
PERIOD = {"start": "2024-03-01", "count": 2}
TIMELINE = {"speaker": SPEAKER, "by": "month", "time_zone": "UTC", "items": [PERIOD], "undated": 0}
EXTRACTOR = "onrecord 0.1.0"


def page_of(items: list[dict[str, Any]]) -> ConfigDict:
    """The configuration of a list's schema, with these items as its example."""
    return ConfigDict(json_schema_extra={"examples": [{"items": items, "next": None}]})


def _quote(identifier: int, said: str, cue: dict[str, Any] | None, reason: str) -> dict[str, Any]:
    return {
        "id": identifier,
        "text": said,
        "segments": [passage(said)],
        "kind": "direct",
        "speaker": SPEAKER,
        "mention": passage("Marta Lindqvist"),
        "cue": cue,
        "confidence": 0.97,
        "reason": reason,
        "snippet": passage(TEXT),
        "language": "en",
        "article": ARTICLE,
        "highlights": [],
        "said_at": PUBLISHED_AT,
        "utterance_id": identifier - 6,
        "status": "found",
        "speaker_corrected": False,
        "extractor": EXTRACTOR,
    }


def _without(example: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in example.items() if name not in names}


QUOTES = [
    _quote(11, SAID[0], passage("told"), "the name stands before the verb that follows the quotation"),
    _quote(12, SAID[1], None, "the quotation goes on after its speaker was named"),
]
OUTLET = {"outlet": METADATA["outlet"], "appearances": 1}
VARIANT = {"text": SAID[0], "quote_id": 11, "appearances": 1}
UTTERANCE = {
    "id": 5,
    "appearances": 1,
    "first_seen": PUBLISHED_AT,
    "outlets": [OUTLET],
    "outlet_count": 1,
    "variants": [VARIANT],
    "variant_count": 1,
}
STORED_ONLY = {"status", "speaker_corrected", "extractor"}
UNKNOWN = dict.fromkeys(("id", "article", "said_at", "utterance_id"))
NOT_STORED: dict[str, Any] = {**UNKNOWN, "speaker": {**SPEAKER, "id": None}}
UNSTORED = [{**_without(one, STORED_ONLY), **NOT_STORED} for one in QUOTES]
ARTICLE_FOUND: dict[str, Any] = {
    **ARTICLE,
    "language": "en",
    "extractor": EXTRACTOR,
    "warnings": [],
    "created_at": "2024-03-05T08:10:00Z",
    "state": "done",
    "failure": None,
    "quote_count": 2,
}
FACETS = {
    "counted": 2,
    "complete": True,
    "speakers": [{"speaker": SPEAKER, "count": 2}],
    "outlets": [{"value": METADATA["outlet"], "count": 2}],
    "months": [{"value": PUBLISHED_AT[:7], "count": 2}],
    "kinds": [{"value": "direct", "count": 2}],
    "languages": [{"value": "en", "count": 2}],
}
JOB = {
    "id": 5,
    "kind": "batch",
    "status": "running",
    "total": 1200,
    "done": 310,
    "failed": 1,
    "error": None,
    "created_at": "2024-03-05T08:10:00Z",
    "finished_at": None,
}
JOB_ITEM = {"source": None, "line": 17, "status": "failed", "article_id": None, "error": "text: is missing; send it"}
EXTRACTION = {"language": "en", "extractor": EXTRACTOR, "warnings": [], "quotes": UNSTORED}
BRIEF = {"id": 11, "text": SAID[0], "speaker": "Marta Lindqvist"}
REEXTRACTION: dict[str, Any] = {
    "article": 3,
    "extractor": "onrecord 0.2.0",
    "extractor_before": EXTRACTOR,
    "found_again": 2,
    "added": [],
    "gone": [],
    "other_speaker": [{**BRIEF, "speaker_before": "Olof Berg"}],
    "kept": [],
}
