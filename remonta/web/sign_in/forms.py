"""What is typed on the way in."""

from datetime import timedelta
from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.base.forms import AuthenticateForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from remonta.web.rate_limit import allow


class SignInForm(LoginForm):  # type: ignore[misc]
    """E-mail and password; the library's form in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        for field in ("login", "password"):
            self.fields[field].widget.attrs.pop("placeholder", None)


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    """A code works once, whichever worker it reaches."""

    def clean_code(self) -> str:
        code: str = super().clean_code()
        if not allow(f"code:{self.user.pk}:{code}", 1, timedelta(minutes=3)):
            raise forms.ValidationError(_("This code has been used. Wait for the next one."))
        return code


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
