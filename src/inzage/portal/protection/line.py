"""One line of the log: everything it holds, with all the dossiers that it shows, a page at a time."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from inzage.access_log.models import AccessLine
from inzage.partners.models import Person
from inzage.portal.doors import Official, for_role
from inzage.portal.paging import PAGE, a_number
from inzage.portal.protection.rows import units_numbered, who_signed
from inzage.portal.protection.watching import on_record
from inzage.portal.protection.words import KINDS, PARTS, VERDICTS, words_of
from inzage.rules.names import Status
from inzage.view_rights.explaining import sentences


@for_role(Person.Role.DATA_PROTECTION_OFFICER)
@transaction.atomic
def line(request: HttpRequest, officer: Official, number: int) -> HttpResponse:
    """A client by number only; from there the dossier can be followed."""
    found = get_object_or_404(AccessLine, pk=number)
    after = request.GET.get("na", "")
    rows = found.shown.select_related("dossier__client").order_by("dossier")
    if after:
        rows = rows.filter(dossier__gt=a_number(after))
    shown = list(rows[: PAGE + 1])
    on_page = shown[:PAGE]
    on_record(AccessLine.Kind.SEARCH, officer, (each.dossier_id for each in on_page), "een lijn")
    statuses = sentences(get_language() or "nl")["statuses"]
    told = {
        "line": found,
        "kind": words_of(found.kind, KINDS),
        "part": words_of(found.part, PARTS),
        "who": who_signed([found.person])[found.person],
        "unit": units_numbered({found.unit}).get(found.unit),
        "rows": [
            (each, words_of(each.verdict, VERDICTS), _mark(each.rule_status, statuses)) for each in on_page
        ],
        "after": str(on_page[-1].dossier_id) if len(shown) > PAGE else "",
        "started": after,
    }
    return render(request, "portal/protection/line.html", told)


def _mark(status: str, statuses: dict[str, str]) -> str:
    return "" if status in ("", Status.VERIFIED) else statuses[status]
