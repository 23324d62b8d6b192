"""Files are written completely or not at all."""

from pathlib import Path

import pytest

from resolver.files import write_all, write_atomically


def test_the_text_arrives_as_it_is(tmp_path: Path) -> None:
    """Line ends and letters of any script are written byte for byte, as UTF-8."""
    path = tmp_path / "a.yaml"
    write_atomically(path, "Бречалов\r\nOsa\n")

    assert "Бречалов\r\nOsa\n".encode() == path.read_bytes()


def test_an_old_text_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    """Replacing a file does not open it to other users, nor close it to them."""
    path = tmp_path / "a.yaml"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o640)
    write_atomically(str(path), "new")

    assert (path.read_text(encoding="utf-8"), path.stat().st_mode & 0o777) == ("new", 0o640)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """The file behind a link gets the text."""
    (tmp_path / "folder").mkdir()
    target, link = tmp_path / "folder" / "a.yaml", tmp_path / "link.yaml"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    write_atomically(link, "new")

    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"


def test_no_temporary_file_stays(tmp_path: Path) -> None:
    """After writing, the folder holds the files and nothing else."""
    write_all({tmp_path / "b": "b", tmp_path / "a": "a"})

    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_a_folder_in_the_place_of_a_file_leaves_all_files_as_they_were(tmp_path: Path) -> None:
    """If one rename fails, the files renamed before it get their old text back, and new ones go away."""
    (tmp_path / "a").write_text("old", encoding="utf-8")
    (tmp_path / "c" / "content").mkdir(parents=True)

    with pytest.raises(OSError, match="c"):
        write_all({tmp_path / "a": "new", tmp_path / "b": "new", tmp_path / "c": "new"})

    assert (tmp_path / "a").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "c"]


def test_a_missing_folder_leaves_all_files_as_they_were(tmp_path: Path) -> None:
    """If one text cannot be written, no file is renamed."""
    (tmp_path / "a").write_text("old", encoding="utf-8")

    with pytest.raises(FileNotFoundError):
        write_all({tmp_path / "a": "new", tmp_path / "missing" / "b": "new"})

    assert (tmp_path / "a").read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
