"""Pages of studies."""

from django.urls import path

from literature import views

app_name = "literature"
urlpatterns = [
    path("studies/", views.StudyListView.as_view(), name="study-list"),
    path("studies/<slug:slug>/", views.StudyDetailView.as_view(), name="study-detail"),
    path(
        "studies/<slug:slug>/cite.<str:extension>",
        views.StudyCitationView.as_view(),
        name="study-citation",
    ),
]
