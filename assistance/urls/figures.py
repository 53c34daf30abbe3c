"""What the network could not help with, how referrals went, how the agencies answer."""

from django.urls import path

from assistance.views.figures import agencies, referral_rows, referrals, unmet, unmet_rows

app_name = "figures"
urlpatterns = [
    path("agencies/", agencies.show, name="agencies"),
    path("agencies/cases/", agencies.cases, name="agency_cases"),
    path("unmet/", unmet.show, name="unmet"),
    path("unmet/cases/", unmet_rows.cases, name="unmet_cases"),
    path("unmet/export.csv", unmet.csv_file, name="unmet_export"),
    path("unmet/<slug:county>/", unmet.show, name="unmet_county"),
    path("referrals/", referrals.show, name="referrals"),
    path("referrals/list/", referral_rows.listed, name="referral_list"),
    path("referrals/export.csv", referrals.csv_file, name="referral_export"),
]
