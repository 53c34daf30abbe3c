"""The demo's accounts, as `make up` prints them; seed_demo makes them."""

ACCOUNTS = (
    ("owner.a@demo.example", "owner of enterprise A"),
    ("member.a@demo.example", "member of enterprise A"),
    ("owner.b@demo.example", "owner of enterprise B"),
    ("duty@demo.example", "SMESA duty officer"),
    ("officer.smesa@demo.example", "SMESA officer"),
    ("officer.ida@demo.example", "IDA officer"),
    ("officer.ita@demo.example", "ITA officer"),
    ("lead@demo.example", "SMESA lead officer"),
    ("manager@demo.example", "SMESA manager"),
    ("admin@demo.example", "administrator"),
    ("auditor@demo.example", "auditor (reads all, changes nothing)"),
    ("editor@demo.example", "editor of Q&A and announcements"),
    ("approver@demo.example", "approver: the second person for what editors write"),
    ("partner@demo.example", "partner of the county centre in Tainan"),
    ("volunteer@demo.example", "volunteer adviser in Tainan"),
)
