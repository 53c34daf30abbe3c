"""Who takes part in the demonstration: staff of five agencies, owners, and their enterprises.

Names and numbers are invented and look it: surnames with a word for "example" or for the job.
"""

import datetime as dt
import itertools
import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.contrib.auth.hashers import check_password, make_password
from django.utils import timezone

from accounts.business_number import is_valid
from accounts.models import Agency, Branch, Enterprise, Language, User
from accounts.models.branch import BranchKind
from accounts.roles import Role
from accounts.services import absence, branches, invitations, memberships, people, registration
from accounts.services.branches import Place
from accounts.services.registration import Particulars
from accounts.services.staff import give_role
from foundation.working_days import add_working_days
from sme_portal import demo

NAMESPACE = uuid.UUID("9d2b7c64-5f0a-4a3e-8c55-115000000001")
FIRST_NUMBER = 99_980_000

# Address before the @, name, agency, role.
STAFF = (
    ("duty", "陳值班", "smesa", Role.DUTY),
    ("duty.second", "許輪值", "smesa", Role.DUTY),
    ("lead", "王主辦", "smesa", Role.LEAD),
    ("lead.second", "趙彙整", "smesa", Role.LEAD),
    ("officer.smesa", "李承辦", "smesa", Role.OFFICER),
    ("officer.smesa2", "何示例", "smesa", Role.OFFICER),
    ("officer.smesa3", "高樣本", "smesa", Role.OFFICER),
    ("manager", "張主管", "smesa", Role.MANAGER),
    ("admin", "吳管理", "smesa", Role.ADMINISTRATOR),
    ("auditor", "鄭稽核", "smesa", Role.AUDITOR),
    ("editor", "孫編輯", "smesa", Role.EDITOR),
    ("approver", "馬核定", "smesa", Role.APPROVER),
    ("officer.ida", "黃產發", "ida", Role.OFFICER),
    ("officer.ida2", "蔡範例", "ida", Role.OFFICER),
    ("lead.ida", "曾主責", "ida", Role.LEAD),
    ("manager.ida", "葉督導", "ida", Role.MANAGER),
    ("officer.ita", "周貿易", "ita", Role.OFFICER),
    ("officer.ita2", "江試用", "ita", Role.OFFICER),
    ("lead.ita", "彭主責", "ita", Role.LEAD),
    ("officer.aoc", "徐商業", "aoc", Role.OFFICER),
    ("officer.doit", "范技術", "doit", Role.OFFICER),
)
# Who helps from outside: what they belong to is made with the service network.
HELPERS = (("partner", "蘇夥伴"), ("volunteer", "王志工"))
Row = tuple[str, str, str, str, str, str, int, int]
# Name in Chinese and English, owner, industry, county, district, capital, staff. The first two are A and B.
ENTERPRISES: tuple[Row, ...] = (
    ("示範晨光食品有限公司", "Demo Morning Light Foods Co., Ltd.", "林示範", "C", "tainan", "新營區", 6_000_000, 28),
    ("示範藍海五金股份有限公司", "Demo Blue Sea Hardware Inc.", "陳範例", "C", "taichung", "豐原區", 32_000_000, 64),
    ("虛構山嵐竹藝工坊", "Fiction Mountain Mist Bamboo", "邱虛構", "C", "nantou", "竹山鎮", 240_000, 4),
    ("示範禾風餐飲有限公司", "Demo Rice Breeze Catering", "廖試作", "I", "kaohsiung", "左營區", 3_000_000, 35),
    ("範例雲杉資訊有限公司", "Example Spruce Software", "賴範本", "J", "taipei", "大安區", 5_000_000, 12),
    ("示範海湧貿易有限公司", "Demo Sea Swell Trading", "洪樣品", "G", "keelung", "中正區", 8_000_000, 9),
    ("虛擬和順機械股份有限公司", "Virtual Heshun Machinery", "柯虛擬", "C", "changhua", "和美鎮", 45_000_000, 82),
    ("示範春分美髮沙龍", "Demo Equinox Hair Salon", "沈演練", "S", "taoyuan", "中壢區", 200_000, 6),
    ("範例安途貨運有限公司", "Example Safe Road Freight", "潘測試", "H", "new-taipei", "五股區", 12_000_000, 48),
    ("示範向陽營造有限公司", "Demo Sunny Builders", "方樣本", "F", "hsinchu-county", "竹北市", 22_000_000, 28),
    ("虛構小滿農產行", "Fiction Grain Full Farm Goods", "石假名", "A", "yunlin", "斗南鎮", 100_000, 3),
    ("示範知行教育有限公司", "Demo Learn and Do Education", "馮擬真", "P", "chiayi-city", "東區", 2_000_000, 15),
    ("範例精川塑膠有限公司", "Example Jingchuan Plastics", "戴示意", "C", "tainan", "永康區", 15_000_000, 41),
    ("示範月桃民宿", "Demo Shell Ginger Guesthouse", "宋試住", "I", "hualien", "壽豐鄉", 150_000, 2),
    ("虛擬鼎新電鍍有限公司", "Virtual Dingxin Plating", "簡模擬", "C", "taoyuan", "龜山區", 10_000_000, 22),
    ("示範織羽紡織股份有限公司", "Demo Feather Weave Textiles", "鍾演示", "C", "new-taipei", "土城區", 68_000_000, 120),
    ("範例拾光設計工作室", "Example Found Light Studio", "Alex Sample", "J", "taipei", "松山區", 500_000, 10),
    ("示範木言玩具有限公司", "Demo Wooden Words Toys", "游範作", "C", "miaoli", "三義鄉", 4_000_000, 17),
    ("虛構茶山製茶廠", "Fiction Tea Hill Factory", "康試喝", "C", "nantou", "名間鄉", 1_000_000, 7),
    ("示範沐光香氛有限公司", "Demo Bath of Light Scents", "Mei Example", "C", "yilan", "礁溪鄉", 2_500_000, 8),
)  # fmt: skip
OWNERS = {0: "owner.a", 1: "owner.b"}


