"""A no that came after the start is kept beside the answer, for whoever calls the person."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the time of a late no; nobody has one yet."""
    op.add_column("appointment", sa.Column("late_no_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("appointment", "late_no_at")
