"""The application without the built pages, for a web server: `gunicorn tests.bench.served:app`."""

import gc

gc.disable()  # loaded as `wsgi.py` loads it

from server.app import configure_web, create_app  # noqa: E402
from server.config import Config  # noqa: E402

_config = Config.from_env()
app = create_app(_config, serve=False)
configure_web(_config)

gc.freeze()
gc.enable()
