"""The addresses on which a client decides."""

from django.urls import URLPattern, path

from inzage.portal.client.deciding import by_code, consents, declining, giving, shutting_out, withdrawing

urlpatterns: list[URLPattern] = [
    path("mijn-dossier/toestemmingen/", consents.consents, name="client-consents"),
    path("mijn-dossier/toestemmingen/code/", by_code.by_code, name="client-code"),
    path("mijn-dossier/toestemmingen/<int:number>/geven/", giving.give, name="client-form"),
    path("mijn-dossier/toestemmingen/<int:number>/weigeren/", declining.decline_form, name="client-decline"),
    path(
        "mijn-dossier/toestemmingen/<int:number>/intrekken/",
        withdrawing.withdraw_form,
        name="client-withdraw",
    ),
    path("mijn-dossier/toestemmingen/uitsluiten/", shutting_out.organisations, name="client-organisations"),
    path(
        "mijn-dossier/toestemmingen/uitsluiten/<int:number>/", shutting_out.shut_out, name="client-shut-out"
    ),
]
