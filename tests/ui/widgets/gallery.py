"""Every widget in every state on a few pages, with invented data; for pictures and for the test of cut texts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout

from migrant_office.models.missing import Missing
from migrant_office.ui.theme.metrics import COLUMN_GAP
from migrant_office.ui.theme.tokens import Tone
from migrant_office.ui.widgets.answers import AnswerChoice, Answers
from migrant_office.ui.widgets.banner import Banner
from migrant_office.ui.widgets.bar_chart import Bar, BarChart
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.card import Card, SunkenPanel
from migrant_office.ui.widgets.date_field import DateField
from migrant_office.ui.widgets.empty_state import EmptyState
from migrant_office.ui.widgets.facts import Fact, Facts
from migrant_office.ui.widgets.field import Choice, LabelledField, LineField, NoteField, PassphraseField
from migrant_office.ui.widgets.keys import KeyPlate, key_words
from migrant_office.ui.widgets.line_chart import LineChart, Point
from migrant_office.ui.widgets.marks import Avatar, Chip, Mark, MarkSpec
from migrant_office.ui.widgets.page import ScrollPage
from migrant_office.ui.widgets.page_header import PageHeader
from migrant_office.ui.widgets.protected_table import Protected, ProtectedTable
from migrant_office.ui.widgets.pyramid import Band, Pyramid
from migrant_office.ui.widgets.row import ListRow, RowSpec, RowStyle
from migrant_office.ui.widgets.row_list import RowList
from migrant_office.ui.widgets.search_combo import SearchCombo
from migrant_office.ui.widgets.steps import Steps, StepSpec
from migrant_office.ui.widgets.tabs import Tabs
from migrant_office.ui.widgets.text import Text
from migrant_office.ui.widgets.tick import Tick
from migrant_office.ui.widgets.timeline import EventSpec, Timeline
from migrant_office.ui.widgets.toast import Toast
from tests.ui.widgets.gallery_frame import column, flow, window


def components() -> QFrame:
    disabled = Button("No disponible")
    disabled.set_available(False, "Falta elegir un servicio.")
    buttons = flow(
        Button("Continuar", "primary", shortcut="Ctrl+Return", hint_only=True),
        Button("Comparar"),
        Button("Ver todos", "quiet"),
        disabled,
        Button("Borrar...", "danger", icon="trash"),
    )
    run = LabelledField("RUN", LineField("12.345.678-9"))
    run.warn("No coincide el dígito. Puede guardar igual.")
    commune = Choice()
    commune.set_choices([("a", "Santiago"), ("b", "Independencia")], empty="Elija una comuna")
    born = DateField("1991-05-12")
    left = column(
        Text("Botones", "question"),
        buttons,
        Text("Campos", "question"),
        LabelledField("Teléfono", LineField("+56 9 5555 0142"), help_text="Solo si la persona quiere"),
        run,
        LabelledField("Comuna", commune),
        LabelledField("País", SearchCombo([("HT", "Haití"), ("VE", "Venezuela")], "HT"), optional="opcional"),
        LabelledField("Nacimiento", born),
        LabelledField("Frase de paso", PassphraseField()),
        Tick("Acepta que le escriban por WhatsApp para saber cómo le fue con la derivación", checked=True),
        LabelledField("Nota", NoteField("Vive con sus dos hijas.", lines=2)),
        None,
    )
    states = flow(
        Chip("Cumple", "ok", "circle-check"),
        Chip("Falta documento", "warn", "file-alert"),
        Chip("No cumple", "bad", "circle-x"),
        Chip("Por confirmar", "ask", "phone-call"),
        Chip("Borrador", "neutral", "file-pencil"),
        Chip("Enviada", "info", "send"),
        Chip("En curso", "info", "progress"),
        Chip("En espera", "warn", "hourglass"),
        Mark("Hace 5 días", "ok", "circle-check"),
        Mark("Hace 3 meses", "hint", "clock"),
        Mark("Hace 8 meses", "warn", "clock-exclamation", strong=True),
    )
    safe = Chip(
        "Contacto seguro: solo WhatsApp, no dejar recado, no llamar después de las seis", "warn", "shield-check"
    )
    one = Answers(
        "¿Con qué género se identifica?",
        [AnswerChoice("f", "Mujer"), AnswerChoice("m", "Hombre"), AnswerChoice("n", "No binaria")],
        with_help=True,
    )
    one.set_value(("f",))
    many = Answers(
        "¿Qué necesita hoy?",
        [AnswerChoice("w", "Trabajo"), AnswerChoice("h", "Orientación sobre salud y previsión para sus hijos")],
        multiple=True,
        hint="Puede elegir varias.",
    )
    many.set_value(("h",))
    refused = Answers("¿Tiene dificultad para ver?", [AnswerChoice("1", "No"), AnswerChoice("2", "Sí")])
    refused.set_value(Missing.REFUSED)
    middle = column(Text("Estados", "question"), states, flow(safe), one, many, refused, None, gap=12)
    warned = Banner("warn", "Puede que ya tenga expediente", "El apellido suena igual.", icon="users")
    warned.add_action("Comparar")
    failed = Banner("bad", "No se pudo imprimir", "La impresora no contesta.")
    failed.add_action("Reintentar")
    empty = Card()
    empty.add(
        EmptyState(
            "No hay nadie en espera",
            "Cuando alguien llegue, aparecerá aquí con su turno.",
            action="Agregar a la espera",
        )
    )
    keys = flow(*(KeyPlate(key_words(key)) for key in ("Ctrl+K", "F8", "Shift+F6", "Ctrl+Return")))
    right = column(
        Text("Avisos", "question"),
        warned,
        Banner("info", "Sin red desde las 9:40", "Todo se guarda en este equipo.", icon="cloud-off"),
        failed,
        Banner("ok", "Expediente guardado", "Se deshace con Ctrl Z."),
        Text("Vacío", "question"),
        empty,
        Text("Teclas", "question"),
        keys,
        None,
    )
    row = QHBoxLayout()
    row.setSpacing(COLUMN_GAP * 2)
    for each in (left, middle, right):
        row.addLayout(each, 1)
    page = ScrollPage()
    page.column.addLayout(row)
    return page


def today() -> QFrame:
    header = PageHeader("Buenos días, Carolina", "Martes 3 de noviembre de 2026 · 12 atenciones ayer")
    header.add(Button("Atender a la siguiente: B 07", "primary", icon="player-play", shortcut="F9", hint_only=True))
    waiting = Card("En espera", count=4, flush=True)
    waiting.body.setSpacing(0)
    style = RowStyle(anchor=66)
    rows = [
        RowSpec(
            1,
            "Marie-Flore Jean-Baptiste",
            "Viene por: trabajo · tercera visita",
            anchor="B 07",
            anchor_plate=True,
            anchor_tone="blue",
            strong=True,
            marks=(
                MarkSpec("Kreyòl · intérprete", "hint", "language"),
                MarkSpec("18 min", "warn", "clock", strong=True),
            ),
        ),
        RowSpec(
            2,
            "Persona sin registrar",
            "Prefiere decir su nombre en el módulo",
            anchor="B 09",
            anchor_plate=True,
            marks=(MarkSpec("6 min", "hint", "clock"),),
        ),
        RowSpec(3, "José Gregorio Paredes de la Santísima Trinidad", "Entrega de certificado", anchor="11:15",
                marks=(MarkSpec("Confirmada", "hint", "check"), MarkSpec("Kreyòl · intérprete", "hint", "language"))),
    ]  # fmt: skip
    for number, spec in enumerate(rows):
        waiting.add(ListRow(spec, style, line_above=number > 0))
    follow = Card("Seguimientos", count=5, link="Ver todos", flush=True)
    follow.body.setSpacing(0)
    for title, hint, mark in (
        (
            "Rosmery Quispe Mamani",
            "Derivación sin respuesta: OMIL",
            MarkSpec("Vencido hace 9 días", "bad", strong=True),
        ),
        ("Luz Dary Mosquera", "¿Pudo ir al CESFAM?", MarkSpec("Hoy", "blue", strong=True)),
    ):
        icon = "alert-triangle" if mark.tone == "bad" else "calendar-event"
        spec = RowSpec(title, title, hint, anchor_icon=icon, anchor_tone=mark.tone, marks=(mark,))
        follow.add(ListRow(spec, RowStyle(dense=True)))
    line = Timeline("Atenciones")
    line.set_events(
        [
            EventSpec(1, "14 oct", "message-circle", "Preguntó por su resultado", "Presencial, con intérprete"),
            EventSpec(2, "2 oct", "certificate", "Rindió la evaluación de cuidadora", "Informó el centro evaluador"),
            EventSpec(3, "12 ago", "user-plus", "Ingreso y necesidades", "Carolina Soto"),
        ]
    )
    seen = Card("Atenciones", count=3, link="Ver todas", flush=True)
    seen.add(line)
    columns = QHBoxLayout()
    columns.setSpacing(COLUMN_GAP)
    columns.addLayout(column(waiting, seen, None, gap=16), 58)
    columns.addLayout(column(follow, None, gap=16), 42)
    body = column(header, columns, gap=16)
    body.setStretch(1, 1)
    return window(body)


def service(key: int, title: str, where: str, reason: str, tone: Tone, verdict: str, icon: str) -> RowSpec:
    marks = (MarkSpec(verdict, tone, icon, plate=True), MarkSpec("Hace 20 días", "ok", "circle-check"))
    return RowSpec(key, title, note=f"· {where}", reason=MarkSpec(reason, tone), marks=marks)


def people() -> QFrame:
    rows = RowList("Personas encontradas")
    rows.set_rows(
        [
            RowSpec(
                1,
                "Marie-Flore Jean-Baptiste",
                "35 años · Haití · última atención 14 de octubre · Carolina Soto",
                reason=MarkSpec("Suena igual en kreyòl: janbatis = Jean-Baptiste", "ok", "ear"),
                found=((12, 13),),
                chevron=True,
            ),
            RowSpec(
                2,
                "Wisly Jn Baptiste",
                "28 años · Haití · última atención 2 de junio · Pedro Alarcón",
                reason=MarkSpec("Abreviatura conocida: Jn = Jean", "ok", "text-recognition"),
                found=((6, 11),),
                chevron=True,
            ),
            RowSpec(
                3,
                "Juan Batista Olivares",
                "52 años · Colombia · última atención 9 de enero · Pedro Alarcón",
                reason=MarkSpec("Se escribe parecido: juanbatista, janbatis", "hint", "equal-not"),
                found=((0, 12),),
                chevron=True,
            ),
        ],
        choose=1,
    )
    found = Card(flush=True)
    found.add(rows, 1)
    route = RowList("Servicios", RowStyle(columns=(150, 120)), uniform=False)
    route.set_rows(
        [
            RowSpec("w", "Trabajo", note="primera necesidad", anchor_icon="briefcase", heading=True),
            service(4, "Capacitación laboral", "OMIL", "Abierta a todas las personas", "ok", "Cumple", "circle-check"),
            service(5, "Matrícula escolar", "DEM", "Falta: certificado", "warn", "Falta documento", "file-alert"),
            service(
                6, "Subsidio de arriendo", "SERVIU", "No se sabe si hay cupos", "ask", "Por confirmar", "phone-call"
            ),
        ],
        choose=5,
    )
    services = Card(flush=True)
    services.add(route, 1)
    detail = Card("Marie-Flore Jean-Baptiste", width=344)
    detail.add(flow(Chip("Contacto seguro: solo WhatsApp", "warn", "shield-check")))
    detail.add(
        Facts(
            "Datos",
            [
                Fact("cake", "Nacimiento", "12 de mayo de 1991 · Haití"),
                Fact("language", "Lengua", "Kreyòl ayisyen · necesita intérprete"),
                Fact("route", "En curso", "Certificación de cuidadora · resultado pendiente"),
            ],
        )
    )
    ask = SunkenPanel("Pregunte también", icon="message-2-question")
    ask.set_sections(
        [("", "¿Las niñas necesitan almuerzo en la escuela?"), ("Cómo preguntar", "Lea la pregunta tal cual.")]
    )
    detail.add(ask)
    detail.body.addStretch(1)
    detail.add(Button("Abrir expediente", "primary", shortcut="Return", hint_only=True))
    columns = QHBoxLayout()
    columns.setSpacing(COLUMN_GAP)
    columns.addLayout(column(found, services, gap=16), 1)
    columns.addWidget(detail, 0)
    body = column(PageHeader("Personas", "4 coincidencias con «janbatis», la más parecida primero"), columns, gap=16)
    body.setStretch(1, 1)
    return window(body, current="people")


def intake() -> QFrame:
    header = PageHeader("Ingreso de Marie-Flore", "Paso 4 de 8 · Edad, género y diversidad")
    header.add_before(Avatar("MF"))
    header.add(Chip("Guardado 10:42", "ok", "cloud-check"))
    header.add(Button("Terminar después", "quiet"))
    steps = Steps("Pasos")
    steps.set_steps(
        [
            StepSpec("a", "Contacto y lengua", "Completo", "done"),
            StepSpec("b", "Identidad", "Falta el apellido de la madre", "attention"),
            StepSpec("c", "Edad, género y diversidad", "3 de 6 respuestas"),
            StepSpec("d", "Movilidad y documentos"),
        ],
        "c",
    )
    questions = Card()
    questions.add(
        Answers(
            "¿Tiene dificultad para ver, incluso con lentes?",
            [
                AnswerChoice("1", "No, ninguna dificultad"),
                AnswerChoice("2", "Sí, alguna dificultad"),
                AnswerChoice("3", "Sí, mucha dificultad"),
                AnswerChoice("4", "No puede hacerlo"),
            ],
            with_help=True,
        )
    )
    why = SunkenPanel("Por qué se pregunta", width=236)
    why.set_sections([("", "Sirve para ofrecer atención accesible."), ("Cómo preguntar", "Lea la pregunta tal cual.")])
    tabs = Tabs("Partes del expediente", [("a", "Ruta"), ("b", "Atenciones"), ("c", "Datos y hogar")])
    columns = QHBoxLayout()
    columns.setSpacing(COLUMN_GAP)
    columns.addWidget(steps)
    middle = ScrollPage(inside=True)
    middle.add(questions)
    middle.column.addStretch(1)
    columns.addWidget(middle, 1)
    columns.addWidget(why)
    foot = QHBoxLayout()
    foot.addWidget(Button("Volver", icon="arrow-left"))
    foot.addWidget(Button("Mostrar a la persona", icon="device-laptop", shortcut="F8", hint_only=True))
    foot.addWidget(Text("Faltan 3 respuestas; puede completarlas otro día", "hint", "hint", wrap=True), 1)
    foot.addWidget(Button("Continuar", "primary", shortcut="Ctrl+Return", hint_only=True))
    body = column(header, tabs, columns, foot, gap=16)
    body.setStretch(2, 1)
    page = window(body, current="people")
    page.resize(1366, 768)
    Toast(page).say("Guardado. Se deshace con Ctrl Z", action="Deshacer")
    return page


def month() -> QFrame:
    values = (63, 70, 61, 75, 82, 78, 90, 85, 96, 88, 104, 112)
    line = LineChart(
        "112 personas atendidas, el mes más alto",
        "Noviembre de 2025 a octubre de 2026",
        [Point(letter, value) for letter, value in zip("NDEFMAMJJASO", values, strict=True)],
    )
    pyramid = Pyramid(
        "Dos de cada tres son mujeres",
        "Personas por sexo y edad",
        "Mujeres",
        "Hombres",
        [Band("60+", 3, 2), Band("45–59", 9, 6), Band("29–44", 31, 12), Band("18–28", 22, 8), Band("0–14", 6, 0)],
    )
    bars = BarChart(
        "21 de 58 derivaciones con resultado",
        "Enviadas de agosto a octubre",
        [Bar("Enviadas", 58), Bar("Aceptadas", 41, "71 %"), Bar("Con resultado", 21, "36 %", decisive=True)],
    )
    unmet = BarChart(
        "Vivienda es lo que más falta",
        "Necesidades no atendidas, 44",
        [Bar("Vivienda: sin cupo", 17), Bar("Cuentas bancarias: sin oferta", 11), Bar("Trabajo: no cumple", 7)],
        labels_above=True,
    )
    table = ProtectedTable(
        "Lo que sale y lo que se queda",
        [
            Protected("Personas atendidas", 110, 112),
            Protected("Primera vez", 45, 47),
            Protected("Con discapacidad", None, 6),
        ],
        note="c: menos de 10 personas o protegido. Se publican múltiplos de 5, por eso las sumas no cuadran.",
    )
    cards = []
    for chart in (line, pyramid, bars, unmet, table):
        card = Card()
        card.add(chart, 1)
        cards.append(card)
    header = PageHeader("Octubre de 2026", "Santiago · 13 personas en el equipo")
    header.add(Chip("Gráficos exactos: uso interno, no difundir", "neutral", "eye-off"))
    columns = QHBoxLayout()
    columns.setSpacing(COLUMN_GAP)
    columns.addLayout(column(cards[0], cards[2], gap=16), 1)
    columns.addLayout(column(cards[1], cards[3], gap=16), 1)
    columns.addLayout(column(cards[4], None, gap=16), 1)
    body = column(header, columns, gap=16)
    body.setStretch(1, 1)
    return window(body, current="month")


PAGES: dict[str, Callable[[], QFrame]] = {
    "components": components,
    "today": today,
    "people": people,
    "intake": intake,
    "month": month,
}
