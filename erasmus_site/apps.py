from django.contrib.admin.apps import AdminConfig


class ErasmusAdminConfig(AdminConfig):
    default_site = "erasmus_site.admin.ErasmusAdminSite"
