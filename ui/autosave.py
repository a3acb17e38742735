"""What is typed is in an encrypted draft within two seconds, whatever happens next.

A page says whose thing is being typed (`follow`) and that something changed (`touch`). What it holds is
read at that moment on the GUI thread, with the patient it belongs to, and written by the store thread:
neither the next patient nor a lock can take it away or put it elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from medapp.services import drafts
from ui.context import Context
from ui.jobs import Token

if TYPE_CHECKING:
    from medapp.services.drafts import Draft
    from medapp.services.session import Session

WITHIN_MS: Final = 1500
"""From the first unsaved keystroke; with the writing it stays under two seconds."""

RETRY_MS: Final = 5000


class Autosave(QTimer):
    """Keeps one thing's draft; `read` gives its document, None when there is nothing worth keeping."""

    kept = Signal()
    """What was typed is on the disk."""

    def __init__(
        self, context: Context, host: QWidget, kind: str, read: Callable[[], Mapping[str, Any] | None]
    ) -> None:
        """`host` holds the editors: when the focus leaves one of them, it is saved."""
        super().__init__(host, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._context, self._host, self._kind, self._read = context, host, kind, read
        self._session: Session | None = None
        self._patient, self._item = 0, 0
        self._is_dirty = False
        self._reading: Token | None = None
        self.timeout.connect(self.flush)
        context.session_changed.connect(self.leave)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)

    @property
    def is_dirty(self) -> bool:
        """Whether something is typed that no store job was given yet."""
        return self._is_dirty

    def is_following(self, patient: int, item: int = 0) -> bool:
        """Whether `read` speaks of that thing now."""
        return self._session is not None and (self._patient, self._item) == (patient, item)

    @property
    def is_reading(self) -> bool:
        """Whether a draft is being read."""
        return self._reading is not None

    def follow(self, patient: int, item: int = 0, kind: str = "") -> None:
        """From now on `read` speaks of this patient's thing; what was typed before is saved first."""
        self.flush()
        self._stop_reading()
        self._session, self._patient, self._item = self._context.session, patient, item
        self._kind = kind or self._kind

    def bring_back(self, take: Callable[[Draft], object]) -> None:
        """Read the draft of what is followed; `take` puts it back, unless something was typed meanwhile."""
        session = self._session
        if session is not None:
            self._stop_reading()
            self._reading = self._context.jobs.store(
                partial(drafts.read, session, self._patient, self._kind, self._item),
                partial(self._take, take), self._fail_reading, Token(),
            )

    def ending(self, work: Callable[[], Any]) -> Callable[[], Any]:
        """`work`, and then the draft of what is followed is thrown away: it was typed for that."""
        return partial(_ended, work, self._session, self._patient, self._kind, self._item)

    def touch(self) -> None:
        """Something was typed; while nothing is followed, editors are only being filled or emptied."""
        if self._session is None:
            return
        self._is_dirty = True
        if not self.isActive():  # not started anew by each key: one who types on is saved too
            self.start(WITHIN_MS)

    def flush(self) -> None:
        """Save now: the focus left, the patient changes, the clinic is locked."""
        self.stop()
        session = self._session
        if not self._is_dirty or session is None:
            return
        self._is_dirty = False
        document = self._read()
        if document is None:
            work: Callable[[], Any] = partial(
                drafts.discard, session, self._patient, self._kind, self._item
            )
        else:
            work = partial(drafts.save, session, self._patient, self._kind, document, self._item)
        where = (self._patient, self._item, self._kind)
        self._context.acts.write(
            work, is_order=False, on_done=self._on_kept, on_error=partial(self._fail, where)
        )

    def leave(self) -> None:
        """Save what is typed and follow nothing: call it before the editors are emptied."""
        self.flush()
        self.forget()

    def forget(self) -> None:
        """It was signed or thrown away: nothing more is saved until the next `follow`."""
        self.stop()
        self._stop_reading()
        self._is_dirty, self._session = False, None

    def _stop_reading(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def _take(self, take: Callable[[Draft], object], draft: Draft | None) -> None:
        self._reading = None
        if draft is not None and not self._is_dirty:
            followed, self._session = self._session, None  # what is filled in is not typed
            take(draft)
            self._session = followed

    def _fail_reading(self, error: BaseException) -> None:
        self._reading = None
        self._context.acts.tell(error)

    def _on_kept(self, _: object) -> None:
        self.kept.emit()

    def _fail(self, where: tuple[int, int, str], error: BaseException) -> None:
        """Say it, and try again while the same thing is open."""
        from ui.widgets.states import describe

        title, _ = describe(error)
        self._context.window.toast.tell(title(self._context))
        if where == (self._patient, self._item, self._kind) and self._session is not None:
            self._is_dirty = True
            self.start(RETRY_MS)

    def _on_focus(self, old: QWidget | None, _new: QWidget | None) -> None:
        if self._is_dirty and old is not None and self._host.isAncestorOf(old):
            self.flush()


def _ended(work: Callable[[], Any], session: Session | None, *where: Any) -> Any:
    answer = work()
    if session is not None:
        drafts.discard(session, *where)
    return answer
