"""Which two tuvs of a unit are its source and its target."""

from __future__ import annotations

from gettext import gettext as _

from tm.text.languages import canonical, same_language

__all__ = ["Pairing"]


_RELATED, _EXACT = 1, 2


class Pairing:
    """Chooses source and target by language.

    A tuv whose tag is exactly the wanted one wins over a related one, an earlier one over a later one. With
    `strict`, the source must be the tuv in the source language that the file states: tu@srclang, else the
    header's, where `*all*` stands for any.
    """

    def __init__(self, source: str, target: str, *, header: str = "*all*", strict: bool = False) -> None:
        self.source = source
        self.target = target
        self.header = header
        self._strict = strict
        self._roles: dict[str, tuple[int, int]] = {}

    def choose(self, langs: list[str], srclang: str | None = None) -> tuple[int, int] | str:
        """The places of source and target among the tuvs, or the reason why there is no pair."""
        pair = self._pair(langs)
        if self._strict and not isinstance(pair, str):
            said = srclang or self.header
            if not _is_said(said, langs, pair[0]):
                return _("its source language is {lang}").format(lang=said)
        return pair

    def _pair(self, langs: list[str]) -> tuple[int, int] | str:
        roles = [self._role(lang) for lang in langs]
        if len(roles) == 2:
            if roles[0] == (_EXACT, 0) and roles[1][1]:
                return 0, 1
            if roles[1] == (_EXACT, 0) and roles[0][1]:
                return 1, 0
        source = _best(roles, 0, None)
        target = _best(roles, 1, source)
        if source is not None and target is not None:
            return source, target
        missing = self.source if source is None else self.target
        return _("there is no tuv in {lang}").format(lang=missing)

    def _role(self, lang: str) -> tuple[int, int]:
        role = self._roles.get(lang)
        if role is None:
            role = _fit(lang, self.source), _fit(lang, self.target)
            self._roles[lang] = role
        return role


def _is_said(srclang: str, langs: list[str], place: int) -> bool:
    """True when the tuv at this place is the one that srclang means, or srclang means any."""
    if srclang.lower() == "*all*":
        return True
    fits = [_fit(lang, srclang) for lang in langs]
    return fits[place] > 0 and fits[place] == max(fits)


def _fit(lang: str, wanted: str) -> int:
    if not same_language(lang, wanted):
        return 0
    return _EXACT if canonical(lang) == canonical(wanted) else _RELATED


def _best(roles: list[tuple[int, int]], side: int, taken: int | None) -> int | None:
    """The place with the best role on a side, the earliest of equals."""
    places = [place for place in range(len(roles)) if place != taken and roles[place][side]]
    return max(places, key=lambda place: (roles[place][side], -place), default=None)
