from django.apps import AppConfig


class DoorConfig(AppConfig):
    name = "erasmus_site.door"

    def ready(self):
        # Here and not above: their models are not ready when Django reads this module.
        from allauth.mfa.signals import authenticator_added
        from django.contrib.auth.signals import user_logged_in

        from erasmus_site.door import log, sessions

        user_logged_in.connect(sessions.begin)
        authenticator_added.connect(sessions.note_factor)
        log.listen()
