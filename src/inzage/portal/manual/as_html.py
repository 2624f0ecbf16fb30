"""The manual as one page that stands alone: no script, nothing from elsewhere, made to be printed too."""

from django.template.loader import render_to_string

from inzage.view_rights.manual.composing import Manual


def as_html(manual: Manual) -> str:
    """The same as the portal's page, sentence by sentence."""
    return render_to_string("portal/manual/alone.html", {"manual": manual})
