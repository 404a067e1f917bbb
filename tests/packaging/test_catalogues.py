"""The gate of the catalogues: it passes as things are, and each kind of slip makes it fail."""

from __future__ import annotations

import ast
import shutil

import pytest
from babel.messages import pofile

from migrant_office import paths
from migrant_office.models.parity import write_registry

SOURCE = """
from migrant_office.i18n import N_, NP_, _, ngettext

TITLE = N_("Open the case file")
# Translators: on the button under the list
label = _("Save &and continue…")
STATE = NP_("referral state", "Sent")
def waiting(t, n):
    return t.ngettext("{n} person waits.", "{n} people wait.", n).format(n=n)
"""

SPANISH = {
    "Open the case file": "Abrir el expediente",
    "Save &and continue…": "Guardar &y continuar…",
    "Sent": "Enviada",
    "{n} person waits.": ("Espera {n} persona.", "Esperan {n} personas."),
}
CREOLE = {
    "Open the case file": "Ouvri dosye a",
    "Save &and continue…": "Anrejistre &epi kontinye…",
    "Sent": "Voye",
    "{n} person waits.": ("{n} moun ap tann.", "{n} moun ap tann."),
}


HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)


@pytest.fixture
def tool(script, tmp_path, monkeypatch):
    """The tool on a small tree of its own, fully and rightly translated."""
    catalogues = script("catalogues")
    (tmp_path / "migrant_office").mkdir()
    (tmp_path / "migrant_office" / "page.py").write_text(SOURCE, encoding="utf-8")
    shutil.copy(catalogues.ROOT / "babel.cfg", tmp_path)
    for lang in ("es", "ht"):
        po = tmp_path / "resources" / "i18n" / lang / "LC_MESSAGES" / "migrant_office.po"
        po.parent.mkdir(parents=True)
        po.write_text(HEADER, encoding="utf-8")
    (tmp_path / "resources" / "forms").mkdir()
    (tmp_path / "resources" / "i18n" / "reviews.csv").write_text(write_registry([]), encoding="utf-8")
    for name, value in {
        "ROOT": tmp_path,
        "I18N": tmp_path / "resources" / "i18n",
        "FORMS": tmp_path / "resources" / "forms",
        "POT": tmp_path / "resources" / "i18n" / "migrant_office.pot",
    }.items():
        monkeypatch.setattr(catalogues, name, value)
    catalogues.update()
    for lang, texts in (("es", SPANISH), ("ht", CREOLE)):
        for original, text in texts.items():
            translate(catalogues, lang, original, text)
    return catalogues


def translate(tool, lang, original, text, **more):
    catalog = tool.read(lang)
    for message in catalog:
        if message.id and tool._forms(message.id)[0] == original:
            message.string = text
            message.flags.update(more.get("flags", ()))
    with tool._po(lang).open("wb") as file:
        pofile.write_po(file, catalog)


def test_a_right_tree_passes(tool):
    assert list(tool.check()) == []


def test_update_finds_texts_contexts_plurals_and_comments(tool):
    with tool.POT.open("rb") as file:
        catalog = pofile.read_po(file)
    found = {(m.context, tool._forms(m.id)) for m in catalog if m.id}
    assert found == {
        (None, ("Open the case file",)),
        (None, ("Save &and continue…",)),
        ("referral state", ("Sent",)),
        (None, ("{n} person waits.", "{n} people wait.")),
    }
    assert catalog["Save &and continue…"].auto_comments == ["on the button under the list"]


def test_update_twice_changes_no_byte_and_keeps_what_people_wrote(tool):
    tool.update()
    before = {path: path.read_bytes() for path in tool.I18N.rglob("*.po*")}
    tool.update()
    assert {path: path.read_bytes() for path in tool.I18N.rglob("*.po*")} == before
    assert tool.read("ht")["Open the case file"].string == "Ouvri dosye a"


@pytest.mark.parametrize(
    ("lang", "original", "text", "complaint"),
    [
        ("es", "Open the case file", "", "not translated"),
        ("es", "{n} person waits.", ("Espera {n} persona.", ""), "not translated"),
        ("es", "{n} person waits.", ("Espera {m} persona.", "Esperan {n} personas."), "placeholders differ"),
        ("ht", "{n} person waits.", ("{n} {n} moun ap tann.", "{n} moun ap tann."), "placeholders differ"),
        ("es", "Save &and continue…", "Guardar y continuar…", "number of & differs"),
        ("es", "Save &and continue…", "Guardar &y &continuar…", "number of & differs"),
        ("es", "Save &and continue…", "Guardar &y continuar", "ends otherwise"),
        ("es", "Open the case file", "Abrir el expediente ", "spaces at the edge"),
        ("es", "Open the case file", "Abrir\u202fel expediente", "U+202F"),
        ("ht", "Open the case file", "Ouvrir le dossier", "French, Spanish or English"),
        ("ht", "Open the case file", "Ouvri dosyé a", "not a Creole letter"),
        ("ht", "Open the case file", "Ouvri fomile a", "accent lost: fòmilè"),
    ],
)
def test_each_slip_in_a_translation_is_found(tool, lang, original, text, complaint):
    translate(tool, lang, original, text)
    found = list(tool.check())
    assert found
    assert all(line.startswith(f"{lang}: ") for line in found)
    assert any(complaint in line for line in found), found


