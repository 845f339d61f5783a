"""Where `flask`, gunicorn and waitress find the application."""

import gc
import os
import sys

gc.disable()  # nothing that is loaded here is ever let go: looking for it took a quarter of each start

from server.app import create_app  # noqa: E402
from server.config import Config, ConfigError  # noqa: E402
from server.core import traffic  # noqa: E402
from server.core.pages import BuildMismatch  # noqa: E402
from server.library.service import ContentError  # noqa: E402

try:
    # Commands such as `flask migrate` must work before there is a built PWA.
    is_command = os.environ.get("FLASK_RUN_FROM_CLI") == "true"
    config = Config.from_env()
    app = create_app(config, serve=not is_command)
    if config.web_metrics_port is not None and not is_command:
        traffic.install(app, port=config.web_metrics_port)
except ConfigError as refused:
    sys.exit(f"The settings cannot be used:\n{refused}")
except ContentError as broken:
    sys.exit(f"The content cannot be used:\n{broken}")
except (BuildMismatch, traffic.NotOurs) as refused:
    sys.exit(str(refused))

gc.freeze()  # nor is it looked through later, while somebody waits
gc.enable()
