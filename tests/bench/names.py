"""Makes up names, questions about them and texts that hold them, the same for the same seed.

Persons have a common given name, mostly a patronymic, and a surname of a common stem or of two; half are written in
Cyrillic, half in Latin letters. Organisations have a made-up proper name, a trade and a kind of organisation from the
tables `fields` and `kinds`. Case forms are those of the table `inflection`. No person or organisation is meant.

Known limits: Russian persons and English organisations only, one name for each; given names are those that decline by
the plainest rules (no Павел, no Ольга). The case forms and the other script come from the project's own tables, so they
measure what a method can do at all, not how well it does on names as they occur.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from resolver.language.romanization import romanize
from resolver.language.tables import read_table

# exact: as in the registry; unknown: a name of the same making that is not in it
KINDS = ("exact", "typo", "reordered", "inflected", "other script", "unknown")
_CASES = ("gen", "dat", "ins")
_PERSONS, _CYRILLIC, _PATRONYMIC, _SIMPLE = 0.8, 0.5, 0.7, 0.3  # shares: of all, of persons, of them, of surnames
_NAMED, _KNOWN, _MISSPELT = 0.5, 0.8, 0.3  # shares: of sentences, of the names in them, of base forms

STOCK: Mapping[str, Sequence[str]] = {  # what names are made of
    kind: words.split()
    for kind, words in {
        "men": (
            "Александр Алексей Анатолий Андрей Антон Аркадий Артем Артур Борис Вадим Валентин Валерий Василий "
            "Виктор Виталий Владимир Владислав Всеволод Вячеслав Геннадий Георгий Глеб Григорий Давид Даниил "
            "Денис Дмитрий Евгений Егор Иван Игорь Кирилл Константин Леонид Макар Максим Матвей Михаил Назар "
            "Николай Олег Петр Платон Роман Ростислав Руслан Савелий Семен Сергей Станислав Степан Тарас "
            "Тимофей Тихон Трофим Федор Эдуард Юрий Ярослав"
        ),
        "women": (
            "Александра Алина Алла Анастасия Анна Валентина Валерия Вера Виктория Галина Дарья Евгения "
            "Екатерина Елена Елизавета Зинаида Инна Ирина Ксения Лариса Людмила Маргарита Марина Мария "
            "Надежда Наталия Оксана Полина Раиса Светлана София Тамара Татьяна Юлия"
        ),
        "first halves": (
            "бел черн стар нов крив сух добр красн тих остр долг мал кисл слад син верх низ лют холод "
            "бос вес гор густ див дорог жит золот камен лет мил мох мудр пуст рад свет сер скор тверд"
        ),
        "stems": (
            "абрам антип архип баран барсук бобр бондар боров бугр бык ветр волк ворон вороб глеб гнед голуб "
            "гонч горбун гриб гром гусар дрозд дуб ерш ефим жук журавл заруб зот зуб казак калач карп кит "
            "клим клин кобз ковал козл колес комар конюх корол кот крот кузнец кулик лап лебед лист лог "
            "лук мак мартын мельник мирон мороз муром наум никон орл осип остап панкрат пест пир плет повар "
            "полоз прокоп рак рыбак савел сазон сам сахар сидор скворц слон смирн снегир сокол сом "
            "сторож струк сухар сыч таран тит ткач топор трофим туман турк фад филат фом хлеб чайк "
            "черв чиж шап шест шил шуб щегл язык яким яр"
        ),
    }.items()
}
_GIVEN_ROWS = {"ия": "feminine ия", "я": "feminine soft", "а": "feminine", "й": "masculine й", "ь": "masculine soft"}
_SURNAMES = {"ов": "surname", "овск": "adjective velar", "енко": ""}  # ending -> row of the table; "" never changes

_SENTENCES = {  # with {} for a name in the case; no key: without a name
    "nom": (
        "{} выступил на заседании комитета с докладом о ходе работ.",
        "Как сообщается, {} подписал договор в прошлом году.",
    ),
    "gen": ("По словам {}, сроки поставки перенесли на весну.", "У {} нашли копии документов и переписку."),
    "dat": ("Письмо передали {} через канцелярию.", "Суд отказал {} в пересмотре дела."),
    "ins": ("Встреча с {} прошла за закрытыми дверями.", "Отчёт подготовлен {} и двумя его коллегами."),
    "en": (
        "According to the report, {} signed the contract last year.",
        "The delivery was arranged by {} through two intermediaries.",
    ),
    "": (
        "Стороны обсудили поставки оборудования и сроки ремонта дорог.",
        "Погода в выходные останется тёплой, без осадков.",
        "The committee will publish its findings at the end of the month.",
        "Prices rose by four per cent compared with the previous quarter.",
    ),
}


@dataclass(frozen=True, slots=True)
class Name:
    """A name as its registry has it; `cases` are its case forms by their codes, `other` is it in the other script."""

    text: str
    type: str
    cases: Mapping[str, str]
    other: str | None


@dataclass(frozen=True, slots=True)
class Query:
    """A name that is asked for, how it differs from that of the registry, and the id that is meant."""

    text: str
    kind: str
    expected: str | None


@dataclass(frozen=True, slots=True)
class Document:
    """A text, and the names in it: start, end, id, and whether they are written as in the registry."""

    text: str
    planted: tuple[tuple[int, int, str, bool], ...]


def generate_names(seed: int) -> Iterator[Name]:
    """Names without end; no two share a given name and a surname, or a proper name and a trade."""
    rng = random.Random(seed)  # noqa: S311 (test data, no secret)
    seen: set[tuple[str, ...]] = set()
    while True:
        key, name = _person(rng) if rng.random() < _PERSONS else _organization(rng)
        if key not in seen:
            seen.add(key)
            yield name


def id_of(number: int) -> str:
    """The id of the entity that has the name of this number."""
    return f"bench:{number}"


def make_queries(names: Sequence[Name], unknown: Iterator[Name], count: int, seed: int) -> Iterator[Query]:
    """Queries of all kinds in turn, so that any part of them has all; no two alike but by accident."""
    rng = random.Random(seed)  # noqa: S311
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        if kind == "unknown":
            yield Query(next(unknown).text, kind, None)
            continue
        place = rng.randrange(len(names))
        while (text := _varied(names[place], kind, rng)) is None:
            place = rng.randrange(len(names))
        yield Query(text, kind, id_of(place))


def make_documents(
    names: Sequence[Name], strangers: Iterator[Name], count: int, seed: int, *, sentences: int = 30
) -> Iterator[Document]:
    """Texts whose every other sentence has a name: as in the registry, in a case form, misspelt, or a stranger's."""
    rng = random.Random(seed)  # noqa: S311
    for _ in range(count):
        text, planted = "", []
        for _ in range(sentences):
            if rng.random() >= _NAMED:
                text += rng.choice(_SENTENCES[""]) + " "
                continue
            place = rng.randrange(len(names)) if rng.random() < _KNOWN else None
            name = next(strangers) if place is None else names[place]
            before, written, after = _sentence(name, rng)
            start = len(text) + len(before)
            if place is not None:
                planted.append((start, start + len(written), id_of(place), written == name.text))
            text += f"{before}{written}{after} "
        yield Document(text.rstrip(), tuple(planted))


