"""The register behind the AuthZEN layer: questions in our own words, the one predicate's verdict, and its record."""
