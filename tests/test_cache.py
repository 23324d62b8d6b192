"""Compiled registries in the cache folder: nothing out of date, nothing that breaks."""

import os
import threading
from pathlib import Path

import pytest
from factories import entity

from resolver import cache as caching
from resolver.cache import cache_folder, keep_compiled, open_compiled, place_of
from resolver.errors import RegistryError
from resolver.index import AliasIndex
from resolver.pipeline import Resolver
from resolver.registry import Registry

QUERIES = ("Александром Бречаловым", "Bechalov", "купол", "osa", "Garpiya A1", "nobody")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of one's own, for registries of any size."""
    monkeypatch.setenv(caching.CACHE_VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setattr(caching, "LEAST", 0)
    return tmp_path / "cache"


def test_what_was_loaded_once_is_opened(aliases: Path, cache: Path) -> None:
    """With the same answers, and the registry for those who ask for it."""
    first, again = Resolver.load(aliases), Resolver.load(aliases)

    assert len(list(cache.iterdir())) == 1
    assert "_Entries" in type(again.index.entries).__name__
    assert [again.resolve(text) for text in QUERIES] == [first.resolve(text) for text in QUERIES]
    assert again.registry == first.registry
    assert again.explain("Bechalov", "person:aleksandr-brechalov") == first.explain(
        "Bechalov", "person:aleksandr-brechalov"
    )


def test_a_change_of_the_registry_is_seen(aliases: Path, cache: Path) -> None:
    """At once, and the old file does no harm."""
    assert Resolver.load(aliases).resolve("Zwölf").status == "unresolved"
    path = next(aliases.glob("*.yaml"))
    path.write_text(path.read_text() + "- {id: 'other:zwoelf', type: other, name: Zwölf}\n")

    assert Resolver.load(aliases).resolve("Zwölf").entity_id == "other:zwoelf"
    assert len(list(cache.iterdir())) == 2


def test_a_registry_that_changes_while_it_is_read_is_not_kept(aliases: Path, cache: Path) -> None:
    """Else the new files would be answered for by the old ones, for ever."""
    place, registry = place_of(aliases), Registry.load(aliases)
    path = next(aliases.glob("*.yaml"))
    path.write_text(path.read_text() + "- {id: 'other:zwoelf', type: other, name: Zwölf}\n")

    assert keep_compiled(registry, AliasIndex(registry.entities), place) is None
    assert not cache.exists()
    assert Resolver.load(aliases).resolve("Zwölf").entity_id == "other:zwoelf"


def test_blocked_strings_stay_blocked(aliases: Path, cache: Path) -> None:
    """They are part of what is compiled."""
    (aliases / "blocked.yaml").write_text("- Kupol\n")
    reasons = [Resolver.load(aliases).resolve("Kupol").reason for _ in range(2)]

    assert reasons == ["listed in blocked.yaml as never an entity"] * 2


def test_a_damaged_file_is_written_again(aliases: Path, cache: Path) -> None:
    """The registry is read as if there were none."""
    Resolver.load(aliases)
    (file,) = cache.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])

    assert Resolver.load(aliases).resolve("Kupol").entity_id == "organization:kupol"
    assert file.read_bytes() == whole