def _sentence(name: Name, rng: random.Random) -> tuple[str, str, str]:
    """What stands before a name, the name as it is written there, and what follows it."""
    case = rng.choice(("nom", *_CASES)) if name.cases else "en"
    written = name.cases.get(case, name.text)
    if written == name.text and rng.random() < _MISSPELT:
        written = misspell(written, rng)
    before, _, after = rng.choice(_SENTENCES[case]).partition("{}")
    return before, written, after


def misspell(text: str, rng: random.Random) -> str:
    """The text with one slip inside its longest word: two letters change places, one is lost, doubled or another."""
    words = text.split(" ")
    longest = max(range(len(words)), key=lambda i: len(words[i]))
    word = words[longest]
    at = rng.randrange(1, len(word) - 1)
    letter = chr(ord(word[at]) + (1 if word[at] not in "zя" else -1))
    slips = [
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + letter + word[at + 1 :],
    ]
    words[longest] = rng.choice([slip for slip in slips if slip != word])
    return " ".join(words)


def _varied(name: Name, kind: str, rng: random.Random) -> str | None:
    """The name as this kind of query has it; None if it has no such form."""
    if kind == "typo":
        return misspell(name.text, rng)
    if kind == "reordered":
        *first, last = name.text.split(" ")
        return " ".join([last, *first])
    if kind == "inflected":
        return name.cases[rng.choice(_CASES)] if name.cases else None
    return name.other if kind == "other script" else name.text


