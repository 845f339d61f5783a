"""A reminder that reached nobody becomes a task, as a missed talk does."""

from alembic import op

revision = "0020"
down_revision = "0017"
branch_labels = None
depends_on = None

BEFORE = "kind IN ('missed-talk')"
SINCE = "kind IN ('missed-talk', 'reminder-not-reached')"


def upgrade() -> None:
    """Let tasks be about reminders too."""
    _let_kinds_be(SINCE)


def downgrade() -> None:
    """Take the new tasks away with the calls about them; the old version does not know what they are."""
    op.execute("DELETE FROM task WHERE kind = 'reminder-not-reached'")
    _let_kinds_be(BEFORE)


def _let_kinds_be(rule: str) -> None:
    """Change the rule without a look at the rows there are: each of them fits both."""
    op.drop_constraint("ck_task_kind", "task")
    op.execute(f"ALTER TABLE task ADD CONSTRAINT ck_task_kind CHECK ({rule}) NOT VALID")
