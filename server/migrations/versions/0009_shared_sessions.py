"""Sessions on a computer or phone that others use, too."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Mark sessions on shared devices; those there are stay as they were."""
    shared = sa.Column("shared", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("device_session", shared)


def downgrade() -> None:
    """Take the mark away."""
    op.drop_column("device_session", "shared")
