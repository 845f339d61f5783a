"""`flask worker` where it is noon, or `WORKER_HOUR`: tests run at any hour, and at night it wakes nobody.

It looks every second whom nobody has told, so that no journey waits for it.
"""

import os
import sys
from datetime import UTC, datetime, timedelta, timezone

from flask.cli import main

from notifications.dispatcher import quiet
from server import app

if __name__ == "__main__":
    quiet.ZONE = timezone(timedelta(hours=int(os.environ.get("WORKER_HOUR", "12")) - datetime.now(UTC).hour))
    app.UNREACHED_EVERY = timedelta(seconds=1)
    sys.argv = ["flask", "worker"]
    main()
