"""A made-up region as register files: municipalities, partners, clients and their histories of years."""
