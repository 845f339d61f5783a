"""`flask worker` where it is noon, or `WORKER_HOUR`: tests run at any hour, and at night it wakes nobody."""

import os
import sys
from datetime import UTC, datetime, timedelta, timezone

from flask.cli import main

from notifications.dispatcher import quiet

if __name__ == "__main__":
    quiet.ZONE = timezone(timedelta(hours=int(os.environ.get("WORKER_HOUR", "12")) - datetime.now(UTC).hour))
    sys.argv = ["flask", "worker"]
    main()
