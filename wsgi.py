"""Where `flask`, gunicorn and waitress find the application."""

import os
import sys

from server.app import create_app
from server.config import Config, ConfigError
from server.core.pages import BuildMismatch
from server.library.service import ContentError

try:
    # Commands such as `flask migrate` must work before there is a built PWA.
    app = create_app(Config.from_env(), serve=os.environ.get("FLASK_RUN_FROM_CLI") != "true")
except ConfigError as refused:
    sys.exit(f"The settings cannot be used:\n{refused}")
except ContentError as broken:
    sys.exit(f"The content cannot be used:\n{broken}")
except BuildMismatch as outdated:
    sys.exit(str(outdated))
