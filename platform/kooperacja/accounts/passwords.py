"""Demands on passwords beyond Django's own validators."""

from django.contrib.auth.password_validation import UserAttributeSimilarityValidator


class NotLikeItsOwner(UserAttributeSimilarityValidator):
    """Django's own, in a sentence that names no column of ours."""

    def get_error_message(self) -> str:
        return "Hasło jest zbyt podobne do Twojego nazwiska lub adresu e-mail."
