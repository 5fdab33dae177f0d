from django.apps import AppConfig


class DoorConfig(AppConfig):
    name = "erasmus_site.door"

    def ready(self):
        # Here and not above: their models are not ready when Django reads this module.
        from allauth.mfa.models import Authenticator
        from django.contrib.auth.signals import user_logged_in
        from django.db.models.signals import post_save

        from erasmus_site.door import log, sessions

        user_logged_in.connect(sessions.begin)
        post_save.connect(sessions.note_factor, Authenticator)
        log.listen()
