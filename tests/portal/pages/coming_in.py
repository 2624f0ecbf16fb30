"""Signing in at the provider, and out again."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.test import override_settings

from inzage.partners.identities import Doubt, Identity, NotBelieved
from inzage.partners.models import Person
from inzage.portal.coming_in.own_session import SEEN_AT
from tests.coming_in.pretending import CARLA, ISSUER, NAMED, PRETENDING
from tests.coming_in.travelling import in_by
from tests.portal.office import Office
from tests.portal.pages.visiting import Visit, state

OUT, AGAIN = "/afmelden/", "/aanmelden/verder/"
CITIZEN = CARLA._replace(role=Person.Role.CLIENT, organisation=None)


def _comes_back(identity: Identity, doubt: NotBelieved | None = None, then: str = "") -> Any:
    """What somebody gets who comes back from the provider, or who then signs out or goes on to a page."""
    with override_settings(IDENTITY_PROVIDER=NAMED, OIDC_ISSUER=ISSUER):
        try:
            PRETENDING.identity = identity
            browser = Browser()
            state_of = browser.get("/aanmelden/begin/").headers["Location"].rpartition("state=")[2]
            PRETENDING.doubt = doubt
            answer = browser.get("/aanmelden/terug/", {"state": state_of, "code": "c"})
            if then == OUT:
                return browser.post(then)
            return browser.get(then) if then else answer
        finally:
            PRETENDING.__dict__.clear()


def _too_late(*, back: bool = True) -> Browser:
    """A browser in which a form was sent after the session had ended; perhaps somebody is back."""
    with override_settings(IDENTITY_PROVIDER=NAMED, OIDC_ISSUER=ISSUER):
        browser = Browser()
        in_by(browser, who=CARLA)
        session = browser.session
        session[SEEN_AT] -= timedelta(minutes=settings.SESSION_IDLE_MINUTES).total_seconds()
        session.save()
        file = SimpleUploadedFile("x.pdf", b"%PDF-")
        browser.post("/berichten/instellen/", {"email": "carla@voorbeeld.example", "upload-file": file})
        if back:
            in_by(browser, who=CARLA)
        PRETENDING.__dict__.clear()
        return browser


def _opened(address: str) -> Any:
    return _seen(Browser(), address)


def _seen(browser: Browser, address: str) -> Any:
    return browser.get(address)


@state("portal/sign_in.html", "at the provider")
def _(office: Office) -> Visit:
    with override_settings(DEMO=False, OIDC_ISSUER=ISSUER):
        return Visit(None, "/aanmelden/", made=_opened("/aanmelden/"))


@state("portal/sign_in.html", "no provider")
def _(office: Office) -> Visit:
    with override_settings(DEMO=False):
        return Visit(None, "/aanmelden/", made=_opened("/aanmelden/"))


@state("portal/coming_in/not_signed_in.html", "not begun here")
def _(office: Office) -> Visit:
    return Visit(None, "/aanmelden/terug/?state=x", status=403)


@state("portal/coming_in/not_signed_in.html", "means too weak")
def _(office: Office) -> Visit:
    doubt = NotBelieved(Doubt.TOO_WEAK, "weak")
    return Visit(None, "/aanmelden/terug/", status=403, made=_comes_back(CARLA, doubt))


@state("portal/coming_in/not_signed_in.html", "the provider is away")
def _(office: Office) -> Visit:
    doubt = NotBelieved(Doubt.AWAY, "away")
    return Visit(None, "/aanmelden/terug/", status=503, made=_comes_back(CARLA, doubt))


@state("portal/coming_in/not_let_in.html", "no role")
def _(office: Office) -> Visit:
    made = _comes_back(CARLA._replace(role=None))
    return Visit(None, "/aanmelden/terug/", status=403, made=made)


@state("portal/coming_in/not_let_in.html", "no client")
def _(office: Office) -> Visit:
    made = _comes_back(CITIZEN._replace(insz="85073099932"))
    return Visit(None, "/aanmelden/terug/", status=403, made=made)


@state("portal/choose_unit.html", "no unit of the organisation")
def _(office: Office) -> Visit:
    return Visit(None, "/organisatie/", made=_comes_back(CARLA, then="/organisatie/"))


@state("portal/coming_in/signing_out.html", "on to the provider")
def _(office: Office) -> Visit:
    made = _comes_back(CARLA, then=OUT)
    del made.headers["Refresh"]  # as it is seen where the browser doesn't go on by itself
    return Visit(None, OUT, made=made)


@state("portal/coming_in/signed_out.html", "at both ends")
def _(office: Office) -> Visit:
    return Visit(None, "/afgemeld/")


@state("portal/coming_in/send_again.html", "a form with a file, sent too late")
def _(office: Office) -> Visit:
    return Visit(None, AGAIN, made=_seen(_too_late(), AGAIN))


@state("portal/sign_in.html", "a form is kept")
def _(office: Office) -> Visit:
    with override_settings(DEMO=False, OIDC_ISSUER=ISSUER):
        return Visit(None, "/aanmelden/", made=_seen(_too_late(back=False), "/aanmelden/"))
