"""The floor's measured process: `python -m bench.floor.process ROWS`."""

import os
import sys

import django

FILL_ROWS = """
INSERT INTO floor_row (number, title, text, state, place, due_on, made_at)
SELECT 'A115-08-' || lpad(n::text, 7, '0'), '想借一筆週轉金，撐過應收帳款空窗', repeat('客戶把票期拉長。', 12),
       'progress', 'tainan', date '2021-01-01' + (n %% 2000), now() - n * interval '1 minute'
FROM generate_series(1, %s) AS n
"""
FILL_NOTES = """
INSERT INTO floor_note (row_id, text, made_at)
SELECT 1 + n / 10, repeat('各機關都在處理。', 4), now() FROM generate_series(0, %s) AS n
"""


def main(size: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.floor.settings"
    django.setup()
    from django.contrib.auth.models import User  # noqa: PLC0415 - Django must be set up first
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from bench import serving  # noqa: PLC0415
    from bench.driving import Call  # noqa: PLC0415
    from bench.floor.models import Row  # noqa: PLC0415
    from bench.sessions import session_of  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("migrate", run_syncdb=True, verbosity=0)
    if not Row.objects.exists():
        with connection.cursor() as cursor:
            cursor.execute(FILL_ROWS, [size])
            cursor.execute(FILL_NOTES, [size * 10 - 1])
            cursor.execute("VACUUM ANALYZE")
    user, _made = User.objects.get_or_create(username="bench")
    signed_in = session_of(user)
    fields = {
        "number": "A115-11-00001",
        "title": "三年前裝潢借的貸款下個月到期",
        "text": "這半年門口道路施工，來客少了三成，一次還不出來。" * 3,
        "place": "tainan",
    }
    serving.serve(
        {
            "list": Call("/", signed_in),
            "detail": Call(f"/{size // 2}/", signed_in),
            "create": Call("/new/", signed_in, lambda: fields, expects=302),
        },
        {"rows": size},
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
