"""Alembic owns the schema: up, down, and nothing that the models know otherwise."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Column, Integer, inspect, select, text

from app.database import Database, alembic_config, migrate
from app.models import Base, Quote
from app.search.dialects import search_of
from app.search.syntax import parse
from app.search.trigrams import LEAST_SHARED
from app.settings import Settings
from app.utterances import backfill
from migrations import name_search, quote_blocks, quote_search
from migrations.triggers import remade
from tests.archive import fresh_database

STORED_BEFORE = (
    "INSERT INTO articles (id, text, content_hash, language, extractor, warnings, created_at)"
    " VALUES (1, 'Page', 'x', 'en', 'said-1', '[]', :now)",
    "INSERT INTO quotes (id, article_id, position, text, kind, confidence, reason, snippet_start, snippet_end,"
    " snippet_text, language, ordered_at, words)"
    " VALUES (1, 1, 0, 'Ships sailed', 'direct', 0.9, '', 0, 1, 'x', 'en', :now, 'ships sailed')",
    "INSERT INTO speakers (id, name, kind, key, created_at) VALUES (1, 'Shoigu', 'person', 'shoigu', :now)",
    "INSERT INTO aliases (id, speaker_id, name, key, source) VALUES (1, 1, 'Shoigu', 'shoigu', 'article')",
    "INSERT INTO name_words (word, alias_id) VALUES ('shoigu', 1)",
)
TRIGGERS = {*quote_search.TRIGGERS, *quote_blocks.TRIGGERS, *name_search.TRIGGERS}


@pytest.fixture
def database(database_server, tmp_path):
    """An empty database, not migrated."""
    with fresh_database(database_server, tmp_path) as url:
        database = Database(url)
        yield database
        database.dispose()


def tables(database: Database) -> set[str]:
    """The tables there are, Alembic's own left out."""
    return set(inspect(database.write_engine).get_table_names()) - {"alembic_version"}


def test_the_schema_is_what_the_models_say(database):
    migrate(Settings(database_url=database.url))
    with database.write_engine.begin() as connection:
        options = {"include_name": quote_search.is_mapped, "compare_type": True, "compare_server_default": True}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata) == []


def test_downgrade_leaves_nothing_and_upgrade_brings_it_back(database):
    settings = Settings(database_url=database.url)
    migrate(settings)
    before = tables(database)
    with database.write_engine.begin() as connection:
        command.downgrade(alembic_config(connection=connection), "base")
    assert tables(database) == set()
    migrate(settings)
    assert tables(database) == before >= set(Base.metadata.tables)


def test_two_services_that_start_at_once_migrate_once(database):
    settings = Settings(database_url=database.url)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as services:
        list(services.map(migrate, [settings, settings]))
    assert tables(database) >= set(Base.metadata.tables)


def triggers(connection) -> set[str]:
    """The names of the triggers there are."""
    return set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")))


def test_triggers_survive_a_change_of_the_table(database):
    if database.write_engine.dialect.name != "sqlite":
        pytest.skip("only SQLite builds the table anew")
    migrate(Settings(database_url=database.url))
    with database.write_engine.begin() as connection:
        assert triggers(connection) == TRIGGERS
        with (
            Operations.context(MigrationContext.configure(connection)) as operations,
            remade(quote_search.TRIGGERS | quote_blocks.TRIGGERS),
            operations.batch_alter_table("quotes", recreate="always") as quotes,
        ):
            quotes.add_column(Column("utterance", Integer))
        assert triggers(connection) == TRIGGERS


def migrate_and_die(settings: Settings) -> None:
    """Migrate, and be gone as by kill -9 when the stored quotes have their utterances."""
    run = backfill.run
    backfill.run = lambda session: (run(session), os._exit(9))
    migrate(settings)


def test_an_upgrade_that_is_killed_leaves_all_as_it_was_and_can_begin_anew(database):
    settings = Settings(database_url=database.url)
    migrate(settings, "0004")
    with database.write_engine.begin() as connection:
        for statement in STORED_BEFORE:
            connection.execute(text(statement), {"now": datetime.now(UTC)})
    before = tables(database)
    killed = get_context("spawn").Process(target=migrate_and_die, args=(settings,))
    killed.start()
    killed.join()
    assert (killed.exitcode, tables(database)) == (9, before)
    migrate(settings)
    with database.read() as session:
        assert session.scalars(text("SELECT quote_id FROM appearances")).all() == [1]


