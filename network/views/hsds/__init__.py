"""The open read API under /hsds/: HSDS 3.1 with the profile HSDS-TW-SME."""
