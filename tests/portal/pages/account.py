"""What everybody sets, and the demo's post."""

from inzage.notices.composing import compose
from inzage.notices.kept_mails import EmailBackend
from inzage.partners.models import Unit
from tests.portal.office import Office
from tests.portal.pages.visiting import Visit, state


@state("portal/account/choose_notices.html", "nothing chosen yet, beside a mailbox")
def _(office: Office) -> Visit:
    Unit.objects.filter(pk=office.own.pk).update(email="werkpad@voorbeeld.example")
    return Visit(office.carla, "/berichten/instellen/")


@state("portal/account/choose_notices.html", "an address that is none")
def _(office: Office) -> Visit:
    return Visit(office.carla, "/berichten/instellen/", {"email": "geen adres"})


def _a_mail() -> None:
    """A mail to a long address is kept."""
    to = f"{'mailbox' * 6}@{'voorbeeld' * 5}.example"
    mail = compose(
        "Inzagerecht toegekend", ["Er is een inzagerecht toegekend."], to=to, key="1", by_choice=True
    )
    EmailBackend().send_messages([mail])


@state("portal/account/post.html", "one mail")
def _(office: Office) -> Visit:
    _a_mail()
    return Visit(office.carla, "/post/")


@state("portal/account/post.html", "none")
def _(office: Office) -> Visit:
    return Visit(office.carla, "/post/")


@state("portal/account/letter.html", "a mail")
def _(office: Office) -> Visit:
    _a_mail()
    return Visit(office.carla, "/post/1/")


@state("portal/account/accessibility.html", "for anybody")
def _(office: Office) -> Visit:
    return Visit(None, "/toegankelijkheid/")
