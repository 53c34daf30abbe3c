"""The parts that pages keep for many readers hold nothing of one of them."""

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from tests.factories.accounts import StaffMembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def page(reader: User, address: str) -> str:
    client = Client()
    client.force_login(reader)
    return client.get(address).content.decode()


def reader(name: str, *roles: Role) -> User:
    user: User = UserFactory(name=name)
    for role in roles:
        StaffMembershipFactory(user=user, role=role)
    return user


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(("roles", "address"), [((), "/my/cases/"), ((Role.DUTY,), "/desk/")])
def test_the_next_reader_finds_nothing_of_the_last(
    roles: tuple[Role, ...], address: str, prefix: str
) -> None:
    first, second = reader("讀者甲", *roles), reader("讀者乙", *roles)

    before, after = page(first, prefix + address), page(second, prefix + address)

    assert first.email in before
    assert second.email in after
    assert first.email not in after


def test_menus_offer_what_this_reader_may_do() -> None:
    officer, administrator = (
        reader("王承辦", Role.OFFICER),
        reader("林管理", Role.ADMINISTRATOR, Role.OFFICER),
    )

    for _ in range(2):
        assert "/manage/calendar/" not in page(officer, "/desk/")
        assert "/manage/calendar/" in page(administrator, "/desk/")


def test_every_form_of_a_kept_frame_brings_its_token() -> None:
    source = page(reader("陳值班", Role.DUTY), "/desk/")

    assert source.count("<form") > 1
    posts = [form for form in source.split("<form")[1:] if 'method="post"' in form.split(">")[0]]
    assert posts
    assert all("csrfmiddlewaretoken" in form.split("</form>")[0] for form in posts)
