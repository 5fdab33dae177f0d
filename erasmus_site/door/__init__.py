"""The door to the admin: who is let in, with what, for how long, and what is written down of it.

Signing in, passkeys, codes and throttling are django-allauth's, of which `urls` opens only what is
needed; what is ours is that staff have a second factor, that sessions end, that sensitive views ask
again (`middleware`), and the log (`log`). All of it lies below the admin's address.
"""
