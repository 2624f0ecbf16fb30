"""Where is asked, and how: nothing in the clear, but on the own machine; both clients alike."""

import inspect

import pytest

from inzage.client import AsyncInzage, Inzage, Metadata
from inzage.client.addresses import checked, well_known


@pytest.mark.parametrize(
    "url",
    ["https://inzage.example", "https://inzage.example:8443/a/", "http://127.0.0.1:8000", "http://[::1]"],
)
def test_tls_or_the_own_machine(url: str) -> None:
    assert checked(url) == url.rstrip("/")


@pytest.mark.parametrize(
    "url",
    [
        "http://inzage.example",
        "http://127.0.0.1.example",
        "ftp://127.0.0.1",
        "inzage.example",
        "https://",
        "https://carla:secret@inzage.example",
        "https://inzage.example?x=1",
        "https://inzage.example#x",
        "https://inzage.example:port",
        "https://[half",
        "",
    ],
)
@pytest.mark.parametrize("client", [Inzage, AsyncInzage])
def test_nothing_else_can_be_asked(url: str, client: type[Inzage | AsyncInzage]) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011
        client(url)
    assert "secret" not in str(refused.value)


def test_metadata_can_not_lead_out_of_tls() -> None:
    led = Metadata("https://inzage.example", {"access_evaluation_endpoint": "http://inzage.example/x"})
    with pytest.raises(ValueError, match="https"):
        Inzage("https://inzage.example", metadata=led)


def test_metadata_stands_between_the_host_and_its_path() -> None:
    assert well_known("https://a.example:8443/b/c", "x") == "https://a.example:8443/.well-known/x/b/c"


def test_both_clients_are_called_alike() -> None:
    def calls(client: type) -> dict[str, list[str]]:
        public = {name: call for name, call in vars(client).items() if not name.startswith("_")}
        return {name: list(inspect.signature(call).parameters) for name, call in public.items()}

    assert calls(Inzage) == calls(AsyncInzage)
    assert list(inspect.signature(Inzage).parameters) == list(inspect.signature(AsyncInzage).parameters)
