"""A person's second factors: passkeys and the app that shows codes. Recovery codes stand in for one."""

from allauth.mfa.models import Authenticator

_OWN = (Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP)


def has_factor(user) -> bool:
    return Authenticator.objects.filter(user_id=user.pk, type__in=_OWN).exists()


def passkeys(user):
    return Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.WEBAUTHN)


def has_passkey(user) -> bool:
    return passkeys(user).exists()


def has_other_than(authenticator) -> bool:
    """Whether a factor is left when `authenticator` is taken away."""
    others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=_OWN)
    return others.exclude(pk=authenticator.pk).exists()


def remove_all(user) -> int:
    """Take away all that `user` has, recovery codes too. Return how many there were."""
    number, _by_model = Authenticator.objects.filter(user_id=user.pk).delete()
    return number
