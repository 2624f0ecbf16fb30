"""Inzage: the register of view rights (inzagerechten) on job-seekers' dossiers."""

__version__ = "0.1.0"
