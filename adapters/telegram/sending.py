"""One message to one chat: words, a picture with words, or a file with words. One call each.

Rule: a chat's topic, the keyboard and the sound are decided by what is delivered, never by the kind of
call. If a server does not know the markup, the same words go out plain.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    KeyboardButton,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.error import BadRequest

from adapters.telegram.failures import says
from adapters.telegram.pictures import PHOTOS, Pictures
from adapters.telegram.render import html, plain
from bot.runtime.adapter import Delivery, Drawn

ZONE_QUESTIONS = {"question:zone", "question:zone_known", "question:time_zone"}
"""Messages under which a runner may share a location instead of typing."""
SHARE_LOCATION = "Use my location"
OPEN = "Open our private chat"
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_UNCHANGEABLE = (
    "to edit not found",
    "can't be edited",
    "no text in the message",
    "message_id_invalid",
)
_Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Target:
    """A chat and topic. `reply_to`: the message in it that this answers, 0 if none.

    `link`: where a button under it leads that opens our private chat, "" for no such button.
    """

    chat: int
    thread: int | None = None
    private: bool = True
    reply_to: int = 0
    link: str = ""


class Sender:
    """Sends. All methods raise the library's errors."""

    def __init__(self, bot: Bot, pictures: Pictures) -> None:
        self._bot = bot
        self._pictures = pictures

    async def send(
        self, delivery: Delivery, target: Target, *, silent: bool, **extra: Any
    ) -> Message | None:
        """Send what is delivered; None if there is nothing in it."""
        common = {
            "disable_notification": silent,
            "message_thread_id": target.thread,
            "reply_markup": keyboard(delivery, private=target.private, link=target.link),
            "reply_parameters": _reply(target),
            **extra,
        }
        picture = self._pictures.file(delivery.picture.path) if delivery.picture else None
        if picture is not None:
            return await self._picture(delivery, target, picture, common)
        if delivery.drawn is not None:
            return await self._drawn(delivery, delivery.drawn, target, common)
        if delivery.attachment is not None:
            return await self._document(delivery, target, common)
        if not plain(delivery.fitted.parts).strip():
            return None

        async def say(text: str, mode: str | None) -> Message:
            return await self._bot.send_message(
                target.chat, text, parse_mode=mode, link_preview_options=_NO_PREVIEW, **common
            )

        return await _marked_up(delivery, say)

    async def change(self, delivery: Delivery, target: Target, number: int) -> bool:
        """Change the words and buttons of a message to these; False if it cannot be changed."""
        markup = keyboard(delivery, private=target.private)
        shown = markup if isinstance(markup, InlineKeyboardMarkup) else None
        caption = "caption" in delivery.hints

        async def change(text: str, mode: str | None) -> Message | bool:
            if caption:
                return await self._bot.edit_message_caption(
                    target.chat, number, caption=text, parse_mode=mode, reply_markup=shown
                )
            return await self._bot.edit_message_text(
                text,
                target.chat,
                number,
                parse_mode=mode,
                reply_markup=shown,
                link_preview_options=_NO_PREVIEW,
            )

        try:
            await _marked_up(delivery, change)
        except BadRequest as error:
            if says(error, "not modified"):
                return True
            if says(error, *_UNCHANGEABLE):
                return False
            raise
        return True

    async def _picture(
        self, delivery: Delivery, target: Target, picture: Path, common: dict[str, Any]
    ) -> Message:
        known = self._pictures.known(picture)
        if known:
            try:
                return await self._show(delivery, target, picture, known, common)
            except BadRequest as error:
                if not says(error, "file identifier", "file_id", "wrong remote file"):
                    raise
                self._pictures.forget(picture)
        data = InputFile(picture.read_bytes(), filename=picture.name)
        message = await self._show(delivery, target, picture, data, common)
        media = message.photo[-1] if message.photo else message.animation
        if media is not None:
            self._pictures.remember(picture, media.file_id)
        return message

    async def _show(
        self,
        delivery: Delivery,
        target: Target,
        picture: Path,
        media: str | InputFile,
        common: dict[str, Any],
    ) -> Message:
        photo = picture.suffix.lower() in PHOTOS
        alt = delivery.picture.alt if delivery.picture else ""

        async def show(text: str, mode: str | None) -> Message:
            caption = text if text.strip() else alt
            mode = mode if text.strip() else None
            if photo:
                return await self._bot.send_photo(
                    target.chat, media, caption=caption, parse_mode=mode, **common
                )
            return await self._bot.send_animation(
                target.chat, media, caption=caption, parse_mode=mode, **common
            )

        return await _marked_up(delivery, show)

    async def _drawn(
        self, delivery: Delivery, drawn: Drawn, target: Target, common: dict[str, Any]
    ) -> Message:
        """A picture made for this message: uploaded, and never shown again."""

        async def show(text: str, mode: str | None) -> Message:
            photo = InputFile(drawn.data, filename=drawn.name)
            return await self._bot.send_photo(
                target.chat, photo, caption=text or None, parse_mode=mode, **common
            )

        return await _marked_up(delivery, show)

    async def _document(
        self, delivery: Delivery, target: Target, common: dict[str, Any]
    ) -> Message:
        attachment = delivery.attachment
        if attachment is None:
            raise ValueError("no file")
        data = attachment.text.encode("utf-8", "replace")

        async def attach(text: str, mode: str | None) -> Message:
            file = InputFile(data, filename=attachment.name)
            return await self._bot.send_document(
                target.chat, file, caption=text or None, parse_mode=mode, **common
            )

        return await _marked_up(delivery, attach)


async def _marked_up(delivery: Delivery, send: Callable[[str, str | None], Awaitable[T]]) -> T:
    """Send it with markup; plain, if the server cannot read the markup."""
    parts = delivery.fitted.parts
    try:
        return await send(html(parts), "HTML")
    except BadRequest as error:
        if not says(error, "can't parse entities"):
            raise
    return await send(plain(parts), None)


def keyboard(delivery: Delivery, *, private: bool, link: str = "") -> _Markup | None:
    """The buttons: each carries the statement it makes; the last one opens our private chat."""
    rows = delivery.fitted.rows
    if private and delivery.kind in ZONE_QUESTIONS:
        share = [[KeyboardButton(SHARE_LOCATION, request_location=True)]]
        typed = [[KeyboardButton(button.label) for button in row] for row in rows]
        return ReplyKeyboardMarkup(share + typed, one_time_keyboard=True, resize_keyboard=True)
    if rows or link:
        opens = [[InlineKeyboardButton(OPEN, url=link)]] if link else []
        return InlineKeyboardMarkup(_buttons(delivery) + opens)
    if private and "located" in delivery.hints:
        return ReplyKeyboardRemove()
    return None


def _buttons(delivery: Delivery) -> list[list[InlineKeyboardButton]]:
    return [
        [InlineKeyboardButton(button.label, callback_data=button.token) for button in row]
        for row in delivery.fitted.rows
    ]


def _reply(target: Target) -> ReplyParameters | None:
    if not target.reply_to:
        return None
    return ReplyParameters(target.reply_to, allow_sending_without_reply=True)
