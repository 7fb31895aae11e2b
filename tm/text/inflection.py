"""English inflections, generated from a word: number, possessive and verb forms, never a derivation.

A term check must tell `transport` from `transportation` and `industry` from `industrial`, which a stemmer
merges. So the forms of the *term's* word are generated here, and a text's word is accepted only when it is
one of them. Forms that no rule gives are listed in `irregular.toml`. Spellings are accepted both ways
(center, centre; modernize, modernise).
"""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib.resources import files

__all__ = [
    "inflections",
    "is_function_word",
    "opens_as_verb",
    "plural",
    "present_participle",
    "singular",
    "verb_forms",
]

_VOWELS = "aeiou"
_VOWEL = frozenset("aeiouy")
_SIBILANTS = ("s", "x", "z", "ch", "sh")
_NOUN_ENDINGS = ("tion", "sion", "ment", "ness", "ity", "ism", "ship", "hood", "ogy", "ance", "ence")
_RE_WORDS = ("cent", "met", "lit", "theat", "fib", "calib")


def inflections(word: str, *, verbal: bool = True) -> frozenset[str]:
    """Every form of the word in lower case, itself included; `verbal` adds and undoes verb forms.

    Function words have no other forms. Possessives carry a straight apostrophe.
    """
    return _inflections(word.lower(), verbal)


@lru_cache(maxsize=65536)
def _inflections(word: str, verbal: bool) -> frozenset[str]:  # noqa: FBT001 - lru_cache keys by position
    if is_function_word(word) or not word.isalpha():
        return frozenset({word}) if is_function_word(word) else frozenset({word, f"{word}'s", f"{word}s"})
    forms = {word} | _numbers(word)
    forms |= {f"{form}'s" for form in forms}
    if verbal:
        own = {word} if word.endswith("eed") or not _bases(word) else set()
        for base in _bases(word) | own:
            forms |= {base} | verb_forms(base)
    forms -= _irregular()["pairs"].get(word, frozenset())
    return frozenset(forms | {spelt for form in forms for spelt in _spellings(form)})


def plural(noun: str) -> str:
    """The plural of a singular noun, by table or rule."""
    known = _irregular()["plurals"].get(noun)
    if known is not None:
        return min(known, default=noun)
    return _with_s(noun)


def singular(noun: str) -> str:
    """The singular of a plural noun; the word itself when it is no plural."""
    found = _singulars(noun)
    sibilant = noun.removesuffix("es")
    if sibilant in found and sibilant.endswith(("x", "ch", "sh", "ss", "zz")):
        return sibilant
    return max(found, key=lambda word: (len(word), word), default=noun)


@lru_cache(maxsize=65536)
def verb_forms(base: str) -> frozenset[str]:
    """The third person, past, participles of a verb's base form; nothing for words that cannot be verbs."""
    known = _irregular()["verbs"].get(base)
    if known is not None:
        return known
    if base.endswith(_NOUN_ENDINGS) and base not in _noun_like_verbs():
        return frozenset()
    stems = _stems(base)
    return frozenset(
        {_with_s(base), *(f"{s}ed" for s in stems), *(f"{s}ing" for s in _ing_stems(base, stems))}
    )


def present_participle(base: str) -> str:
    """The -ing form of a verb's base form."""
    forms = sorted(form for form in verb_forms(base) if form.endswith("ing"))
    return min(forms, key=len, default=base)


def is_function_word(word: str) -> bool:
    """True for articles, prepositions, conjunctions, pronouns: lower-case words with one form only."""
    return word in _function_words()


def opens_as_verb(word: str) -> bool:
    """True for words that are verbs when a term begins with them, in any of their forms."""
    return word.lower() in _opening_verbs()


@cache
def _function_words() -> frozenset[str]:
    return frozenset(_table()["closed"].split())


@cache
def _noun_like_verbs() -> frozenset[str]:
    return frozenset(_table()["noun_like_verbs"].split())


@cache
def _opening_verbs() -> frozenset[str]:
    bases = _table()["openers"].split()
    return frozenset(form for base in bases for form in ({base} | verb_forms(base)))


# --- Number -----------------------------------------------------------------------------------------


def _numbers(word: str) -> set[str]:
    """The singular and plural forms of a noun, whichever of them it is."""
    table = _irregular()
    forms: set[str] = set()
    if word in table["plurals"]:
        forms |= table["plurals"][word]
    elif word in table["singulars"]:
        forms |= table["singulars"][word]
    else:
        forms |= _singulars(word) or {_with_s(word)}
    for one in table["singulars"].get(word, frozenset()):
        forms |= table["plurals"][one]
    return forms


def _singulars(word: str) -> set[str]:
    known = _irregular()["singulars"].get(word)
    if known is not None:
        return set(known)
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return set()
    if word.endswith("ies") and len(word) > 4:
        return {word[:-3] + "y"}
    if word.endswith("es") and word[:-2].endswith(_SIBILANTS):
        return {word[:-2], word[:-1]}
    return {word[:-1]}