@dataclass(frozen=True)
class Asker:
    """One who asks: an enterprise with its owner, or a guest with an address only."""

    name: str
    email: str
    enterprise: Enterprise | None = None
    user_id: int | None = None
    branch_id: int | None = None


@dataclass
class Cast:
    """Everyone by what they do."""

    users: dict[str, User] = field(default_factory=dict)
    agencies: dict[str, Agency] = field(default_factory=dict)
    workers: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    leads: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    duty: list[int] = field(default_factory=list)
    askers: list[Asker] = field(default_factory=list)

    def id_of(self, name: str) -> int:
        return self.users[name].pk

    def lead_of(self, agency_id: int) -> list[int]:
        """Who may lead a case for an agency: its leads, else its officers."""
        return self.leads.get(agency_id) or self.workers[agency_id]


def key(*words: object) -> uuid.UUID:
    """The same key for the same act in every run."""
    return uuid.uuid5(NAMESPACE, " ".join(map(str, words)))


def address(name: str) -> str:
    return f"{name}@demo.example"


def numbers() -> Iterator[str]:
    """Business numbers that pass the check, from a range given to the demonstration."""
    return (f"{n:08d}" for n in itertools.count(FIRST_NUMBER) if is_valid(f"{n:08d}"))


def gather() -> Cast:
    """Make everybody's accounts, roles and enterprises through the services."""
    cast = Cast(agencies={agency.code: agency for agency in Agency.objects.current()})
    begun = timezone.localdate()
    for name, shown, code, role in STAFF:
        _hire(cast, name, shown, code, role, begun)
    for name, shown in HELPERS:
        cast.users[name] = people.admit(email=address(name), name=shown)
    free = numbers()
    for place, row in enumerate(ENTERPRISES):
        cast.askers.append(_found(cast, place, next(free), row))
    _people_of_a(cast)
    return cast


