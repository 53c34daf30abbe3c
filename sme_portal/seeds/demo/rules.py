"""Routing rules of the demonstration: two in force since before the first case, and a draft to rehearse."""

from assistance.models import GuidanceSystem
from assistance.services import routing_rules
from assistance.services.routing_rules import RuleTerms
from sme_portal.seeds.demo.people import Cast, key

Row = tuple[str, str, str, str, int, list[str], list[str], bool]
# Name in Chinese and English, system, agency, order, industries, words, in force or a draft.
RULES: tuple[Row, ...] = (
    (
        "餐飲、零售與服務業的市場行銷", "Marketing for restaurants, shops and services",
        "marketing", "aoc", 10, ["G", "I", "S"], [], True,
    ),
    (
        "要用新技術的生產問題", "Production that needs new technology",
        "production", "doit", 20, [], ["自動化", "機器手臂", "感測器"], True,
    ),
    (
        "碳足跡與減碳的案件", "Carbon footprints and saving carbon",
        "pollution", "doit", 30, [], ["碳足跡", "減碳", "節能"], False,
    ),
)  # fmt: skip


def keep(cast: Cast) -> None:
    """The administrator drafts each rule, and turns on those that are agreed."""
    admin = cast.id_of("admin")
    systems = dict(GuidanceSystem.objects.values_list("code", "pk"))
    for name_zh, name_en, system, agency, rank, industries, words, is_agreed in RULES:
        terms = RuleTerms(
            name_zh=name_zh,
            name_en=name_en,
            agency_id=cast.agencies[agency].pk,
            rank=rank,
            system_id=systems[system],
            industries=industries,
            words=words,
        )
        version, _new = routing_rules.add(terms=terms, by_id=admin, key=key("rule", name_en))
        if is_agreed:
            routing_rules.turn_on(version_id=version.pk, by_id=admin)
