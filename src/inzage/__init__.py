"""Inzage: the register of view rights (inzagerechten) on job-seekers' dossiers."""
