"""The directory in the words of the Human Services Data Specification 3.1 (Open Referral).

Field names are the specification's. What it leaves open is settled by the profile HSDS-TW-SME:
names in Chinese with `name_en` beside them, county codes of the Ministry of the Interior on
areas, country TW, and the eleven guidance systems as the taxonomy.
"""
