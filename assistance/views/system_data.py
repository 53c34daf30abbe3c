"""A system as schema.org describes a service of government (GovernmentService), for machines."""

from __future__ import annotations

from typing import Any

from accounts.models import Agency
from assistance.models import SystemEdition
from foundation.languages import is_english, pick


def _organisation(agency: Agency) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@type": "GovernmentOrganization",
        "name": pick(agency, "name"),
        "alternateName": agency.name_zh if is_english() else agency.name_en,
    }
    if agency.hotline:
        data["telephone"] = agency.hotline
    return data


def as_government_service(edition: SystemEdition, *, url: str, ask_url: str) -> dict[str, Any]:
    """The service with its operators, channel, audience and what it offers. Addresses are absolute."""
    language = "en" if is_english() else "zh"
    return {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "@id": url,
        "url": url,
        "name": pick(edition, "name"),
        "alternateName": [pick(edition, "heading"), edition.short_zh, edition.short_en],
        "description": pick(edition, "mission"),
        "serviceType": edition.system.code,
        "inLanguage": ["zh-Hant-TW", "en"],
        "serviceOperator": [_organisation(agency) for agency in edition.agencies_on()],
        "areaServed": {"@type": "Country", "name": "TW"},
        "audience": {"@type": "BusinessAudience", "audienceType": pick(edition, "eligibility")},
        "availableChannel": {"@type": "ServiceChannel", "serviceUrl": ask_url},
        "hasOfferCatalog": {
            "@type": "OfferCatalog",
            "itemListElement": [
                {"@type": "Offer", "itemOffered": {"@type": "Service", "name": item[language]}}
                for item in edition.services
            ],
        },
    }
