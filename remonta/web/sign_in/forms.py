"""What is typed on the way in."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):  # type: ignore[misc]
    """E-mail and password; the library's form in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        for field in ("login", "password"):
            self.fields[field].widget.attrs.pop("placeholder", None)


class NewPasswordForm(forms.Form):
    """One long password, shown on request by the browser; not asked for twice."""

    password = forms.CharField(
        label=_("New password"),
        max_length=200,
        strip=False,
        help_text=_("At least 12 characters. A few words in a row are easy to remember and hard to guess."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class ForgottenForm(forms.Form):
    """The address a letter is sent to, if somebody has it here."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