def test_speakers_of_before_get_their_links_and_keep_their_words(database):
    settings = Settings(database_url=database.url)
    migrate(settings, "0001")
    names = ["Marta Lindqvist", "Bill Clinton", "William Clinton", "Lula"]
    with database.write_engine.begin() as connection:
        for at, name in enumerate(names, 1):
            row = {"id": at, "name": name, "key": name.lower(), "identity": f"person:{name.lower()}"}
            connection.execute(
                text(
                    "INSERT INTO speakers (id, name, kind, key, identity, created_at) "
                    "VALUES (:id, :name, 'person', :key, :identity, '2024-03-05 08:00:00')"
                ),
                row,
            )
            connection.execute(text("INSERT INTO aliases VALUES (:id, :id, :name, :key, 'article')"), row)
            connection.execute(text("INSERT INTO name_words VALUES (:key, :id)"), row)
    migrate(settings, "0002")
    with database.write_engine.begin() as connection:
        assert connection.scalar(text("SELECT count(*) FROM name_words")) == len(names)
        assert set(connection.scalars(text("SELECT DISTINCT alias_id FROM name_links"))) == {1, 2, 3}
        identities = connection.scalars(text("SELECT identity FROM speakers ORDER BY id")).all()
        assert identities == ["person:marta lindqvist", "person:william clinton", None, None]
        command.downgrade(alembic_config(connection=connection), "0001")
        assert connection.scalar(text("SELECT count(*) FROM name_words")) == len(names)
        assert None not in connection.scalars(text("SELECT identity FROM speakers")).all()


def test_quotes_stored_before_are_found_by_their_stems_and_names_by_their_trigrams(database):
    settings = Settings(database_url=database.url)
    migrate(settings, "0001")
    with database.write_engine.begin() as connection:
        for statement in STORED_BEFORE:
            connection.execute(text(statement), {"now": datetime(2024, 1, 1, tzinfo=UTC)})
    migrate(settings, "0003")
    with database.read() as session:
        assert session.scalar(text("SELECT words FROM quotes")) == "ships sailed enøship enøsail"
        for tree in map(parse, ("ship", '"ships sailed"')):
            condition = search_of(session).matching(session, tree, ("en",))
            assert session.scalars(select(Quote.id).where(condition)).all() == [1]
        assert search_of(session).similar_words(session, "shiogu", LEAST_SHARED, 10) == ["shoigu"]
    with database.write_engine.begin() as connection:
        command.downgrade(alembic_config(connection=connection), "0001")
        assert connection.scalar(text("SELECT words FROM quotes")) == "ships sailed"


def test_quotes_stored_before_are_found_by_names_of_capitals(database):
    settings = Settings(database_url=database.url)
    migrate(settings, "0011")
    with database.write_engine.begin() as connection:
        for statement in STORED_BEFORE:
            connection.execute(text(statement), {"now": datetime(2024, 1, 1, tzinfo=UTC)})
        connection.execute(text("UPDATE quotes SET text = 'The U.S. pays', words = 'the u s pays'"))
    migrate(settings)
    with database.read() as session:
        condition = search_of(session).matching(session, parse("US"), ("en",))
        assert session.scalars(select(Quote.id).where(condition)).all() == [1]
    with database.write_engine.begin() as connection:
        command.downgrade(alembic_config(connection=connection), "0011")
        assert "øus" not in connection.scalar(text("SELECT words FROM quotes"))


