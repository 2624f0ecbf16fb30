"""Mails to officials of VDAB: how many rights wait for a person, what was answered, and where to look (S12)."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, override

from inzage.notices.composing import compose
from inzage.notices.models import UNDER_WAY, OfficialMail
from inzage.notices.sending import MAILBOX_LANGUAGE
from inzage.notices.trying import went_out
from inzage.notices.wording import said
from inzage.partners.models import Person

SUBJECTS: Mapping[str, str | Promise] = {
    OfficialMail.Kind.HELD: ngettext_lazy(
        "%(n)d inzagerecht is aangehouden", "%(n)d inzagerechten zijn aangehouden", "n"
    ),
    OfficialMail.Kind.UNANSWERED: ngettext_lazy(
        "%(n)d aangehouden inzagerecht wacht al twintig dagen",
        "%(n)d aangehouden inzagerechten wachten al twintig dagen",
        "n",
    ),
    OfficialMail.Kind.UNUSUAL: ngettext_lazy(
        "Op %(n)d dag eindigen ongewoon veel inzagerechten",
        "Op %(n)d dagen eindigen ongewoon veel inzagerechten",
        "n",
    ),
    OfficialMail.Kind.RESTORED: _("Uw vraag om een inzagerecht te herstellen is goedgekeurd"),
    OfficialMail.Kind.NOT_RESTORED: _("Uw vraag om een inzagerecht te herstellen is geweigerd"),
}
LINES: Mapping[str, str | Promise] = {
    OfficialMail.Kind.HELD: ngettext_lazy(
        "Er zou vanavond %(n)d inzagerecht eindigen dat iemand eerst moet nakijken. "
        "Het blijft hoogstens 30 dagen open.",
        "Er zouden vanavond %(n)d inzagerechten eindigen die iemand eerst moet nakijken. "
        "Ze blijven hoogstens 30 dagen open.",
        "n",
    ),
    OfficialMail.Kind.UNANSWERED: ngettext_lazy(
        "Voor %(n)d aangehouden inzagerecht gaf nog niemand antwoord. Over tien dagen eindigt het vanzelf.",
        "Voor %(n)d aangehouden inzagerechten gaf nog niemand antwoord. Over tien dagen eindigen ze vanzelf.",
        "n",
    ),
    OfficialMail.Kind.UNUSUAL: ngettext_lazy(
        "Na een invoer of een beslissing over de regels zouden op %(n)d van de komende dertig dagen ongewoon veel "
        "inzagerechten eindigen. De avondcontrole van die dag houdt ze aan.",
        "Na een invoer of een beslissing over de regels zouden op %(n)d van de komende dertig dagen ongewoon veel "
        "inzagerechten eindigen. De avondcontrole van elk van die dagen houdt ze aan.",
        "n",
    ),
    OfficialMail.Kind.RESTORED: _(
        "Een collega keurde uw vraag goed: de organisatie heeft een nieuw inzagerecht."
    ),
    OfficialMail.Kind.NOT_RESTORED: _("Een collega weigerde uw vraag. In Inzage leest u waarom."),
}
TO_LOOK = _("Meld u aan om ze te bekijken:")
TO_READ_THE_ANSWER = _("Meld u aan om het antwoord te lezen:")
PAGES: Mapping[str, str] = {
    Person.Role.RULE_MANAGER: "held-rights",
    Person.Role.OPERATOR: "state",
    Person.Role.DATA_PROTECTION_OFFICER: "held-long",
}
"""Where each reads more."""
PAGES_OF_ANSWERS: Mapping[str, str] = {
    Person.Role.MEDIATOR: "restorations",
    Person.Role.RULE_MANAGER: "restorations",
}
"""Where who asked that a right is restored reads the answer."""
ANSWERS = (OfficialMail.Kind.RESTORED, OfficialMail.Kind.NOT_RESTORED)


def tell_officials(kind: str, roles: Collection[str], count: int, *, about: date, at: datetime) -> None:
    """Put a mail in the queue for everyone in these roles who has an address."""
    _queue(Person.objects.filter(role__in=roles), kind, count, about=about, at=at)


def tell_who_asked(signature: str, *, restored: bool, about: date, at: datetime) -> None:
    """Put a mail with the answer in the queue for who asked that a right is restored, and has an address."""
    number = signature.removeprefix("person:")
    kind = OfficialMail.Kind.RESTORED if restored else OfficialMail.Kind.NOT_RESTORED
    if number.isdecimal():
        _queue(Person.objects.filter(pk=int(number)), kind, 1, about=about, at=at)


def _queue(people: QuerySet[Person], kind: str, count: int, *, about: date, at: datetime) -> None:
    OfficialMail.objects.bulk_create(
        OfficialMail(person=person, kind=kind, about=about, count=count, created_at=at)
        for person in people.filter(is_active=True).exclude(email="")
    )


def were_told(kind: str, about: date) -> bool:
    """Whether officials were told of that day already."""
    return OfficialMail.objects.filter(kind=kind, about=about).exists()


def send_to_officials(at: datetime, *, most: int = 100) -> int:
    """Send what waits, each marked in the transaction that sends it; returns how many went out.

    Failures are met as `send_mails` meets them. A mail to who holds that role no longer is thrown away.
    """
    return sum(_send(pk, at) for pk in list(_due(at).values_list("pk", flat=True)[:most]))


@transaction.atomic
def _send(pk: int, at: datetime) -> bool:
    waiting = _due(at).filter(pk=pk).select_for_update(skip_locked=True, of=("self",))
    row = waiting.select_related("person").first()
    if row is None:
        return False
    person, is_answer = row.person, row.kind in ANSWERS
    page = (PAGES_OF_ANSWERS if is_answer else PAGES).get(person.role)
    if not (person.is_active and person.email and page):
        row.delete()
        return False
    with override(person.language or MAILBOX_LANGUAGE):
        mail = compose(
            said(SUBJECTS[row.kind], row.count),
            [said(LINES[row.kind], row.count)],
            to=person.email,
            key=f"official:{row.pk}",
            lead=TO_READ_THE_ANSWER if is_answer else TO_LOOK,
            page=page,
        )
    return went_out(mail, [row], at=at)


def _due(at: datetime) -> QuerySet[OfficialMail]:
    now = Q(mail_due_at=None) | Q(mail_due_at__lte=at)
    return OfficialMail.objects.filter(UNDER_WAY, now).order_by("pk")
