"""A form as a file: asked, saved, and delivered through the pages."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from inzage.consents.models import ConsentForm, FormFile
from inzage.rules.names import Purpose, Route
from inzage.view_rights.consenting import Asked, ask_right
from tests.forms.test_inspecting import an_image
from tests.portal.office import Office, origin
from tests.portal.reading import text


def a_request(office: Office, route: Route = Route.FORM) -> ConsentForm:
    """What Leerhuis asks, for a training, on Anna's dossier."""
    asked = Asked(office.other, route, Purpose.TRAINING, by=office.other)
    return ask_right(office.anna.pk, asked, origin=origin())


def page_of(form: ConsentForm) -> str:
    """Where the form's page is, for who asked it."""
    return f"/aanvragen/{form.pk}/formulier/"


def pdf_of(browser: Browser, form: ConsentForm, language: str = "nl") -> bytes:
    """The form, as the browser saves it."""
    return browser.get(f"/aanvragen/{form.pk}/formulier.pdf?taal={language}").content


def upload(browser: Browser, at: str, data: bytes, name: str = "formulier.pdf") -> str:
    """What the page says once the file was sent."""
    return text(browser.post(at, {"upload-file": SimpleUploadedFile(name, data)}, follow=True))


def a_file(browser: Browser, form: ConsentForm) -> str:
    """Where a file that was delivered is, for who asked the form."""
    upload(browser, page_of(form), an_image("PNG"))
    return f"/aanvragen/{form.pk}/bestanden/{FormFile.objects.get().pk}/"