def test_the_oldest_files_go(aliases: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So the folder does not grow with each edit."""
    monkeypatch.setattr(caching, "KEPT", 2)
    path = next(aliases.glob("*.yaml"))
    for n in range(4):
        path.write_text(path.read_text() + f"- {{id: 'other:{n}', type: other, name: Name {n}}}\n")
        Resolver.load(aliases)

    assert len(list(cache.iterdir())) == 2


def test_a_folder_that_cannot_be_written_does_no_harm(
    aliases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is kept, and nobody is told: it costs time alone."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(caching.CACHE_VARIABLE, str(tmp_path / "file"))
    monkeypatch.setattr(caching, "LEAST", 0)
    registry = Registry.load(aliases)

    assert keep_compiled(registry, AliasIndex(registry.entities), place_of(aliases)) is None
    assert Resolver.load(aliases).resolve("Kupol").status == "resolved"


@pytest.mark.usefixtures("cache")
def test_a_registry_that_was_not_read_from_files_is_not_kept() -> None:
    """There is nothing that it could be found by."""
    assert keep_compiled(Registry.from_entities([entity("Kupol")]), AliasIndex([entity("Kupol")]), None) is None


def test_small_registries_are_not_kept(aliases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are analysed faster."""
    monkeypatch.setenv(caching.CACHE_VARIABLE, str(tmp_path / "cache"))
    Resolver.load(aliases)

    assert not (tmp_path / "cache").exists()


@pytest.mark.usefixtures("cache")
def test_no_registry_is_no_compiled_one(tmp_path: Path) -> None:
    """Whoever reads it says what is wrong."""
    assert open_compiled(place_of(tmp_path / "nowhere")) is None


def test_many_at_once(aliases: Path, cache: Path) -> None:
    """All get the same answer, and one whole file is left."""
    answers: list[str | None] = []
    threads = [
        threading.Thread(target=lambda: answers.append(Resolver.load(aliases).resolve("Kupol").entity_id))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == ["organization:kupol"] * 6
    assert [file.suffix for file in cache.iterdir()] == [".index"]
    assert open_compiled(place_of(aliases)) is not None


@pytest.mark.skipif(os.name != "posix", reason="the folder is named differently elsewhere")
@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"RESOLVER_CACHE": "/x"}, Path("/x")),
        ({"RESOLVER_CACHE": "off"}, None),
        ({"RESOLVER_CACHE": "", "XDG_CACHE_HOME": "/xdg"}, Path("/xdg/resolver")),
    ],
    ids=["chosen", "off", "system"],
)
def test_cache_folder(variables: dict[str, str], expected: Path | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the environment says."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert cache_folder() == expected


@pytest.mark.parametrize("loads", [1, 2], ids=["built", "from the cache"])
@pytest.mark.usefixtures("cache")
def test_a_resolver_travels_as_a_file(loads: int, aliases: Path, tmp_path: Path) -> None:
    """What `compile` writes, `open` reads anywhere: the same decisions, and no YAML."""
    text = "Aleksandr Bechalov spoke at the Kupol plant. Stanislav Petrovskyy listened."
    resolver = [Resolver.load(aliases) for _ in range(loads)][-1]
    place = resolver.compile(tmp_path / "registry.index")
    opened = Resolver.open(place)

    assert [(r.mention, r.status, r.entity_id, r.score, r.reason) for r in opened.annotate(text)] == [
        (r.mention, r.status, r.entity_id, r.score, r.reason) for r in resolver.annotate(text)
    ]
    with pytest.raises(RegistryError, match="without its YAML"):
        _ = opened.registry
    with pytest.raises(RegistryError, match="no sound compiled registry"):
        Resolver.open((place[0], "another key"))


def test_a_clock_that_went_back_costs_nothing(aliases: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file that was just written stays, though all others are of the future."""
    monkeypatch.setattr(caching, "KEPT", 2)
    cache.mkdir()
    for number in range(3):
        (cache / f"{number}.index").touch()
        os.utime(cache / f"{number}.index", (4e9, 4e9 + number))
    Resolver.load(aliases)

    names = sorted(file.name for file in cache.iterdir())
    assert len(names) == 2
    assert "2.index" in names
    assert "_Entries" in type(Resolver.load(aliases).index.entries).__name__


def test_a_file_that_another_process_removes_does_no_harm(aliases: Path, cache: Path) -> None:
    """It is listed, and gone when it is looked at."""
    cache.mkdir()
    (cache / "gone.index").symlink_to("nowhere")
    Resolver.load(aliases)

    assert "_Entries" in type(Resolver.load(aliases).index.entries).__name__


def test_what_a_killed_process_left_goes(aliases: Path, cache: Path) -> None:
    """It may be of a registry that nobody has any more."""
    cache.mkdir()
    (cache / f".{'0' * 32}.index.0123456789ab.tmp").write_bytes(b"half")
    Resolver.load(aliases)

    assert [file.suffix for file in cache.iterdir()] == [".index"]
