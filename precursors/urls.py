app_name = "precursors"
urlpatterns = []
