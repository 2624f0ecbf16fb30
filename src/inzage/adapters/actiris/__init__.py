"""Actiris, the Brussels employment office: it hears of activities (S13) and is asked for enrolments (S07)."""
