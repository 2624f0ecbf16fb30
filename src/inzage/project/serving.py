"""The web application behind uvicorn."""

from typing import cast

import uvicorn
from a2wsgi import WSGIMiddleware
from a2wsgi.wsgi_typing import WSGIApp


def serve(host: str, port: int) -> None:
    """Serve the portal until stopped."""
    from inzage.project.wsgi import application

    uvicorn.run(WSGIMiddleware(cast(WSGIApp, application)), host=host, port=port, log_level="warning")