def _hire(cast: Cast, name: str, shown: str, code: str, role: Role, since: dt.date) -> None:
    agency = cast.agencies[code]
    person = people.admit(email=address(name), name=shown)
    give_role(
        key=key("post", name),
        user_id=person.pk,
        agency_id=agency.pk,
        role=role,
        valid_from=since,
        actor_id=None,
    )
    cast.users[name] = person
    if role == Role.DUTY:
        cast.duty.append(person.pk)
    if role == Role.LEAD:
        cast.leads[agency.pk].append(person.pk)
    if role in {Role.LEAD, Role.OFFICER}:
        cast.workers[agency.pk].append(person.pk)


def _found(cast: Cast, place: int, number: str, row: Row) -> Asker:
    name_zh, name_en, owner, industry, county, district, capital, staff = row
    name = OWNERS.get(place, f"owner{place + 1:02d}")
    language = Language.EN if owner.isascii() else Language.ZH_HANT
    user = people.admit(email=address(name), name=owner, language=language)
    cast.users[name] = user
    particulars = Particulars(
        name_zh=name_zh,
        name_en=name_en,
        representative=owner,
        industry=industry,
        registration_kind="company" if "公司" in name_zh else "business",
        founded_on=dt.date(1988 + place * 37 % 34, 1 + place % 12, 1 + place * 7 % 28),
        county=county,
        district=district,
        address=f"示範路 {place * 7 + 3} 號",
        paid_in_capital=capital,
        regular_staff=staff,
    )
    membership = registration.register_or_claim(
        key=key("enterprise", number),
        user_id=user.pk,
        business_number=number,
        particulars=particulars,
    )
    return Asker(owner, user.email, membership.enterprise, user.pk)


def _people_of_a(cast: Cast) -> None:
    """Enterprise A has a second member and a factory."""
    a = cast.askers[0]
    if a.enterprise is None or a.user_id is None:
        raise RuntimeError("enterprise A has no owner")
    member = people.admit(email=address("member.a"), name="蔡助理")
    cast.users["member.a"] = member
    joined = registration.register_or_claim(
        key=key("member", a.enterprise.business_number),
        user_id=member.pk,
        business_number=a.enterprise.business_number,
        particulars=Particulars(name_zh=a.enterprise.name_zh),
    )
    memberships.accept_claim(membership_id=joined.pk, actor_id=a.user_id)
    place = Place(BranchKind.FACTORY, "新營廠", "tainan", "新營區", "示範工業路 12 號")
    branch: Branch = branches.add(
        key=key("factory"), enterprise_id=a.enterprise.pk, place=place, actor_id=a.user_id
    )
    cast.askers[0] = Asker(a.name, a.email, a.enterprise, a.user_id, branch.pk)


def send_somebody_away(cast: Cast) -> None:
    """A colleague who is on leave this week, with a deputy, and an invitation nobody took yet."""
    today = timezone.localdate()
    absence.plan(
        key=key("absence"),
        user_id=cast.id_of("officer.smesa3"),
        deputy_id=cast.id_of("officer.smesa"),
        starts_on=today,
        ends_on=add_working_days(today, 4),
    )
    b = cast.askers[1]
    if b.enterprise is not None and b.user_id is not None:
        invitations.invite(
            key=key("invitation"),
            enterprise_id=b.enterprise.pk,
            email=address("colleague.b"),
            role=Role.MEMBER,
            actor_id=b.user_id,
        )


def give_passwords(password: str) -> int:
    """Set the demo accounts' one password where it is not set; return how many changed."""
    emails = [email for email, _who in demo.ACCOUNTS]
    accounts = list(User.objects.filter(email__in=emails))
    known = {user.password for user in accounts}
    if len(known) == 1 and check_password(password, known.pop()):
        return 0
    theirs = User.objects.filter(pk__in=[user.pk for user in accounts])
    changed: int = theirs.update(password=make_password(password))
    return changed
