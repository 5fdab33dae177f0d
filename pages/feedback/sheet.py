"""What a visitor answers, read and judged. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

# Signs of a comment: one sentence, or two.
MOST_SIGNS = 300
# Bytes of the whole form: the longest comment, when every sign takes four bytes and each is spelt %XX.
MOST_BYTES = 8 * 1024
# A field that people do not see, and that programs which fill in everything do.
TRAP = "homepage"

# That another website is named does no harm: «hkdir.no says something else» is what we want to hear.
_LINK = re.compile(r"://|\bwww\.|\[url|<\s*a\b", re.I)
_MAIL = re.compile(r"\S@\S")
# A telephone number as Norwegians group it, an identity number, and any longer one; not two years.
_NUMBER = re.compile(
    r"(?<!\d)(?:\d{8,}|\d{2} \d{2} \d{2} \d{2}|\d{3} \d{2} \d{3}|\d{6} \d{5})(?!\d)"
)


@dataclass(frozen=True)
class Sheet:
    """An answered form. `is_helpful` is None where neither yes nor no was chosen."""

    page: str
    is_helpful: bool | None
    comment: str
    is_trapped: bool

    @property
    def faults(self) -> dict[str, str]:
        """What must be put right, in words, by the names of the fields."""
        found = {}
        if self.is_helpful is None:
            found["helpful"] = _("Choose yes or no.")
        if problem := _problem(self.comment):
            found["comment"] = problem
        return found


def read(form: Mapping[str, str]) -> Sheet:
    """Return what was answered in `form`, whatever is in it."""
    return Sheet(
        page=form.get("page", ""),
        is_helpful={"yes": True, "no": False}.get(form.get("helpful", "")),
        comment=tidy(form.get("comment", "")),
        is_trapped=bool(form.get(TRAP)),
    )


def tidy(text: str) -> str:
    """Return `text` on one line, without signs that cannot be seen or stored."""
    seen = "".join(" " if _is_unseen(sign) else sign for sign in text)
    return " ".join(seen.split())


def _is_unseen(sign: str) -> bool:
    # Control signs, those that turn the direction of the text, lone surrogates, and what is not yet a sign.
    return unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _problem(comment: str) -> str:
    if len(comment) > MOST_SIGNS:
        return _("Write at most %(most)s signs. You have written %(number)s.") % {
            "most": MOST_SIGNS,
            "number": len(comment),
        }
    if _MAIL.search(comment) or _NUMBER.search(comment):
        return _("Leave out email addresses and long numbers: we do not answer here.")
    if _LINK.search(comment):
        return _("Write without links.")
    return ""
