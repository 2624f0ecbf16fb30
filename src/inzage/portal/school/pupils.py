"""A school's pupils in Leren en Werken: whose card is filled in, and what is to be done next (S10)."""

from typing import NamedTuple

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from inzage.access_log.models import AccessLine
from inzage.dossiers.addresses import with_home
from inzage.dossiers.models import Dossier, RecordCard
from inzage.portal.acting import Counsellor, for_schools
from inzage.portal.actiris import OnActiris, brussels_state
from inzage.portal.clients import WhichClient
from inzage.portal.entering import wrong_of
from inzage.portal.guessing.waiting import may_search
from inzage.portal.language import Word
from inzage.portal.paging import newest_first
from inzage.view_rights.looking import write
from inzage.view_rights.models import ViewRight
from inzage.view_rights.record_cards import cards_of, pupils_of, school_year_on
from inzage.view_rights.viewing import open_to

NO_PUPIL = _(
    "Met dit nummer en deze familienaam heeft uw school geen leerling: "
    "geen inzagerecht en geen lijn uit IBIS."
)


class Pupil(NamedTuple):
    """A pupil as the list shows it; the name and the enrolment only where a right stands (S01)."""

    dossier: Dossier
    right: ViewRight | None
    card: RecordCard | None
    actiris: OnActiris | None

    @property
    def to_do(self) -> Word:
        """What the school does next."""
        if self.actiris is None:
            return _("Niets: deze leerling woont vandaag niet in Brussel.")
        if self.card is None:
            return _("Vul de fiche van Actiris in.")
        if self.right is not None and self.actiris.is_lacking:
            return _("Kijk na of Actiris de fiche verwerkte, en noteer de inschrijving.")
        return _("Niets: de fiche is ingevuld.")


@for_schools
@transaction.atomic
def pupils(request: HttpRequest, counsellor: Counsellor) -> HttpResponse:
    """The pupils, newest first: those with a right by name, those known from IBIS alone by number."""
    find = WhichClient(request.POST or None)
    sought = _sought(find, counsellor) if find.is_valid() else None
    if sought is not None:
        return redirect("pupil", sought.reference)
    own = pupils_of(counsellor.unit, on=counsellor.today)
    page = newest_first(with_home(own, counsellor.today), request.GET.get("na", ""))
    standing = open_to(counsellor.unit.pk, on=counsellor.today).filter(dossier__in=page.rows)
    rights = {right.dossier_id: right for right in standing}
    write(AccessLine.Kind.LIST, counsellor.look(), [(row.pk, rights.get(row.pk)) for row in page.rows])
    year = school_year_on(counsellor.today)
    cards = cards_of(page.rows, counsellor.unit, year)
    listed = [
        Pupil(row, rights.get(row.pk), cards.get(row.pk), brussels_state(row, counsellor.today))
        for row in page.rows
    ]
    shown = {"pupils": listed, "year": year, "find": find, "wrong": wrong_of(find)}
    return render(
        request,
        "portal/school/pupils.html",
        {**shown, "after": page.after, "started": request.GET.get("na")},
    )


def _sought(find: WhichClient, counsellor: Counsellor) -> Dossier | None:
    """A pupil of this school, with the line of the search; an unknown one and another's give one answer."""
    may_search(counsellor.person, counsellor.at)
    own = pupils_of(counsellor.unit, on=counsellor.today)
    found = [dossier for dossier in find.found() if own.filter(pk=dossier.pk).exists()]
    write(AccessLine.Kind.SEARCH, counsellor.look(), [(dossier.pk, None) for dossier in found])
    if len(found) == 1:
        return found[0]
    find.add_error(None, NO_PUPIL)
    return None
