app_name = "literature"
urlpatterns = []
