"""The translation catalogues, kept without GNU gettext: found in the source, written by polib, checked."""
