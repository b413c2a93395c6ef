"""The ways in. The library's views keep the names by which it refers to them; what we do not use has no address."""

from datetime import timedelta

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from django.http import HttpRequest
from django.urls import path

from remonta.web.rate_limit import address_of, limited
from remonta.web.sign_in import views

WINDOW = timedelta(minutes=5)


def who_is_entering(request: HttpRequest) -> str:
    """The person whose password was right and whose second factor is awaited; else the network address."""
    pending = request.session.get("account_login") or {}
    return str(pending.get("user_pk") or request.session.session_key or address_of(request))


def person(request: HttpRequest) -> str:
    return str(request.user.pk)


second_factor = limited("second-factor", 8, WINDOW, who_is_entering)
again = limited("again", 8, WINDOW, person)

urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/inactive/", account.account_inactive, name="account_inactive"),
    path("sign-in/second-factor/", second_factor(factors.authenticate), name="mfa_authenticate"),
    path("sign-in/passkey/", limited("passkey", 60, WINDOW)(keys.login_webauthn), name="mfa_login_webauthn"),
    path("sign-in/forgotten/", views.forgotten, name="account_reset_password"),
    path("sign-in/link/<str:token>/", views.sign_in_link, name="sign_in_link"),
    path("welcome/<str:token>/", views.invitation, name="invitation"),
    path("me/again/", again(account.reauthenticate), name="account_reauthenticate"),
    path("me/again/code/", again(factors.reauthenticate), name="mfa_reauthenticate"),
    path("me/again/key/", again(keys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("me/password/", again(account.password_change), name="account_change_password"),
    path("me/password/first/", account.password_set, name="account_set_password"),
    path("me/security/", factors.index, name="mfa_index"),
    path("me/security/app/", again(totp.activate_totp), name="mfa_activate_totp"),
    path("me/security/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("me/security/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("me/security/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("me/security/codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("me/security/keys/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("me/security/keys/new/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("me/security/keys/<int:pk>/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("me/security/keys/<int:pk>/remove/", keys.remove_webauthn, name="mfa_remove_webauthn"),
]
