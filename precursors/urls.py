"""Pages of precursors."""

from django.urls import path

from precursors import views

app_name = "precursors"
urlpatterns = [
    path("precursors/", views.PrecursorListView.as_view(), name="precursor-list"),
    path(
        "precursors/<slug:slug>/",
        views.PrecursorDetailView.as_view(),
        name="precursor-detail",
    ),
    path(
        "precursors/<slug:slug>/structure.svg",
        views.PrecursorStructureView.as_view(),
        name="precursor-structure",
    ),
]
