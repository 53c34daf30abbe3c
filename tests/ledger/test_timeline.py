import pytest
from django.utils.translation import gettext_lazy, override

from ledger import timeline
from ledger.timeline import registered_events, sentence, text_of, timeline_for
from tests.factories.ledger import EntryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_sentences(monkeypatch):
    monkeypatch.setattr(timeline, "_sentences", dict(timeline._sentences))


def test_the_public_and_staff_read_different_sentences():
    case = EntryFactory()
    about = {"stream": f"ledger.entry:{case.pk}"}
    EntryFactory(event="t.one", facts={"n": 3}, **about)
    EntryFactory(event="t.two", actor_id=9, **about)
    EntryFactory(event="t.unknown", **about)
    sentence("t.one", public="Step %(n)s", staff=lambda entry: f"Step {entry.facts['n']} of 9")
    sentence("t.two", public=None, staff="Only staff: 100 %")

    assert [line.text for line in timeline_for(case, "public")] == ["Step 3"]
    assert [line.text for line in timeline_for(case, "staff")] == [
        "Step 3 of 9",
        "Only staff: 100 %",
    ]
    assert timeline_for(case, "staff")[1].actor_id == 9


def test_a_sentence_is_read_in_the_language_of_the_reader():
    entry = EntryFactory(event="ledger.delivery.retried")

    with override("en"):
        assert text_of(entry, "staff").startswith("A delivery")
    assert text_of(entry, "public") == ""


def test_an_event_needs_a_sentence_for_staff():
    with pytest.raises(ValueError):
        sentence("t.none", public=None)
    sentence("t.some", public=gettext_lazy("Yes"))
    assert "t.some" in registered_events()


def test_what_is_needed_for_all_lines_is_fetched_once(django_assert_num_queries):
    case = EntryFactory()
    EntryFactory.create_batch(5, event="t.one", stream=f"ledger.entry:{case.pk}")
    sentence("t.one", public="Yes")
    prepared = []

    with django_assert_num_queries(1):
        timeline_for(case, "public", prepare=prepared.append)

    assert len(prepared[0]) == 5
