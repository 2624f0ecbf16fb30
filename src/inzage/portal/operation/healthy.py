"""Whether this process can do its work, for what spreads requests over processes; and whether the rights are proven."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from inzage.oversight.health import is_proven
from inzage.view_rights.models import ViewRight


@login_not_required
@require_safe
def healthy(_request: HttpRequest) -> HttpResponse:
    """200 where the register can be asked, 503 where it can't. Nobody has to sign in for it.

    That the last proof found differences is said, and no reason to take a process away.
    """
    try:
        ViewRight.objects.order_by("pk").values_list("pk", flat=True).first()
        proven = is_proven()
    except (DatabaseError, OSError):
        return HttpResponse("not ok\n", status=503, content_type="text/plain")
    said = "ok\n" if proven else "ok\nproof: rights differ\n"
    return HttpResponse(said, content_type="text/plain")
