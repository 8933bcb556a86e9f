"""Links: keys that lead from a name to the speakers it may stand for; and the article each alias came from.

Revision: 0002, after 0001.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

from app.extraction.document import SpeakerKind
from app.speakers.linking import LINKED, identity_of, is_full, links_of

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
SPEAKERS = sa.table("speakers", *map(sa.column, ("id", "name", "kind", "key", "identity")))
ALIASES = sa.table("aliases", *map(sa.column, ("id", "speaker_id", "name")))
LINKS = sa.table("name_links", sa.column("link"), sa.column("alias_id"))
BATCH = 1000


def upgrade() -> None:
    with _words_kept(), op.batch_alter_table("aliases") as aliases:
        aliases.add_column(sa.Column("article_id", BIG_ID))
        aliases.create_foreign_key(
            "fk_aliases_article_id_articles", "articles", ["article_id"], ["id"], ondelete="SET NULL"
        )
    op.create_index("ix_aliases_article_id", "aliases", ["article_id"])
    op.create_table(
        "name_links",
        sa.Column("link", KEY, nullable=False),
        sa.Column("alias_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["alias_id"], ["aliases.id"], name="fk_name_links_alias_id_aliases", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("link", "alias_id", name="pk_name_links"),
    )
    op.create_index("ix_name_links_alias_id", "name_links", ["alias_id"])
    _set_identities(identity_of)
    _add_links()


def downgrade() -> None:
    op.drop_table("name_links")
    op.drop_index("ix_aliases_article_id", "aliases")
    with _words_kept(), op.batch_alter_table("aliases") as aliases:
        aliases.drop_constraint("fk_aliases_article_id_articles", type_="foreignkey")
        aliases.drop_column("article_id")
    _set_identities(None)


@contextmanager
def _words_kept() -> Iterator[None]:
    """SQLite builds `aliases` anew, and dropping the old one empties `name_words`: lay them aside meanwhile."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    if on_sqlite:
        op.execute("CREATE TEMPORARY TABLE kept_words AS SELECT word, alias_id FROM name_words")
    yield
    if on_sqlite:
        op.execute("INSERT OR IGNORE INTO name_words (word, alias_id) SELECT word, alias_id FROM kept_words")
        op.execute("DROP TABLE kept_words")


def _set_identities(identity_of) -> None:
    """Give every speaker its identity, the first of several that would share one."""
    connection = op.get_bind()
    rows = connection.execute(sa.select(SPEAKERS).order_by(SPEAKERS.c.id)).all()
    connection.execute(sa.update(SPEAKERS).values(identity=None))
    taken = {}
    for row in rows:
        kind = SpeakerKind(row.kind)
        before = f"{kind}:{row.key}" if row.key and kind in LINKED else None
        taken.setdefault(identity_of(row.name, kind) if identity_of else before, row.id)
    taken.pop(None, None)
    for identity, speaker_id in taken.items():
        connection.execute(sa.update(SPEAKERS).where(SPEAKERS.c.id == speaker_id).values(identity=identity))


def _add_links() -> None:
    connection = op.get_bind()
    joined = sa.select(ALIASES.c.id, ALIASES.c.name, SPEAKERS.c.kind).join(
        SPEAKERS, SPEAKERS.c.id == ALIASES.c.speaker_id
    )
    last = 0
    while rows := connection.execute(joined.where(ALIASES.c.id > last).order_by(ALIASES.c.id).limit(BATCH)).all():
        last = rows[-1].id
        full = [row for row in rows if is_full(row.name, SpeakerKind(row.kind))]
        if links := [
            {"link": link, "alias_id": row.id} for row in full for link in links_of(row.name, SpeakerKind(row.kind))
        ]:
            connection.execute(sa.insert(LINKS), links)
