"""The profile HSDS-TW-SME as JSON Merge Patches (RFC 7386), one for each object it changes."""

from typing import Any

VERSION = "1.1.0"
_NAME_EN = {"name_en": {"type": "string", "description": "The name in English."}}
_LAST_MODIFIED = {"last_modified": {"type": "string", "format": "date-time"}}

PATCHES: dict[str, dict[str, Any]] = {
    "organization": {"properties": {**_NAME_EN, **_LAST_MODIFIED}},
    "service": {
        "properties": _NAME_EN,
        "required": ["id", "name", "status", "organization_id", "attributes"],
    },
    "location": {"properties": _NAME_EN},
    "contact": {
        "properties": {
            "name": {"description": "A volunteer adviser, and only while she agrees to be shown."},
            "title": {"description": "Only while the person agrees to show it."},
        },
        "required": ["id", "name"],
    },
    "service_capacity": {
        "properties": {
            "unit": {"description": "Cases a month; places still free on the day of reading."}
        }
    },
    "taxonomy": {"properties": _NAME_EN},
    "taxonomy_term": {
        "properties": {
            **_NAME_EN,
            "code": {"description": "The code of the guidance system."},
        },
        "required": ["id", "name", "description", "code", "taxonomy_id"],
    },
    "address": {
        "properties": {
            "postal_code": {"pattern": "^[0-9]{3,6}$"},
            "country": {"const": "TW"},
            "city": {"description": "The district, town or township (鄉鎮市區)."},
            "state_province": {"description": "The county or city (縣市)."},
        }
    },
    "service_area": {
        "properties": {
            "county_code": {
                "type": "string",
                "pattern": "^[0-9]{5}$",
                "description": "The county's code of the Ministry of the Interior; "
                "none where the whole country is served.",
            },
            "district": {
                "type": "string",
                "description": "The district, where only one is served.",
            },
        }
    },
    "service_at_location": {"properties": _LAST_MODIFIED},
}
