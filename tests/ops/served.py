"""The app for a test that needs a real web server: `gunicorn tests.ops.served:app`."""

from server.app import create_app
from server.config import Config

app = create_app(Config.from_env(), serve=False)
