"""OpenID AuthZEN Authorization API 1.0, and nothing of our policy: it asks a provider, so any policy fits behind it."""
