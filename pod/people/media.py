"""What is watched and listened to at home, on two services that are paid for every month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from pod.people.chance import Chance
from pod.people.events import Event
from pod.people.events_besides import Play
from pod.people.everyday import at
from pod.people.holidays import DAY, worked_from
from pod.people.home import Home
from pod.people.paid import Creditor
from pod.people.tariffs import months

VIDEO: Final = Creditor("Video Exemple", "FR45ZZZ456780", "leisure")
MUSIC: Final = Creditor("Musique Exemple", "FR46ZZZ467801", "leisure")
_PRICES: Final = {VIDEO: 1349, MUSIC: 1099}
_SERIES: Final = ("Les Quais", "Marée basse", "Le Jardin d'à côté", "Ligne 9", "Hautes Terres")
_FILMS: Final = ("Un été à Sète", "La Dernière Péniche", "Le Facteur de nuit", "Trois Tilleuls")
_SONGS: Final = (
    ("Les Élans", "Été"),
    ("Les Élans", "Vers la mer"),
    ("Mireille Aubrac", "Le pont"),
    ("Mireille Aubrac", "Carnet bleu"),
    ("Quatuor du Parc", "Nocturne nº 2"),
    ("Orchestre des Halles", "Marche lente"),
    ("Noé Vercors", "Demain, peut-être"),
    ("Noé Vercors", "Refrain"),
)
_EPISODE, _FILM = (38, 52), (84, 131)  # minutes
_SONG: Final = (125, 305)  # seconds


@dataclass(frozen=True, slots=True)
class Subscription:
    """A service that is paid for from a day on, and used no earlier."""

    service: Creditor
    since: date


def subscriptions(home: Home) -> tuple[Subscription, Subscription]:
    """Those of the household: some are older than the time that is told of."""
    chance, found = home.chance("subscriptions"), []
    for service in (VIDEO, MUSIC):
        late = chance.below(home.span.days // 2) if chance.happens(0.3) else 0
        found.append(Subscription(service, home.span.first + late * DAY))
    return found[0], found[1]


def media(home: Home, gone: frozenset[date]) -> Iterator[Event]:
    """The debits of each month, and what was played when somebody was at home."""
    video, music = subscriptions(home)
    for one in (video, music):
        yield from _debits(home, one)
    yield from _watched(home, video, gone)
    yield from _listened(home, music, gone)


def _debits(home: Home, one: Subscription) -> Iterator[Event]:
    """On the day of the month on which it began, for a month."""
    name = one.service.name.split()[0].lower()
    mandate = f"{name[:2].upper()}{home.chance(f'mandate {name}').digits(9)}"
    for month, last in months(one.since, home.span.last):
        day = worked_from(min(month.replace(day=min(one.since.day, 28)), last))
        if day <= home.span.last:
            reference = f"{name[:3].upper()}{month:%y%m}"
            yield one.service.debit(
                f"{name}-{month:%Y%m}", _PRICES[one.service], day, mandate, reference
            )


def _days(home: Home, since: date, gone: frozenset[date]) -> Iterator[date]:
    days = (since + number * DAY for number in range((home.span.last - since).days))
    return (day for day in days if day not in gone)


def _watched(home: Home, one: Subscription, gone: frozenset[date]) -> Iterator[Play]:
    """A film or an episode or two of an evening; of each series the next one."""
    chance, seen = home.chance("video"), dict.fromkeys(_SERIES, 0)
    for day in _days(home, one.since, gone):
        if not chance.happens(0.24):
            continue
        start = at(day, chance.between(20 * 60, 21 * 60))
        if chance.happens(0.25):
            yield _play(start, _minutes(chance, _FILM), chance.pick(_FILMS))
            continue
        series = chance.pick(_SERIES)
        for _ in range(chance.between(1, 2)):
            seen[series] += 1
            season, episode = divmod(seen[series] - 1, 8)
            title = f"{series}: Saison {season + 1}: Épisode {episode + 1}"
            lasts = _minutes(chance, _EPISODE)
            yield _play(start, lasts, title)
            start += timedelta(seconds=lasts + 20)


def _minutes(chance: Chance, limits: tuple[int, int]) -> int:
    return chance.between(*limits) * 60 + chance.below(60)


def _listened(home: Home, one: Subscription, gone: frozenset[date]) -> Iterator[Play]:
    """Some songs on the way."""
    chance = home.chance("music")
    for day in _days(home, one.since, gone):
        if not chance.happens(0.3):
            continue
        start = at(day, chance.between(7 * 60, 9 * 60))
        for _ in range(chance.between(2, 4)):
            artist, title = chance.pick(_SONGS)
            lasts = chance.between(*_SONG)
            yield _play(start, lasts, title, artist)
            start += timedelta(seconds=lasts)


def _play(start: datetime, seconds: int, title: str, artist: str = "") -> Play:
    kind = "song" if artist else "film"
    return Play(
        id=f"{kind}-{start:%Y%m%d%H%M%S}",
        start=start,
        seconds=seconds,
        title=title,
        artist=artist,
    )
