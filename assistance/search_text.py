"""The words under which a case is found. Pure: no database."""

from foundation.text import to_tsvector_text


def case_search_text(
    *, reference: str, subject: str, enterprise_name: str, business_number: str, description: str
) -> str:
    """Return the text of the `search` column; the title and the name count more than the story."""
    return to_tsvector_text(
        reference, subject, enterprise_name, business_number, description, weights="AAABD"
    )
