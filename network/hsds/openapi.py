"""The open API described in OpenAPI 3.1: one document, nothing fetched from elsewhere."""

from typing import Any

_TEXT = {"type": "string"}
_ID = {"type": "string", "format": "uuid"}
_SWITCH = {"type": "boolean"}
PARAMETERS: dict[str, dict[str, Any]] = {
    "search": {"schema": _TEXT, "description": "Words in names and descriptions."},
    "page": {"schema": {"type": "integer", "minimum": 1}, "description": "Which page."},
    "per_page": {
        "schema": {"type": "integer", "minimum": 1, "maximum": 100},
        "description": "How many on a page; 25 where it is left out.",
    },
    "format": {
        "schema": {"type": "string", "enum": ["json", "ndjson"]},
        "description": "ndjson streams all results, a line each, without pages.",
    },
    "taxonomy_term_id": {"schema": _ID, "description": "Only what is about this topic."},
    "taxonomy_id": {"schema": _ID, "description": "Only what is about a topic of this taxonomy."},
    "organization_id": {"schema": _ID, "description": "Only what this organization offers."},
    "modified_after": {
        "schema": {"type": "string", "format": "date-time"},
        "description": "Only what changed at that moment or later.",
    },
    "minimal": {"schema": _SWITCH, "description": "Ids and days of change only, all at once."},
    "full": {"schema": _SWITCH, "description": "With everything that belongs to it."},
    "full_service": {"schema": _SWITCH, "description": "With the organization's services."},
    "postcode": {"schema": _TEXT, "description": "Only what serves this postcode."},
    "proximity": {
        "schema": {"type": "number", "minimum": 0},
        "description": "With postcode: within so many metres of the middle of its district.",
    },
    "parent_id": {
        "schema": _ID,
        "description": "Topics below this one; the topics have no levels.",
    },
    "top_only": {"schema": _SWITCH, "description": "Only topics without one above: all are."},
}
_PAGED = ("search", "page", "per_page", "format")
_TOPICS = ("taxonomy_term_id", "taxonomy_id")
LISTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "services": (
        "service",
        (*_PAGED, *_TOPICS, "organization_id", "modified_after", "minimal", "full"),
    ),
    "organizations": ("organization", (*_PAGED, *_TOPICS, "full", "full_service")),
    "service_at_locations": (
        "service_at_location",
        (*_PAGED, *_TOPICS, "organization_id", "modified_after", "full", "postcode", "proximity"),
    ),
    "taxonomies": ("taxonomy", _PAGED),
    "taxonomy_terms": ("taxonomy_term", (*_PAGED, "taxonomy_id", "parent_id", "top_only")),
}
_REQUIRED = {
    "service": ["id", "name", "status", "organization_id"],
    "organization": ["id", "name", "description"],
    "service_at_location": ["id", "service_id", "location_id"],
    "taxonomy": ["id", "name", "description"],
    "taxonomy_term": ["id", "name", "description", "code", "taxonomy_id"],
}
_WHOLE = {"type": "integer"}
_YES_NO = {"type": "boolean"}
_PAGE = {
    "type": "object",
    "required": ["total_items", "total_pages", "page_number", "size", "empty", "contents"],
    "properties": {
        "total_items": _WHOLE,
        "total_pages": _WHOLE,
        "page_number": _WHOLE,
        "size": _WHOLE,
        "first_page": _YES_NO,
        "last_page": _YES_NO,
        "empty": _YES_NO,
        "contents": {"type": "array", "items": {"type": "object"}},
    },
}


def description(server: str) -> dict[str, Any]:
    """The whole document; `server` is the address of the API without a slash at its end."""
    paths: dict[str, Any] = {"/": {"get": _get("getApi", "Which version and profile this is", {})}}
    for name, (kind, parameters) in LISTS.items():
        paths[f"/{name}"] = {"get": _list(name, kind, parameters)}
        paths[f"/{name}/{{id}}"] = {"get": _one(kind)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "HSDS-TW-SME",
            "version": "3.1",
            "description": "The service network for SMEs, read only (HSDS 3.1).",
        },
        "servers": [{"url": server}],
        "paths": paths,
        "components": {
            "schemas": {"Page": _PAGE, **{kind: _object(kind) for kind in _REQUIRED}},
            "parameters": {
                name: {"name": name, "in": "query", "required": False, **said}
                for name, said in PARAMETERS.items()
            },
        },
    }


def _object(kind: str) -> dict[str, Any]:
    fields = {name: _ID if name.endswith("id") else _TEXT for name in _REQUIRED[kind]}
    return {"type": "object", "required": _REQUIRED[kind], "properties": fields}


def _get(name: str, summary: str, schema: dict[str, Any]) -> dict[str, Any]:
    content = {"application/json": {"schema": schema or {"type": "object"}}}
    return {
        "operationId": name,
        "summary": summary,
        "responses": {"200": {"description": "Found", "content": content}},
    }


def _list(name: str, kind: str, parameters: tuple[str, ...]) -> dict[str, Any]:
    item = {"$ref": f"#/components/schemas/{kind}"}
    contents = {"properties": {"contents": {"type": "array", "items": item}}}
    schema = {"allOf": [{"$ref": "#/components/schemas/Page"}, contents]}
    found = _get(f"list_{name}", f"Page through {name}", schema)
    found["parameters"] = [{"$ref": f"#/components/parameters/{one}"} for one in parameters]
    found["responses"]["400"] = {"description": "A parameter is not of its kind"}
    return found


def _one(kind: str) -> dict[str, Any]:
    found = _get(f"get_{kind}", f"One {kind}", {"$ref": f"#/components/schemas/{kind}"})
    found["parameters"] = [{"name": "id", "in": "path", "required": True, "schema": _ID}]
    found["responses"]["404"] = {"description": "There is nothing with this id"}
    return found
