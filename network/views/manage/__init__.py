"""Keeping the directory: administrators all of it, partners their own entry."""