def test_corrections_come_to_a_filled_archive_without_losing_a_row(database):
    settings = Settings(database_url=database.url)
    migrate(settings, "0001")
    rows = (
        "INSERT INTO articles VALUES (1, 'a', 'h', NULL, NULL, NULL, NULL, NULL, 'en', 'said-1', '[]', '2024-01-01')",
        "INSERT INTO speakers VALUES (2, 'Anna Berg', 'person', 'anna berg', 'person:anna berg', '2024-01-01')",
        "INSERT INTO quotes (id, article_id, position, text, kind, speaker_id, confidence, reason, snippet_start,"
        " snippet_end, snippet_text, language, ordered_at, words)"
        " VALUES (3, 1, 0, 'a', 'direct', 2, 0.5, 'r', 0, 1, 'a', 'en', '2024-01-01', 'a')",
        "INSERT INTO segments VALUES (3, 0, 0, 1, 'a')",
    )
    with database.write_engine.begin() as connection:
        for row in rows:
            connection.execute(text(row))
    migrate(settings)
    with database.write_engine.begin() as connection:
        kept = connection.execute(text("SELECT extractor, status, found_speaker_id, speaker_corrected FROM quotes"))
        assert kept.all() == [("said-1", "found", 2, False)]
        command.downgrade(alembic_config(connection=connection), "0001")
        assert connection.scalar(text("SELECT count(*) FROM segments")) == 1
        assert connection.scalar(text("SELECT speaker_id FROM quotes")) == 2


def test_changes_of_before_stay_and_tell_their_articles_and_the_quotes_that_splits_moved(database):
    settings = Settings(database_url=database.url)
    migrate(settings, "0010")
    made = "INSERT INTO changes (id, made_at, action, quote_id, speaker_id, before, after, undone_by_id) VALUES"
    rows = (
        *STORED_BEFORE,
        f"{made} (4, :now, 'correct', 1, NULL, '{{}}', '{{}}', NULL)",
        f"{made} (5, :now, 'split', NULL, 1, '{{}}', '{{\"quotes\": [1, 99]}}', 6)",
        f"{made} (6, :now, 'undo', NULL, 1, '{{\"quotes\": [1, 99]}}', '{{}}', NULL)",
    )
    with database.write_engine.begin() as connection:
        for row in rows:
            connection.execute(text(row), {"now": datetime.now(UTC)})
    migrate(settings)
    with database.write_engine.begin() as connection:
        changes = text("SELECT id, article_id, quote_id FROM changes ORDER BY id")
        assert connection.execute(changes).all() == [(4, 1, 1), (5, None, None), (6, None, None)]
        moved = connection.execute(text("SELECT change_id, quote_id, article_id FROM moved_quotes ORDER BY change_id"))
        assert moved.all() == [(5, 1, 1), (6, 1, 1)]
        connection.execute(text("DELETE FROM articles"))
        assert len(connection.execute(changes).all()) == 3
        command.downgrade(alembic_config(connection=connection), "0010")
        assert list(connection.scalars(text("SELECT id FROM changes ORDER BY id"))) == [5, 6]


def test_quotes_of_before_get_their_utterances(database):
    settings = Settings(database_url=database.url)
    migrate(settings, "0004")
    with database.write_engine.begin() as connection:
        for at in (1, 2):
            connection.execute(
                text(
                    "INSERT INTO articles (id, text, content_hash, language, extractor, warnings, created_at)"
                    " VALUES (:id, 'x', :hash, 'en', 'x', '[]', '2024-03-05 08:00:00')"
                ),
                {"id": at, "hash": str(at)},
            )
            connection.execute(
                text(
                    "INSERT INTO quotes (id, article_id, position, text, kind, confidence, reason, snippet_start,"
                    " snippet_end, snippet_text, language, ordered_at, words) VALUES"
                    " (:id, :id, 0, :said, 'direct', 0.9,"
                    " 'x', 0, 1, 'x', 'en', '2024-03-05 08:00:00', 'x')"
                ),
                {"id": at, "said": "The harbour will stay open all winter" + "!" * at},
            )
    migrate(settings, "0005")
    with database.write_engine.begin() as connection:
        assert connection.execute(text("SELECT quote_id, utterance_id FROM appearances ORDER BY 1")).all() == [
            (1, 1),
            (2, 1),
        ]
        command.downgrade(alembic_config(connection=connection), "0004")
        assert connection.scalar(text("SELECT count(*) FROM quotes")) == 2
