"""Where editors write announcements and approvers let them out."""
