"""IBIS, the system of Actiris in which promoters register training requests (S14)."""
