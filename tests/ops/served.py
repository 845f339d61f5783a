"""The app for a test that needs a real web server: `gunicorn tests.ops.served:app`."""

from server.app import create_app
from server.config import Config
from server.core import traffic

config = Config.from_env()
app = create_app(config, serve=False)
if config.web_metrics_port is not None:
    traffic.install(app, port=config.web_metrics_port)
