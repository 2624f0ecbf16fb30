"""Where a client lives on a day, by municipality; and who is a Brussels participant on it."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from inzage.dossiers.models import Address, Client, Dossier
from inzage.rules.brussels import in_brussels, municipalities


def municipality_of(client: Client, on: date) -> str:
    """The NIS code of where the client lives on a day: by the last move, or as the register first had it."""
    moves = Address.objects.filter(client=client, lives_from__lte=on).order_by("lives_from", "pk")
    last_by_day = dict(moves.values_list("lives_from", "nis_code"))
    return next((code for code in reversed(last_by_day.values()) if code), client.nis_code)


def lives_in_brussels(client: Client, on: date) -> bool:
    """Whether the client is a Brussels participant on that day."""
    return in_brussels(municipality_of(client, on), on)


def brussels_codes(on: date) -> list[str]:
    """The NIS codes of the municipalities that belong to the Brussels-Capital Region on that day."""
    return [code for code in municipalities() if in_brussels(code, on)]


def home_of(client: str, on: date) -> Coalesce:
    """The same in a query, row by row: the `municipality_of` the client to whom the column `client` points."""
    registered = Client.objects.filter(pk=OuterRef(client)).values("nis_code")
    return Coalesce(_last_move(client, on), Subquery(registered))


def with_home(dossiers: QuerySet[Dossier], on: date) -> QuerySet[Dossier]:
    """These dossiers with their clients and enrolments, each with its `home_read`."""
    return dossiers.select_related("client__enrolment").annotate(lives_in=home_of("client", on))


def home_read(dossier: Dossier) -> str:
    """The `municipality_of` the client of a dossier that was read `with_home`, on the day it was read for."""
    lives_in: str = vars(dossier)["lives_in"]
    return lives_in


def _last_move(client: str, on: date) -> Subquery:
    recorded_later = Address.objects.filter(
        client=OuterRef("client"), lives_from=OuterRef("lives_from"), pk__gt=OuterRef("pk")
    )
    moves = Address.objects.filter(client=OuterRef(client), lives_from__lte=on).exclude(nis_code="")
    return Subquery(moves.filter(~Exists(recorded_later)).order_by("-lives_from").values("nis_code")[:1])


def living_in(clients: QuerySet[Client], codes: Collection[str], on: date) -> QuerySet[Client]:
    """Those of these clients who live in one of these municipalities on that day; each with it as `lives_in`."""
    return clients.annotate(lives_in=Coalesce(_last_move("pk", on), "nis_code")).filter(lives_in__any=codes)


def brussels_participants(clients: QuerySet[Client], on: date) -> QuerySet[Client]:
    """Those of these clients who are Brussels participants on that day: the same as `lives_in_brussels`, for a list."""
    return living_in(clients, brussels_codes(on), on)
