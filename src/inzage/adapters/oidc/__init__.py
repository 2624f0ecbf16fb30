"""The identity provider: OpenID Connect, with the claims of the Flemish ACM/IDM (docs/decisions/0040)."""