def _person(rng: random.Random) -> tuple[tuple[str, ...], Name]:
    """A person, and what no other has."""
    is_woman = rng.random() < 0.4
    given = rng.choice(STOCK["women" if is_woman else "men"])
    words = [_given_cases(given)]
    if rng.random() < _PATRONYMIC:
        words.append(_patronymic_cases(_father(rng.choice(STOCK["men"])), is_woman=is_woman))
    stem = rng.choice(STOCK["stems"]) if rng.random() < _SIMPLE else _two_stems(rng)
    ending = rng.choice(tuple(_SURNAMES))
    words.append(_surname_cases(stem.capitalize() + ending, _SURNAMES[ending], is_woman=is_woman))
    text, *oblique = (" ".join(word[case] for word in words) for case in ("nom", *_CASES))
    latin = " ".join((romanize(word, "ru") or word).capitalize() for word in text.split())
    key = (given, words[-1]["nom"])
    if rng.random() < _CYRILLIC:
        return key, Name(text, "person", dict(zip(_CASES, oblique, strict=True)), latin)
    return key, Name(latin, "person", {}, text)


def _organization(rng: random.Random) -> tuple[tuple[str, ...], Name]:
    proper = (romanize(_two_stems(rng), "ru") or "").capitalize()
    trade, head = rng.choice(_words("fields")), rng.choice(_words("kinds"))
    return (proper, trade), Name(f"{proper} {trade} {head}", "organization", {}, None)


def _two_stems(rng: random.Random) -> str:
    return f"{rng.choice(STOCK['first halves'])}о{rng.choice(STOCK['stems'])}"


@cache
def _words(table: str) -> tuple[str, ...]:
    """The trades, or the kinds of organisations, in English, with capitals."""
    rows = [values for key, values in read_table(table) if table == "fields" or key == "organization"]
    return tuple(sorted({value.replace("-", " ").title() for values in rows for value in values}))


@cache
def _endings(row: str, group: str = "") -> Mapping[str, str]:
    """The first ending of each case in a row of the table for Russian; "-" is none."""
    cells = next(values for key, values in read_table("inflection") if key == f"ru {row}")
    found = dict(cell.split("=") for cell in cells)
    return {case: found[group + case].split()[0].replace("-", "") for case in ("nom", *_CASES)}


def _declined(stem: str, endings: Mapping[str, str]) -> Mapping[str, str]:
    return {case: stem + ending for case, ending in endings.items()}


@cache
def _given_cases(given: str) -> Mapping[str, str]:
    row = next((row for ending, row in _GIVEN_ROWS.items() if given.endswith(ending)), "masculine")
    endings = _endings(row)
    return _declined(given.removesuffix(endings["nom"]), endings)


def _father(given: str) -> str:
    """What patronymics of a man's name begin with: Сергеев(ич), Юрьев(на)."""
    if given.endswith("ий"):
        return f"{given[:-2]}{'и' if given.endswith(('трий', 'гий')) else 'ь'}ев"
    return f"{given[:-1]}ев" if given.endswith(("й", "ь")) else f"{given}ов"


@cache
def _patronymic_cases(father: str, *, is_woman: bool) -> Mapping[str, str]:
    if is_woman:
        return _declined(f"{father}н", _endings("feminine"))
    return _declined(f"{father}ич", _endings("masculine hushing"))


@cache
def _surname_cases(surname: str, row: str, *, is_woman: bool) -> Mapping[str, str]:
    if not row:
        return dict.fromkeys(("nom", *_CASES), surname)
    return _declined(surname, _endings(row, "f." if is_woman else ""))


def first_names(seed: int, count: int) -> tuple[list[Name], Iterator[Name]]:
    """The names of a registry, and those that are not in it."""
    source = generate_names(seed)
    return list(islice(source, count)), source
