"""The application without the built pages, for a web server: `gunicorn tests.bench.served:app`."""

from server.app import create_app
from server.config import Config

app = create_app(Config.from_env(), serve=False)
