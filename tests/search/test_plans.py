"""The main queries read their indexes: nothing walks a whole table."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, select, text, update
from sqlalchemy.orm import Session

from app.articles import service as articles
from app.articles.schemas import ArticlesQuery
from app.database import Database
from app.extraction.document import SpeakerKind
from app.models import Alias, Appearance, Article, NameLink, NameWord, Quote, Speaker, Utterance
from app.quotes import facets
from app.quotes import service as quotes
from app.quotes.schemas import FacetsQuery, QuotesQuery
from app.search import postgres, sqlite
from app.search.dialects import search_of
from app.search.protocol import Asked
from app.search.syntax import parse
from app.search.words import fold, indexed
from app.speakers import linking_repository
from app.speakers import service as speakers
from app.speakers.identity import key_of, words_of
from app.speakers.linking import links_of, lookups_of
from app.speakers.schemas import SpeakersQuery
from tests.archive import migrated_database

QUOTES, SPEAKERS = 10_000, 2000
PERSON = SpeakerKind.PERSON
START = datetime(2024, 1, 1, tzinfo=UTC)
INDEXES = {
    "date": (quotes.page, QuotesQuery(), "ix_quotes_ordered_at_id"),
    "confidence": (quotes.page, QuotesQuery(sort="confidence"), "ix_quotes_confidence_id"),
    "language": (quotes.page, QuotesQuery(language="it"), "ix_quotes_language_ordered_at_id"),
    "speaker": (quotes.page, QuotesQuery(speaker="shoigu"), "ix_quotes_speaker_id_ordered_at_id"),
    "speaker and date": (
        quotes.page,
        QuotesQuery(speaker="shoigu", said_after="2024-01-01"),
        "ix_quotes_speaker_id_ordered_at_id",
    ),
    "speaker by a slip": (quotes.page, QuotesQuery(speaker="Shiogu"), "name_trigrams|ix_name_words_trigrams"),
    "grouped": (quotes.page, QuotesQuery(group="utterance"), "ix_appearances_utterance_id_ordered_at_quote_id"),
    "grouped, of a speaker": (
        quotes.page,
        QuotesQuery(group="utterance", speaker="shoigu"),
        "ix_quotes_speaker_id_ordered_at_id",
    ),
    "an utterance": (quotes.page, QuotesQuery(utterance_id=7), "ix_appearances_utterance_id_ordered_at_quote_id"),
    "words": (quotes.page, QuotesQuery(q="negotiations"), "quotes_fts|ix_quotes_words_vector"),
    "phrase": (quotes.page, QuotesQuery(q='"negotiations talks"'), "quotes_fts|ix_quotes_words_vector"),
    "prefix": (quotes.page, QuotesQuery(q="negotiat*"), "quotes_fts|ix_quotes_words_vector"),
    "relevance": (quotes.page, QuotesQuery(q="negotiations", sort="relevance"), "quotes_fts|ix_quotes_words_vector"),
    "facets of words": (quotes.facets, FacetsQuery(q="negotiations"), "quotes_fts|ix_quotes_words_vector"),
    "facets of all": (quotes.facets, FacetsQuery(), "ix_quotes_ordered_at_id"),
    "facets of a speaker": (quotes.facets, FacetsQuery(speaker="shoigu"), "ix_quotes_speaker_id_ordered_at_id"),
    "articles of an outlet": (articles.page, ArticlesQuery(outlet="laget"), "ix_articles_outlet_key_id"),
    "articles in a language": (articles.page, ArticlesQuery(language="it"), "ix_articles_language_id"),
    "articles of a day": (
        articles.page,
        ArticlesQuery(published_after="2024-01-01", published_before="2024-01-02"),
        "ix_articles_published_at_id",
    ),
    "articles at an address": (articles.page, ArticlesQuery(url="https://kurier.example/7"), "ix_articles_url"),
    "as one types": (speakers.page, SpeakersQuery(name="sho"), "name_words_1|pk_name_words"),
}
# On SQLite a scan that names no index walks a table; what scans a result, an index or one row is no such walk.
WALK = re.compile(
    r"SCAN (quotes|appearances|articles|segments|speakers|aliases|name_words|name_links)\b(?!.*INDEX)|Seq Scan on"
)


def fill(session) -> None:
    """Ten thousand quotes by two thousand speakers; most say peace, and one in a thousand says negotiations."""
    people = {"kind": PERSON, "created_at": START}
    names = ["Sergei Shoigu", *(f"Person {letters(number)}" for number in range(1, SPEAKERS))]
    session.execute(insert(Speaker), [{"name": name, "key": key_of(name), **people} for name in names])
    ids = list(session.scalars(select(Speaker.id).order_by(Speaker.id)))
    aliases = [{"id": one, "speaker_id": one, "name": name} for one, name in zip(ids, names, strict=True)]
    session.execute(insert(Alias), [{"key": key_of(one["name"]), "source": "article", **one} for one in aliases])
    words = [{"word": word, "alias_id": one["id"]} for one in aliases for word in set(words_of(one["name"]))]
    session.execute(insert(NameWord), words)
    links = [{"link": link, "alias_id": one["id"]} for one in aliases for link in links_of(one["name"], PERSON)]
    session.execute(insert(NameLink), links)
    session.execute(insert(Article), [_article(number) for number in range(QUOTES // 10)])
    articles = list(session.scalars(select(Article.id)))
    session.execute(insert(Quote), [_quote(n, articles[n // 10], ids[n % len(ids)]) for n in range(QUOTES)])
    session.execute(insert(Utterance), [{"id": one} for one in range(1, QUOTES // 2 + 1)])
    said = session.execute(select(Quote.id, Quote.ordered_at).order_by(Quote.id))
    session.execute(insert(Appearance), [_appearance(place, *one) for place, one in enumerate(said)])


def letters(number: int) -> str:
    """A name that has little in common with those of other numbers."""
    return hashlib.sha256(str(number).encode()).hexdigest()[:8].translate(str.maketrans("0123456789", "ghijklmnop"))


def _article(number: int) -> dict[str, object]:
    facts = {"extractor": "said-1", "warnings": [], "created_at": START, "url": f"https://kurier.example/{number}"}
    facts |= {"language": "en" if number % 50 else "it", "published_at": START + timedelta(hours=number)}
    outlet = "Kurier" if number % 50 else "Läget"
    return {"text": f"Page {number}", "content_hash": str(number), "outlet": outlet, "outlet_key": fold(outlet)} | facts


def _quote(number: int, article_id: int, speaker_id: int) -> dict[str, object]:
    said = f"{'peace' if number % 3 else 'war'} {'negotiations' if number % 1000 == 0 else 'and'} talks {number}"
    place = {"article_id": article_id, "position": number % 10, "speaker_id": speaker_id}
    when = dict.fromkeys(("said_at", "ordered_at"), START + timedelta(minutes=number))
    snippet = {"snippet_start": 0, "snippet_end": 1, "snippet_text": "x"}
    language = "en" if number % 50 else "it"
    facts = {"kind": "direct", "language": language, "confidence": number / QUOTES, "reason": "a test says so"}
    return {"text": said, "words": indexed(said, language)} | place | when | snippet | facts


def _appearance(place: int, quote_id: int, ordered_at: datetime) -> dict[str, object]:
    return {"quote_id": quote_id, "utterance_id": place // 2 + 1, "ordered_at": ordered_at, "variant": "x"}


@pytest.fixture(scope="module")
def database(database_server, tmp_path_factory):
    """An archive large enough for a plan to matter."""
    with migrated_database(database_server, tmp_path_factory.mktemp("plans")) as settings:
        database = Database(settings.database_url)
        database.write(fill)
        with database.write_engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE" if database_server else "SELECT 1"))
        yield database
        database.dispose()


@pytest.fixture
def session(database):
    """A read session; PostgreSQL is told that its smaller tables are worth an index, too."""
    with database.read() as session:
        if session.get_bind().dialect.name != "sqlite":
            session.execute(text("SET LOCAL enable_seqscan = off"))
        yield session


def statements(session, work) -> list[tuple[str, Any]]:
    """All the statements that `work` runs, with their parameters."""
    run = []
    connection = session.connection()
    note = lambda _c, _cursor, statement, parameters, *_rest: run.append((statement, parameters))  # noqa: E731
    event.listen(connection, "before_cursor_execute", note)
    work()
    event.remove(connection, "before_cursor_execute", note)
    return [one for one in run if not re.search("set_config|^EXPLAIN", one[0])]


def plans(session, work) -> str:
    """The plans of all the statements that `work` runs."""
    connection = session.connection()
    explain = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
    asked = statements(session, work)
    return "\n".join(
        str(row) for one, given in asked for row in connection.exec_driver_sql(explain + one, given).fetchall()
    )


@pytest.mark.parametrize("name", INDEXES)
def test_the_main_queries_read_their_indexes(session, name):
    work, query, index = INDEXES[name]
    found = plans(session, lambda: work(session, query))
    assert re.search(index, found), found
    assert not WALK.search(found), found


def test_whom_a_name_leads_to_is_looked_for_by_its_links_alone(session):
    linked = linking_repository.linked_by(lookups_of("Sergei Shoigu", PERSON), PERSON)
    found = plans(session, lambda: session.execute(linked))
    assert re.search("sqlite_autoindex_name_links_1|pk_name_links", found), found
    assert not WALK.search(found), found


def test_a_frequent_word_is_looked_for_along_the_dates(session, monkeypatch):
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("PostgreSQL knows how frequent a word is, and chooses itself")
    rare = quotes.page(session, QuotesQuery(q="peace"))
    monkeypatch.setattr(sqlite, "FEW", 1)
    found = plans(session, lambda: quotes.page(session, QuotesQuery(q="peace")))
    assert re.search("SCAN quotes USING (COVERING )?INDEX ix_quotes_ordered_at_id", found), found
    assert found.count("TEMP B-TREE") == 1, "only a short walk is sorted"
    assert quotes.page(session, QuotesQuery(q="peace")).rows == rare.rows


def said_last(session, q: str, *within) -> list[int]:
    """The ids that `last_said` is to give, the word of a search read from each quote."""
    rows = session.execute(
        select(Quote.id, Quote.text).where(*within).order_by(Quote.ordered_at.desc(), Quote.id.desc())
    )
    wanted = next(word for word in ("negotiations", "peace", "war") if word in q)
    return [one for one, said in rows if wanted in said.split()]


def found_last(session, q: str, most: int, *within) -> list[int] | None:
    rows = search_of(session).last_said(session, Asked(parse(q), ("en", "it"), within), most, (Quote.id,))
    return rows if rows is None else [one for (one,) in rows]


@pytest.mark.parametrize("q", ["peace", "war", "peace -war*", "negotiations"])
@pytest.mark.parametrize("most", [5, 50, 5000])
def test_the_last_said_hits_are_the_same_however_many_there_are(session, q, most):
    """They are met along the dates, or looked up in the index of words."""
    assert found_last(session, q, most) in (said_last(session, q)[:most], None)


@pytest.mark.parametrize("most", [5, 50, 5000])
def test_the_last_said_hits_of_some_dates_are_the_same_however_many_there_are(session, most):
    dates = Quote.ordered_at >= START + timedelta(minutes=2000), Quote.ordered_at < START + timedelta(minutes=5000)
    assert found_last(session, "war", most, *dates) == said_last(session, "war", *dates)[:most]
    assert found_last(session, "war", most, Quote.ordered_at < START) == []


@pytest.fixture
def moved(database):
    """A session that sees quotes with ids that do not go along with their dates, and undoes that."""
    with database.write_engine.connect() as connection, Session(connection) as session:
        ids = list(session.scalars(select(Quote.id).where(Quote.text.like("%negotiations%")).order_by(Quote.id)))
        for one, other in ((ids[0], 12000), (ids[-1], 5)):
            moment = START + timedelta(minutes=other)
            session.execute(update(Quote).where(Quote.id == one).values(ordered_at=moment, said_at=moment))
        yield session
        session.rollback()


@pytest.mark.parametrize("most", [1, 2, 9, 50])
def test_hits_whose_ids_do_not_go_along_with_their_dates_are_in_their_order(moved, monkeypatch, most):
    monkeypatch.setattr(sqlite, "LAST_HITS", 1)
    monkeypatch.setattr(sqlite, "WALKED", -1)
    monkeypatch.setattr(sqlite, "FIRST", 2)
    assert found_last(moved, "negotiations", most) == said_last(moved, "negotiations")[:most]


def test_hits_that_lie_apart_are_looked_up_in_the_index_of_words(session):
    found = plans(session, lambda: found_last(session, "negotiations", 3))
    assert re.search("quotes_fts|ix_quotes_words_vector", found), found
    assert not WALK.search(found), found


@pytest.mark.parametrize("q", ["peace", "negotiation", "negotiat*", '"war and"', "war -talks", "peace OR negotiations"])
def test_hits_are_the_same_looked_up_or_met_along_the_dates(session, monkeypatch, q):
    looked_up = quotes.page(session, QuotesQuery(q=q, limit=50)).rows
    monkeypatch.setattr(sqlite, "FEW", 0)
    monkeypatch.setattr(postgres, "CLOSE", 0)
    assert quotes.page(session, QuotesQuery(q=q, limit=50)).rows == looked_up


def test_facets_of_a_frequent_word_read_no_more_than_they_count(session, monkeypatch):
    monkeypatch.setattr(facets, "MOST", 20)
    assert quotes.facets(session, FacetsQuery(q="war")).counted == 20


def test_a_frequent_word_that_none_said_last_has_is_not_looked_up(session, monkeypatch):
    """To look all its hits up for each of many utterances takes minutes."""
    if session.get_bind().dialect.name == "sqlite":
        pytest.skip("of PostgreSQL's planner")
    query = QuotesQuery(q="peace", group="utterance")
    monkeypatch.setattr(postgres, "_hits_of_last", lambda *_: 0)
    for rare, looked_up in ((QUOTES, True), (100, False)):
        monkeypatch.setattr(postgres, "RARE", rare)
        asked = [one for one, _ in statements(session, lambda: quotes.page(session, query))]
        assert any("= any(array(" in one.lower() for one in asked) is looked_up, asked
