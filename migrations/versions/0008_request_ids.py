"""The request that an article came with, for the logs of whoever reads it later.

Revision: 0008, after 0007.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("articles", sa.Column("request_id", sa.String(128)))
    # An attempt counts when its holder dies from now on, no longer when it begins.
    op.execute("UPDATE articles SET attempts = 0 WHERE state IN ('queued', 'running')")


def downgrade() -> None:
    op.drop_column("articles", "request_id")
