"""A bare Django page: sessions, auth, messages, one table. The floor every other page stands on."""
