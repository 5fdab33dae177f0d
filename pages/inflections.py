"""The forms that a word takes in running text, in the site's languages. Pure.

Made by rule and not from a dictionary: more forms than there are do no harm as long as none of them is
another word. Bokmål and nynorsk share one set of endings.
"""

_VOWEL_E = ("e", "en", "et", "a", "er", "ar", "ene", "ane")
_AGENT = ("", "e", "en", "ne", "ar", "ane")
_LATIN = ("um", "et", "er", "ene", "a")
_PLAIN = ("", "en", "et", "a", "er", "ar", "ene", "ane")
# What a letter word takes, as in «OID-en».
_AFTER_HYPHEN = ("", "-en", "-et", "-er", "-ene", "-ar", "-ane")
_ADJECTIVE = ("", "e", "t")


def noun_forms(word: str, language: str) -> set[str]:
    """Return the forms of a noun, itself included; letter words keep their capitals, all else is small."""
    if is_letter_word(word):
        return _with_capital(_letter_word_forms(word, language))
    word = word.lower()
    return _with_genitive(_norwegian(word) if _is_norwegian(language) else _english(word))


def _letter_word_forms(word: str, language: str) -> set[str]:
    before, hyphen, last = word.rpartition("-")
    if hyphen and not is_letter_word(last):
        # «PIC-kode» is bent as «kode».
        return {f"{before}-{form}" for form in noun_forms(last, language)}
    endings = _AFTER_HYPHEN if _is_norwegian(language) else ("",)
    return _with_genitive({word + ending for ending in endings})


def _with_capital(forms: set[str]) -> set[str]:
    """As at the beginning of a sentence."""
    return {*forms, *(form[:1].upper() + form[1:] for form in forms)}


def adjective_forms(word: str, language: str) -> set[str]:
    """Return the forms of a word that stands before the noun, as in «regionalt partnerskap»."""
    if is_letter_word(word):
        return {word}
    word = word.lower()
    if not _is_norwegian(language):
        return {word}
    bare = word[:-1] if word.endswith(("t", "e")) and len(word) > 4 else word
    participle = {f"{bare}de", f"{bare}te"} if bare.endswith("e") else set()
    return {word, *(bare + ending for ending in _ADJECTIVE), *participle}


def is_letter_word(word: str) -> bool:
    """Whether a word is read by its letters, as OID and KA122: with small ones it would be another."""
    return sum(letter.isupper() for letter in word) > 1 or any(map(str.isdigit, word))


def _is_norwegian(language: str) -> bool:
    return language in ("nb", "nn", "no")


def _norwegian(word: str) -> set[str]:
    if word.endswith("e"):
        return {word[:-1] + ending for ending in _VOWEL_E}
    if word.endswith(("er", "ar")):
        return {word + ending for ending in _AGENT}
    if word.endswith("um"):
        return {word[:-2] + ending for ending in _LATIN}
    doubled = {f"{word}m{ending}" for ending in _PLAIN if ending} if word.endswith("m") else set()
    return {word + ending for ending in _PLAIN} | doubled


def _english(word: str) -> set[str]:
    if word.endswith("y") and word[-2:-1] not in tuple("aeiou"):
        return {word, f"{word[:-1]}ies"}
    return {word, f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"}


def _with_genitive(forms: set[str]) -> set[str]:
    return {*forms, *(f"{form}s" for form in forms if form[-1:] not in tuple("sxz"))}
