"""The banner: who this is and what must not be forgotten. It never scrolls away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QWidget

from medapp.i18n import N_
from ui.context import Context
from ui.pages.patient.banner_words import AllergyWords, BannerWords
from ui.widgets import Avatar, Column, Icon, IconButton, LinkButton, Row, Text, set_property
from ui.widgets.flags import pressable

FRAME, LINK, ROOM = 54, 74, 300
"""Pixels of a notice beside its text, of the link that opens the rest, and least for number and allergies."""

TIGHT_LINK, NARROWEST = 24, 150
"""Pixels of the link where there is no room for its words, and of the narrowest notice."""

TONES = {"asked": ("danger", "stop"), "none": ("ok", "ok"), "not_asked": ("warn", "caution")}


class Fact(QWidget):
    """A small label above its value, no colon."""

    def __init__(self, context: Context, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        column = Column(context, 0, 0, self)
        self.label = Text(context, label, "caption", "text2")
        self.value = Text(context, "", "strong")
        column.addWidget(self.label)
        column.addWidget(self.value)


class Notice(QFrame):
    """A tinted box with a title and lines that never break inside a word.

    What does not fit is counted ("3 more") and opens as a list; nothing is cut.
    """

    def __init__(self, context: Context, title: str, tone: str, icon: str, most: int,
                 on_open: Callable[[], object] | None = None, parent: QWidget | None = None) -> None:
        """With `on_open` the whole box is pressed to show all of it; else what is cut drops down."""
        super().__init__(parent)
        self.context, self._most, self._on_open = context, most, on_open
        if on_open is not None:
            pressable(context, self)
        self._lines: tuple[str, ...] = ()
        self.setProperty("surface", f"strip-{tone}")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        row = Row(context, (10, 4, 12, 4), 10, self)
        self._icon = Icon(context, icon, tone, 18)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        column = Column(context, 0, 0)
        row.addLayout(column, 1)
        self._title = Text(context, title, "caption", tone)
        column.addWidget(self._title)
        line = Row(context, 0, 8)
        column.addLayout(line)
        self.text = Text(context, "", "strong")
        line.addWidget(self.text)
        self.more = LinkButton(context, "", small=True, on_click=self._open)
        self.more.setStyleSheet("min-height: 0; padding: 0; border: none")
        line.addWidget(self.more)
        line.addStretch(1)

    def show_lines(self, lines: tuple[str, ...], separator: str, room: int) -> None:
        """Show as many whole lines as `room` pixels take, at least one."""
        self._lines = lines
        metrics = QFontMetrics(self.context.theme.font("strong"))
        count = min(self._most, len(lines))
        px = self.context.theme.px
        frame, link = px(FRAME), px(LINK)
        while count > 1 and metrics.horizontalAdvance(separator.join(lines[:count])) + frame + link > room:
            count -= 1
        text = separator.join(lines[:count])
        is_cut = metrics.horizontalAdvance(text) + frame + (link if count < len(lines) else 0) > room
        rest = len(lines) - count
        is_tight = is_cut and room - frame - link < link
        if is_tight:
            link = px(TIGHT_LINK)
        if is_cut:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room - frame - link, px(40)))
        self.text.set_plain(text)
        if is_tight:
            self.more.set_plain("…")
        else:
            self.more.set_message(N_("{n} more") if rest else N_("Show all"), n=rest)
        self.more.setVisible(rest > 0 or is_cut)
        self.setToolTip(separator.join(lines) if is_cut or rest else "")
        self.setAccessibleName(f"{self._title.text()}: {separator.join(lines)}")

    def set_opening(self, on_open: Callable[[], object] | None) -> None:
        """What a press does; None makes it a text."""
        self._on_open = on_open
        if on_open is None:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.unsetCursor()

    def set_tone(self, tone: str, icon: str) -> None:
        set_property(self, "surface", f"strip-{tone}")
        self._title.set_tone(tone)
        self._icon.set_icon(icon, tone)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._on_open is not None and event.button() == Qt.MouseButton.LeftButton:
            self._on_open()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if self._on_open is not None and event.key() in keys:
            self._on_open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        if self._on_open is not None:
            self._on_open()
            return
        menu = QMenu(self)
        for line in self._lines:
            menu.addAction(line.replace("&", "&&"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))


class Banner(QFrame):
    """Name and local script, born (age), sex, record number; allergies; alerts only if real."""

    edit_wanted = Signal()
    allergies_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setProperty("surface", "plain")
        self.setObjectName("banner")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # F6 comes here: all of it is then read aloud
        self.setProperty("ring", "inner")
        self._words: BannerWords | None = None
        self._is_read_only = False
        self._is_short, self._is_double = False, False
        row = Row(context, (16, 0, 16, 0), 12, self)
        self._row = row
        self.avatar = Avatar(context, "", 38)
        row.addWidget(self.avatar)
        left = Column(context, 0, 0)
        left.addStretch(1)
        names = Row(context, 0, 9)
        self.name = Text(context, "", "title")
        self.second = Text(context, "", "lead", "text2")
        names.addWidget(self.name)
        names.addWidget(self.second)
        self.edit = IconButton(context, "edit", N_("Edit details"), on_click=self.edit_wanted.emit)
        self.edit.setStyleSheet("min-height: 0; padding: 0")
        names.addWidget(self.edit)
        names.addStretch(1)
        left.addLayout(names)
        self.line = Text(context, "", "small", "text")
        left.addWidget(self.line)
        left.addStretch(1)
        row.addLayout(left)
        facts = Row(context, (10, 0, 0, 0), 20)
        self.born = Fact(context, N_("Born"))
        self.sex = Fact(context, N_("Sex"))
        self.mrn = Fact(context, N_("MRN"))
        self.pregnancy = Fact(context, N_("Pregnancy"))
        for fact in (self.born, self.sex, self.mrn, self.pregnancy):
            facts.addWidget(fact)
        row.addLayout(facts)
        row.addStretch(1)
        self.allergies = Notice(
            context, N_("Allergies"), "danger", "stop", 2, self.allergies_wanted.emit
        )
        self.alerts = Notice(context, N_("Alerts"), "warn", "caution", 3)
        boxes = Row(context, 0, 8)
        boxes.addWidget(self.allergies)
        boxes.addWidget(self.alerts)
        row.addLayout(boxes)
        context.theme_changed.connect(self._measure)
        self._measure()
        self.clear()

    def clear(self) -> None:
        """Nobody: shown while the next patient is read, so that no name is ever the wrong one."""
        self._words = None
        for child in (self.avatar, self.name, self.second, self.edit, self.line, self.born, self.sex,
                      self.mrn, self.pregnancy, self.allergies, self.alerts):
            child.setVisible(False)

    def show_words(self, words: BannerWords) -> None:
        self._words = words
        self.avatar.set_text(words.initial)
        self.name.set_plain(words.name)
        self.second.set_plain(words.second_name)
        for fact, value in ((self.born, words.born), (self.sex, words.sex), (self.mrn, words.mrn),
                            (self.pregnancy, words.pregnancy)):
            fact.value.set_plain(value)
        for child in (self.name, self.edit, self.allergies):
            child.setVisible(True)
        self.edit.setHidden(self._is_read_only)
        self.second.setVisible(bool(words.second_name))
        self.setAccessibleName(words.name)
        self.setAccessibleDescription(self._sentence(words))
        self._show_notices()

    def set_read_only(self) -> None:
        """In a window that only shows: nothing here opens a form."""
        self._is_read_only = True
        self.edit.hide()
        self.allergies.set_opening(None)

    def set_short(self, is_short: bool) -> None:
        """50 instead of 60 pixels below 720."""
        self._is_short = is_short
        self.avatar.set_size(34 if is_short else 38)
        self._measure()

    def _sentence(self, words: BannerWords) -> str:
        parts = [words.name, words.second_name, words.born, words.sex, words.mrn, words.pregnancy_line,
                 *words.allergies.lines, *words.alerts]
        return "; ".join(part for part in parts if part)

    def _show_notices(self) -> None:
        if self._words is None:
            return
        separator = "；" if self.context.words.language == "zh_CN" else ";  "
        allergies: AllergyWords = self._words.allergies
        self.allergies.set_tone(*TONES[allergies.state])
        self.alerts.setVisible(bool(self._words.alerts))
        px = self.context.theme.px
        alerts = " · ".join(self._words.alerts)
        alert_room = 0
        if alerts:
            metrics = QFontMetrics(self.context.theme.font("strong"))
            alert_room = min(metrics.horizontalAdvance(alerts) + px(56), self.width() // 4)
            self.alerts.show_lines(self._words.alerts, " · ", alert_room + px(60))
        name = self.name.sizeHint().width()
        name += self.second.sizeHint().width() if self._words.second_name else 0
        name += px(32)  # the button beside it
        is_asked = bool(self._words.pregnancy)
        facts = (self.avatar, self.born, self.sex, *((self.pregnancy,) if is_asked else ()))
        free = self.width() - name - sum(w.sizeHint().width() for w in facts) - alert_room - px(150)
        if free < px(ROOM):
            self._show_compact(self._words, name, separator)
            return
        for child in (self.avatar, self.born, self.sex, self.mrn):
            child.setVisible(True)
        self.pregnancy.setVisible(is_asked)
        self._set_height(is_double=False)
        self.line.hide()
        self._give_room(free, separator)

    def _show_compact(self, words: BannerWords, name: int, separator: str) -> None:
        """Little room or large type: the facts under the name, in two lines where one is too long."""
        px = self.context.theme.px
        for child in (self.avatar, self.born, self.sex, self.mrn, self.pregnancy):
            child.hide()
        rows = ((words.born, words.sex), (words.mrn, words.pregnancy_line))
        lines = ["  ·  ".join(fact for fact in row if fact) for row in rows]
        self.line.set_plain("  ·  ".join(lines))
        self.line.show()
        least = px(NARROWEST) * (2 if words.alerts else 1)
        boxes = self.width() - max(name, self.line.sizeHint().width()) - px(68)
        self._set_height(is_double=boxes < least)
        if self._is_double:
            self.line.set_plain("\n".join(lines))
            boxes = self.width() - max(name, self.line.sizeHint().width()) - px(68)
        share = 0
        if words.alerts:
            metrics = QFontMetrics(self.context.theme.font("strong"))
            wanted = metrics.horizontalAdvance(" · ".join(words.alerts)) + px(FRAME + 8)
            share = min(wanted, boxes // 2)
            self.alerts.show_lines(words.alerts, " · ", share)
        self.allergies.show_lines(words.allergies.lines, separator, boxes - share)

    def _give_room(self, free: int, separator: str) -> None:
        """The allergies have their room before a long record number has its own."""
        if self._words is None:
            return
        px, lines = self.context.theme.px, self._words.allergies.lines
        strong = QFontMetrics(self.context.theme.font("strong"))
        wanted = strong.horizontalAdvance(separator.join(lines[:2])) + px(110)
        number = strong.horizontalAdvance(self._words.mrn) + px(4)
        shown = max(min(number, free - wanted), min(number, px(92)))
        cut = strong.elidedText(self._words.mrn, Qt.TextElideMode.ElideMiddle, shown)
        self.mrn.value.set_plain(cut)
        self.mrn.value.setToolTip(self._words.mrn if cut != self._words.mrn else "")
        self.mrn.value.setAccessibleName(self._words.mrn)
        self.allergies.show_lines(lines, separator, free - shown)

    def _measure(self) -> None:
        self._set_height(is_double=False)
        self._show_notices()

    def _set_height(self, *, is_double: bool) -> None:
        """Two lines of facts need the height that a short window otherwise saves."""
        self._is_double = is_double
        self.setFixedHeight(self.context.theme.px(50 if self._is_short and not is_double else 60))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_notices()

    def sizeHint(self) -> QSize:
        return QSize(900, self.context.theme.px(60))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.context.theme.px(50))
