"""Looks over everything, and writes rights only through `view_rights`."""
