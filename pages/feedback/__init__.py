"""«Hjalp siden deg?»: a yes or a no and one optional sentence at the foot of a page.

The form is part of a page that is the same for all and kept for long, so it has no cookie and no token: a
token that such a page holds, whoever wants to misuse it can read there too, and one with a clock in it
would refuse honest visitors or make every page new each day. What is refused instead: what another site's
page sends (`origin`), what a program fills in that fills in everything (`sheet`), links and whatever tells
who somebody is (`sheet`), and more than a few from one address or in one day (`limits`).
"""
