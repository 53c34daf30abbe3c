"""Where the catalogue, the working-day calendar and the reply templates are kept."""

from django.urls import path

from assistance.views import calendar, catalogue, languages, reply_templates, routing_rules

app_name = "manage"
urlpatterns = [
    path("systems/", catalogue.systems, name="systems"),
    path("systems/<slug:code>/", catalogue.edit, name="system"),
    path("systems/<slug:code>/preview/", catalogue.preview, name="system_preview"),
    path("systems/<slug:code>/publish/", catalogue.publish, name="system_publish"),
    path("systems/<slug:code>/agencies/", catalogue.agencies, name="system_agencies"),
    path(
        "systems/<slug:code>/agencies/assign/",
        catalogue.assign_agencies,
        name="system_assign_agencies",
    ),
    path(
        "systems/<slug:code>/editions/<int:edition_id>/withdraw/",
        catalogue.withdraw,
        name="edition_withdraw",
    ),
    path("languages/", languages.index, name="languages"),
    path("calendar/", calendar.year, name="calendar"),
    path("calendar/name/", calendar.name_day, name="calendar_name"),
    path("calendar/unname/", calendar.unname_day, name="calendar_unname"),
    path("calendar/import/", calendar.import_year, name="calendar_import"),
    path("routing/", routing_rules.index, name="routing"),
    path("routing/add/", routing_rules.add, name="routing_add"),
    path("routing/<int:version_id>/", routing_rules.draft, name="routing_draft"),
    path("routing/<int:version_id>/rehearse/", routing_rules.rehearse, name="routing_rehearse"),
    path("routing/<int:version_id>/turn-on/", routing_rules.turn_on, name="routing_turn_on"),
    path("routing/<int:version_id>/end/", routing_rules.end, name="routing_end"),
    path("routing/<int:version_id>/discard/", routing_rules.discard, name="routing_discard"),
    path("templates/", reply_templates.index, name="templates"),
    path("templates/add/", reply_templates.add, name="template_add"),
    path("templates/<int:template_id>/", reply_templates.change, name="template_change"),
    path("templates/<int:template_id>/retire/", reply_templates.retire, name="template_retire"),
    path("templates/<int:template_id>/restore/", reply_templates.restore, name="template_restore"),
]
