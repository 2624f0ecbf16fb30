"""Who may ask, and how often: the access tokens of one issuer, and rates for each caller (docs/decisions/0035)."""
