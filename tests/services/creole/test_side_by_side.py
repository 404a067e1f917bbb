"""Each kind of file gives its Creole with the Spanish beside it, and where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrant_office.services.creole.side_by_side import Beside, Unreadable, csv_texts, messages_in, texts_in, toml_texts

PO = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
)


def written(path: Path, content: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def test_a_table_has_its_spanish_in_the_column_beside_whatever_the_order() -> None:
    content = 'key,en,ht,es\nday,Appointment,Randevou,Cita\nplace,Ñuñoa,Ñuñoa,Ñuñoa\nfree,"Free, yes","Gratis, wi",\n'
    assert list(csv_texts(content)) == [Beside("row 2", "Cita", "Randevou"), Beside("row 4", "", "Gratis, wi")]


def test_labels_hints_and_messages_of_a_form_stand_each_beside_their_own(tmp_path: Path) -> None:
    form = written(
        tmp_path / "form.md",
        "| survey | | | | | |\n"
        "| | name | label::Español (es) | label::Kreyòl (ht) | hint::Español (es) | hint::Kreyòl (ht) "
        "| x::Kreyòl (ht) |\n"
        "| | age | Edad | Laj | En años | An ane | Sèl |\n"
        "| choices |\n| | name | label::Kreyòl (ht) | label::Español (es) |\n| | ht | Kreyòl | Criollo |\n",
    )
    assert texts_in(form) == [
        Beside("row 3", "Edad", "Laj"),
        Beside("row 3", "En años", "An ane"),
        Beside("row 3", "", "Sèl"),
        Beside("row 6", "Criollo", "Kreyòl"),
    ]


def test_tables_of_a_toml_file_are_found_however_deep() -> None:
    content = """
[city]
name = "Santiago"
office = "Oficina"
office_ht = "Biwo"
[words]
es = { Refer = "Derivar" }
ht = { Refer = "Voye", Other = "Lòt" }
[[rules]]
es = "Primero"
ht = "Premye"
say = [{ es = "Hola", ht = "Bonjou" }, { ht = "Sèl" }]
"""
    assert list(toml_texts(content)) == [
        Beside("city", "Oficina", "Biwo"),
        Beside("words.ht.Refer", "Derivar", "Voye"),
        Beside("words.ht.Other", "", "Lòt"),
        Beside("rules[1]", "Primero", "Premye"),
        Beside("rules[1].say[1]", "Hola", "Bonjou"),
        Beside("rules[1].say[2]", "", "Sèl"),
    ]


def test_messages_are_paired_by_context_and_plural_form(tmp_path: Path) -> None:
    one = 'msgid "Sent"\nmsgstr "{}"\n\nmsgctxt "state"\nmsgid "Sent"\nmsgstr "{}"\n\n'
    many = 'msgid "{{n}} day"\nmsgid_plural "{{n}} days"\nmsgstr[0] "{}"\nmsgstr[1] "{}"\n\n'
    for lang, texts in {
        "es": ("Enviado", "Enviada", "{n} día", "{n} días"),
        "ht": ("", "Voye", "{n} jou", "{n} jou yo"),
    }.items():
        written(tmp_path / lang / "LC_MESSAGES" / "migrant_office.po", PO + (one + many).format(*texts))
    expected = [
        Beside("Sent", "Enviada", "Voye"),
        Beside("{n} day", "{n} día", "{n} jou"),
        Beside("{n} day", "{n} días", "{n} jou yo"),
    ]
    assert messages_in(tmp_path / "es", tmp_path / "ht") == expected


def test_an_installed_program_without_sources_has_its_compiled_catalogues(tmp_path: Path) -> None:
    from migrant_office.i18n import compiled

    for lang, text in (("es", "Hoy"), ("ht", "Jodi a")):
        po = written(tmp_path / lang / "LC_MESSAGES" / "migrant_office.po", f'{PO}\nmsgid "today"\nmsgstr "{text}"\n')
        po.with_suffix(".mo").write_bytes(compiled(po))
        po.unlink()
    assert messages_in(tmp_path / "es", tmp_path / "ht") == [Beside("today", "Hoy", "Jodi a")]
    assert messages_in(tmp_path / "es", tmp_path / "none") == []


@pytest.mark.parametrize(("name", "content"), [("a.toml", b"es = "), ("a.csv", b"es,ht\n\xff\xfe\n")])
def test_what_is_not_what_its_ending_says_cannot_be_read(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Unreadable):
        texts_in(tmp_path / name)
    (tmp_path / "b.txt").write_bytes(content)
    assert texts_in(tmp_path / "b.txt") == []