def test_a_question_in_spanish_opens(tool):
    page = tool.ROOT / "migrant_office" / "page.py"
    page.write_text(SOURCE + '\nask = _("Save first?")\n', encoding="utf-8")
    tool.update()
    translate(tool, "ht", "Save first?", "Anrejistre anvan?")
    translate(tool, "es", "Save first?", "Guardar antes?")
    assert [line for line in tool.check() if "¿" in line]
    translate(tool, "es", "Save first?", "¿Guardar antes?")
    assert list(tool.check()) == []


def test_a_fuzzy_translation_is_found(tool):
    translate(tool, "es", "Sent", "Enviada", flags={"fuzzy"})
    assert any("fuzzy" in line for line in tool.check())


def test_a_text_added_or_changed_in_the_source_is_found_until_update(tool):
    page = tool.ROOT / "migrant_office" / "page.py"
    page.write_text(SOURCE.replace("Open the case file", "Open the file of the case"), encoding="utf-8")
    found = list(tool.check())
    assert {line.split(":")[0] for line in found} == {"migrant_office.pot", "es", "ht"}
    assert any("still has 'Open the case file'" in line for line in found)
    tool.update()
    assert [line for line in tool.check() if "not translated" not in line] == []


def test_texts_inside_an_f_string_and_words_of_a_city_are_found_on_every_python(tool):
    page = tool.ROOT / "migrant_office" / "page.py"
    more = """
line = f"{_('Source:')} {pgettext('unit', 'persons')} {t.ngettext('{n} row', '{n} rows', 3)}"
other = f"{label} {t.gettext(name)}"
title = words.word(city, "Refer")
"""
    page.write_text(SOURCE + more, encoding="utf-8")
    tool.update()
    assert {(m.context, tool._forms(m.id)) for m in tool.read("es") if m.id and not any(tool._forms(m.string))} == {
        (None, ("Source:",)),
        (None, ("Refer",)),
        ("unit", ("persons",)),
        (None, ("{n} row", "{n} rows")),
    }


def test_a_country_may_replace_some_messages_and_only_existing_ones(tool):
    overlay = tool.I18N / "es_MX" / "LC_MESSAGES" / "migrant_office.po"
    overlay.parent.mkdir(parents=True)
    overlay.write_text(HEADER + 'msgid "Open the case file"\nmsgstr "Abra el expediente"\n', encoding="utf-8")
    assert list(tool.check()) == []
    overlay.write_text(HEADER + 'msgid "Open the box"\nmsgstr "Abrir la caja"\n', encoding="utf-8")
    assert any("no source" in line for line in tool.check())


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        (
            "sheet.csv",
            "es,ht,en\nCita,Randevou,Appointment\nÑuñoa,Ñuñoa,Ñuñoa\n",
            "es,ht,en\nCita,Rendez-vous,Appointment\n",
        ),
        (
            "intake.md",
            "| survey | | |\n| | name | label::Español (es) | label::Kreyòl (ht) |\n| | age | Edad | Laj |\n"
            "| choices |\n| | name | label::Español (es) | label::Kreyòl (ht) |\n| | ht | Criollo | Kreyòl |\n"
            "| | other | Otro | Lòt |\n",
            "| survey | | |\n| | name | label::Español (es) | label::Kreyòl (ht) |\n| | age | Edad | Votre âge |\n",
        ),
        ("office.toml", '[word]\nes = "cita"\nht = "randevou"\n', '[[word]]\nlabel = {es = "cita", ht = "la cita"}\n'),
    ],
)
def test_creole_in_forms_and_sheets_is_read(tool, name, good, bad):
    path = tool.FORMS / "city" / name
    path.parent.mkdir()
    path.write_text(good, encoding="utf-8")
    assert list(tool.check()) == []
    path.write_text(bad, encoding="utf-8")
    assert any(name in line for line in tool.check())


def test_compile_writes_what_an_installed_program_reads(tool):
    import gettext

    tool.compile_all()
    with tool._po("ht").with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert compiled.gettext("Open the case file") == "Ouvri dosye a"
    assert compiled.pgettext("referral state", "Sent") == "Voye"


def test_status_names_what_waits(tool):
    assert list(tool.status()) == ["es: 4 of 4", "ht: 4 of 4"]
    translate(tool, "ht", "Sent", "")
    assert list(tool.status()) == ["es: 4 of 4", "ht: 3 of 4", "  referral state: 'Sent'"]


def test_the_command_line_says_by_its_code_whether_all_is_well(tool, capsys):
    assert tool.main("check") == 0
    translate(tool, "ht", "Sent", "")
    assert tool.main("check") == 1
    assert "not translated" in capsys.readouterr().out
    assert tool.main("") == 2


def test_our_own_catalogues_pass(script):
    found = list(script("catalogues").check())
    assert found == [], "\n".join(found)


def test_no_mark_stands_inside_a_translation():
    """The extractor reads the outer call alone: a sentence marked inside it would stay English for ever."""
    package, marks, calls = paths.resources().parent / "migrant_office", {"N_", "NP_"}, {"_", "ngettext", "pgettext"}

    def named(node: ast.AST) -> str:
        return getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""

    hidden = [
        f"{file.name}:{inner.lineno}"  # type: ignore[attr-defined]  # a call has a line
        for file in package.rglob("*.py")
        for outer in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if named(outer) in calls
        for inner in ast.walk(outer)
        if named(inner) in marks
    ]
    assert hidden == []


def test_the_creole_catalogue_says_that_nobody_has_reviewed_it(script):
    """The line goes when a named reader signs; until then the program may not pretend."""
    catalogues = script("catalogues")
    assert "no Creole reader has reviewed" in " ".join(catalogues.read("ht").header_comment.replace("#", "").split())
