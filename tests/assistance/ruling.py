"""Routing rules as tests make them: through the services."""

import uuid

from django.utils import timezone

from accounts.models import Agency
from assistance.models import Case, RoutingOutcome, RuleVersion
from assistance.services import routing_rules
from assistance.services.routing_rules import RuleTerms
from tests.factories.accounts import AgencyFactory, UserFactory
from tests.factories.assistance import CaseFactory, CoordinatorFactory
from tests.factories.catalogue import EditionFactory, SystemAgencyFactory, SystemFactory


def terms(agency: Agency | None = None, **changed) -> RuleTerms:
    named = {"name_zh": "臺南的案件", "name_en": "Cases from Tainan", "counties": ["tainan"]}
    return RuleTerms(**{**named, "agency_id": (agency or AgencyFactory()).pk, **changed})


def added(agency: Agency | None = None, **changed) -> RuleVersion:
    by = UserFactory().pk
    return routing_rules.add(terms=terms(agency, **changed), by_id=by, key=uuid.uuid4())[0]


def in_force(agency: Agency | None = None, **changed) -> RuleVersion:
    version = added(agency, **changed)
    return routing_rules.turn_on(version_id=version.pk, by_id=UserFactory().pk)


def case_of(system, **fields) -> Case:
    case = CaseFactory(main_system=system, **fields)
    RoutingOutcome.objects.create(case=case, suggested=[system.code], suggested_at=timezone.now())
    return case


def finance_system():
    """A system for which the coordinating agency answers first."""
    system = SystemFactory(number=1, code="financing")
    EditionFactory(system=system)
    SystemAgencyFactory(system=system, agency=CoordinatorFactory())
    return system
