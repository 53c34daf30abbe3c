"""Announcements as readers find them: list, page, feeds, calendars, files, subscriptions."""
