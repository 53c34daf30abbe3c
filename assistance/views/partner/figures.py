"""How referrals to one's own organisation, or to oneself as a volunteer, went in a quarter."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from assistance.forms.figures import QuarterForm
from assistance.models import Referral
from assistance.referral_permissions import can_receive
from assistance.states import ReferralDecline, ReferralOutcome
from assistance.statistics.referrals import FIGURES, figures_by
from assistance.views.figures.referrals import LABELS
from assistance.views.figures.units import unit_names
from foundation.guards import requires
from foundation.htmx import render

UNPROCESSABLE = 422


@require_safe
@requires(can_receive)
def show(request: HttpRequest) -> HttpResponse:
    """The figures of each unit one answers for, and of no other."""
    form = QuarterForm(request.GET)
    is_good = form.is_valid()
    found = figures_by("unit", form.chosen, Referral.objects.put_to(request.user))
    names = unit_names(found)
    units = [
        {
            "name": names[key],
            "figures": of,
            "numbers": [(LABELS[name], getattr(of, name)) for name in FIGURES],
            "reasons": [
                (one.label, of.reasons[one]) for one in ReferralDecline if one in of.reasons
            ],
            "outcomes": [
                (one.label, of.outcomes[one]) for one in ReferralOutcome if one in of.outcomes
            ],
        }
        for key, of in sorted(found.items(), key=lambda row: names[row[0]])
    ]
    status = 200 if is_good else UNPROCESSABLE
    context = {"form": form, "units": units}
    return render(request, "assistance/partner/figures.html", context, status=status)
