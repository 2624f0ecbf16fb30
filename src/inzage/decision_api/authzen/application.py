"""The whole layer: its six routes, to stand beside others or alone."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, NotRequired, TypedDict, Unpack

from starlette.applications import Starlette
from starlette.routing import Route

from inzage.decision_api.authzen.endpoint import Endpoint, Read
from inzage.decision_api.authzen.entities import Kind
from inzage.decision_api.authzen.evaluating import evaluation_in, evaluations_in
from inzage.decision_api.authzen.giving import Behind
from inzage.decision_api.authzen.metadata import PATHS, Metadata, base_of, well_known_of
from inzage.decision_api.authzen.provider import Gate, Ledger, Provider
from inzage.decision_api.authzen.searching import search_in
from inzage.decision_api.authzen.tokens import Tokens


class Parts(TypedDict):
    """What the layer is made of.

    `public_url` is the https address that callers use; a path in it is the proxy's, and taken off before us. `clock`
    gives the moment, aware. `page_key` signs page tokens, and is the same in all processes that answer to one address.
    `metadata` holds members of the metadata beside ours.
    """

    provider: Provider
    ledger: Ledger
    gate: Gate
    public_url: str
    clock: Callable[[], datetime]
    page_key: bytes
    metadata: NotRequired[Mapping[str, Any]]


def routes(**parts: Unpack[Parts]) -> list[Route]:
    """The five calls and the metadata, to stand beside other routes. ValueError where a part can't be used."""
    behind = Behind(parts["provider"], parts["ledger"], parts["gate"], parts["clock"])
    base, read = base_of(parts["public_url"]), _readers(Tokens(parts["page_key"]))
    calls = [Route(path, Endpoint(kind, read[kind], behind), name=kind) for kind, path in PATHS.items()]
    metadata = Metadata(base, parts.get("metadata", {}))
    return [*calls, Route(well_known_of(base), metadata, name="metadata")]


def application(**parts: Unpack[Parts]) -> Starlette:
    """The layer as an application of its own."""
    app = Starlette(routes=routes(**parts))
    app.router.redirect_slashes = False  # an address that is nearly right is none of ours
    return app


def _readers(tokens: Tokens) -> Mapping[Kind, Read]:
    searches = (Kind.SUBJECTS, Kind.RESOURCES, Kind.ACTIONS)
    return {
        Kind.EVALUATION: lambda body, _caller: evaluation_in(body),
        Kind.EVALUATIONS: lambda body, _caller: evaluations_in(body),
        **{kind: partial(search_in, kind=kind, tokens=tokens) for kind in searches},
    }
