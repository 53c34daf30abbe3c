"""Measuring the portal beside a bare Django page: `make bench`. Needs nothing that a run of the portal lacks."""
