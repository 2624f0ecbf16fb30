"""Transport to and from other institutions: a folder each, all with the same files (docs/architecture.md)."""
