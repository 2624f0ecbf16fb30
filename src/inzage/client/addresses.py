"""Where to ask: over TLS, but on the own machine (AuthZEN 1.0, sections 10.1 and 11)."""

from collections.abc import Mapping
from urllib.parse import urlsplit, urlunsplit

from inzage.client.answers import Metadata
from inzage.client.failing import NoAnswer

EVALUATION = "access_evaluation_endpoint"
EVALUATIONS = "access_evaluations_endpoint"
PEOPLE = "search_subject_endpoint"
DOSSIERS = "search_resource_endpoint"
ACTIONS = "search_action_endpoint"
PATHS = {
    EVALUATION: "/access/v1/evaluation",
    EVALUATIONS: "/access/v1/evaluations",
    PEOPLE: "/access/v1/search/subject",
    DOSSIERS: "/access/v1/search/resource",
    ACTIONS: "/access/v1/search/action",
}
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def checked(url: str) -> str:
    """The address without a stroke at its end; ValueError where it can't be asked, which doesn't repeat it."""
    parts = urlsplit(url)
    _port = parts.port  # where it is none, this raises
    if not parts.hostname or parts.username or parts.password or parts.query or parts.fragment:
        raise ValueError("an address can't be used; expected only https://HOST and a path")
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise ValueError("an address is not https (http is for loopback only)")
    return url.rstrip("/")


def well_known(url: str, name: str) -> str:
    """Where the metadata of that name stands: between the host and its path (RFC 8615, RFC 8414)."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, f"/.well-known/{name}{parts.path.rstrip('/')}", "", ""))


def endpoints_of(url: str, metadata: Metadata | None) -> Mapping[str, str]:
    """The addresses by name: those of the metadata where it is given, else the default ones. ValueError."""
    if metadata is None:
        return {name: url + path for name, path in PATHS.items()}
    return {name: checked(address) for name, address in metadata.endpoints.items() if name in PATHS}


def endpoint(endpoints: Mapping[str, str], name: str) -> str:
    """The address of that name; NoAnswer where this decision point doesn't offer it."""
    if name not in endpoints:
        raise NoAnswer(f"this decision point has no {name}")
    return endpoints[name]
