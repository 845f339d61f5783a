"""Where `flask`, gunicorn and waitress find the application."""

import os
import sys

from server.app import create_app
from server.config import Config, ConfigError

try:
    config = Config.from_env()
except ConfigError as refused:
    sys.exit("\n".join(["The settings cannot be used:", *refused.refusals]))

# Commands such as `flask migrate` must work before there is a database or a built PWA.
app = create_app(config, serve=os.environ.get("FLASK_RUN_FROM_CLI") != "true")
