"""The register files: reading, checking line by line, and handing them over client by client (register format)."""
