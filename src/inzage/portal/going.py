"""Where somebody was going, if that is a page of ours."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def safe_or(request: HttpRequest, going: str, *, otherwise: str) -> str:
    """That address, if it is ours; otherwise the other."""
    safe = url_has_allowed_host_and_scheme(
        going, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return going if "/" in going and safe else otherwise  # a word alone could be taken for a page's name