def _with_s(word: str) -> str:
    if word.endswith("y") and len(word) > 1 and word[-2] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(_SIBILANTS) else "s")


# --- Verbs ------------------------------------------------------------------------------------------


def _stems(base: str) -> tuple[str, ...]:
    """What -ed is added to: e dropped, y changed, a final consonant doubled."""
    if base.endswith("e"):
        return (base[:-1],)
    if base.endswith("y") and len(base) > 1 and base[-2] not in _VOWELS:
        return (base[:-1] + "i",)
    if not _doubles(base):
        return (base,)
    doubled = base + base[-1]
    return (doubled,) if sum(letter in _VOWELS for letter in base) == 1 else (base, doubled)


def _ing_stems(base: str, stems: tuple[str, ...]) -> tuple[str, ...]:
    if base.endswith(("ee", "oe", "ye")):
        return (base,)
    if base.endswith("ie"):
        return (base[:-2] + "y",)
    return (base,) if base.endswith("y") else stems


def _doubles(base: str) -> bool:
    return len(base) > 2 and base[-1] not in "aeiouwxy" and base[-2] in _VOWELS and base[-3] not in _VOWELS


@lru_cache(maxsize=65536)
def _bases(form: str) -> frozenset[str]:
    """The base forms whose verb forms include this one."""
    known = _irregular()["bases"].get(form)
    if known is not None:
        return known
    guesses: set[str] = set(_singulars(form))
    if form.endswith("ying"):
        guesses.add(form[:-4] + "ie")
    if form.endswith("ied"):
        guesses.add(form[:-1])
    for ending in ("ed", "ing"):
        stem = form.removesuffix(ending)
        if stem == form or len(stem) < 3 or not _VOWEL & set(stem):
            continue
        guesses |= {stem, stem + "e"}
        if ending == "ed" and stem.endswith("i"):
            guesses.add(stem[:-1] + "y")
        if stem[-1] == stem[-2]:
            guesses.add(stem[:-1])
    return frozenset(base for base in guesses if form in verb_forms(base))


# --- Spelling ---------------------------------------------------------------------------------------


def _spellings(form: str) -> set[str]:
    """The same form in the other spelling: -ize/-ise, -or/-our, -er/-re, -l-/-ll-."""
    found: set[str] = set()
    for ours, theirs in (("iz", "is"), ("yz", "ys")):
        for ending in ("e", "es", "ed", "ing", "ation", "ations", "er", "ers"):
            if form.endswith(ours + ending) and len(form) > len(ours + ending) + 2:
                found.add(form[: -len(ours + ending)] + theirs + ending)
            if form.endswith(theirs + ending) and len(form) > len(theirs + ending) + 3:
                found.add(form[: -len(theirs + ending)] + ours + ending)
    for stem in _RE_WORDS:
        for ours, theirs in (
            (f"{stem}er", f"{stem}re"),
            (f"{stem}ers", f"{stem}res"),
            (f"{stem}ered", f"{stem}red"),
        ):
            if form.endswith(ours):
                found.add(form.removesuffix(ours) + theirs)
            if form.endswith(theirs):
                found.add(form.removesuffix(theirs) + ours)
    found |= _labour(form)
    return found


def _labour(form: str) -> set[str]:
    for stem in ("lab", "harb", "fav", "neighb", "behavi", "col", "hon", "endeav", "vig", "rum"):
        for ours, theirs in ((f"{stem}or", f"{stem}our"), (f"{stem}our", f"{stem}or")):
            if form.startswith(ours) and not form.startswith(f"{stem}oration"):
                return {theirs + form[len(ours) :]}
    return set()


# --- The table --------------------------------------------------------------------------------------


@cache
def _table() -> dict[str, str]:
    source = files("tm.text").joinpath("irregular.toml").read_text(encoding="utf-8")
    return tomllib.loads(source)


@cache
def _irregular() -> dict[str, dict[str, frozenset[str]]]:
    table = _table()
    verbs = {line.split()[0]: frozenset(line.split()[1:]) for line in table["verbs"]}
    plurals = {line.split()[0]: frozenset(line.split()[1:]) for line in table["nouns"]}
    pairs: dict[str, frozenset[str]] = {}
    for line in table["pairs"]:
        one, other = line.split()
        pairs[one] = pairs.get(one, frozenset()) | {other}
        pairs[other] = pairs.get(other, frozenset()) | {one}
    return {
        "verbs": verbs,
        "plurals": plurals,
        "bases": _reversed(verbs),
        "singulars": _reversed(plurals),
        "pairs": pairs,
    }


def _reversed(forms: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for base, others in forms.items():
        for other in others:
            found.setdefault(other, set()).add(base)
    return {form: frozenset(bases) for form, bases in found.items()}
