"""Pages of materials, processes, coatings and cycling tests."""

from django.urls import path

from materials import views

app_name = "materials"
urlpatterns = [
    path("materials/", views.MaterialListView.as_view(), name="material-list"),
    path(
        "materials/<slug:slug>/",
        views.MaterialDetailView.as_view(),
        name="material-detail",
    ),
    path("substrates/", views.SubstrateListView.as_view(), name="substrate-list"),
    path(
        "substrates/<slug:slug>/",
        views.SubstrateDetailView.as_view(),
        name="substrate-detail",
    ),
    path("methods/", views.MethodListView.as_view(), name="method-list"),
    path(
        "methods/<slug:slug>/", views.MethodDetailView.as_view(), name="method-detail"
    ),
    path("processes/", views.ProcessListView.as_view(), name="process-list"),
    path(
        "processes/<slug:slug>/",
        views.ProcessDetailView.as_view(),
        name="process-detail",
    ),
    path(
        "processes/<slug:slug>/shopping-list.csv",
        views.ShoppingListView.as_view(),
        name="shopping-list",
    ),
    path("coatings/", views.CoatingListView.as_view(), name="coating-list"),
    path(
        "coatings/table.<str:extension>",
        views.ReviewTableView.as_view(),
        name="review-table",
    ),
    path(
        "coatings/<slug:slug>/",
        views.CoatingDetailView.as_view(),
        name="coating-detail",
    ),
    path("cycling/", views.CyclingListView.as_view(), name="cycling-list"),
    path(
        "cycling/<slug:slug>/",
        views.CyclingDetailView.as_view(),
        name="cycling-detail",
    ),
    path(
        "measurements/",
        views.MeasurementListView.as_view(),
        name="measurement-list",
    ),
    path("findings/", views.FindingListView.as_view(), name="finding-list"),
    path("explore/", views.ExploreView.as_view(), name="explore"),
    path("planner/", views.PlannerView.as_view(), name="planner"),
    path("compare/", views.CompareView.as_view(), name="compare"),
]
