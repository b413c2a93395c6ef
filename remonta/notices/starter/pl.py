"""Starter texts in Polish. The customer is addressed formally."""

from remonta.notices.starter.shape import Starter

END = "\n\nZ poważaniem\n{centre}[\n{address}][\n{phone}]"

TEXTS = {
    "send_in": Starter(
        sms="{centre}: czekamy na {device}, naprawa {number}, paczka {parcel}. Proszę wydrukować doku"
        "ment, włożyć do paczki i wysłać na adres: {address}. {link}",
        title="{number}: prosimy o wysłanie: {device}",
        body="Dzień dobry,\n\nsprawdziliśmy zgłoszenie i czekamy na {device}, naprawa {number}.\n\nPro"
        "szę wydrukować załączony dokument, położyć go na wierzchu w paczce i wysłać ją na adres:"
        "\n{centre}[\n{address}]\n\nPaczka ma numer {parcel}.[ Prosimy o wysłanie do {until}.] Da"
        "lszy przebieg widać tutaj:\n{link}" + END,
    ),
    "send_in_reminder": Starter(
        sms="{centre}: paczka {parcel} z {device} jeszcze do nas nie dotarła. Czy została wysłana?[ P"
        "omaga {person}: {phone}.] {link}",
        title="{number}: czy paczka została wysłana?",
        body="Dzień dobry,\n\nczekamy na {device} (naprawa {number}, paczka {parcel}), ale paczka jesz"
        "cze nie dotarła.\n\nJeśli została wysłana, prosimy podać kuriera i numer. Jeśli potrzebn"
        "y jest jeszcze raz dokument albo naprawa nie jest już potrzebna, wystarczy odpowiedzieć."
        "[\n\nOpiekuje się Państwem {person}.]\n\n{link}" + END,
    ),
    "parcel_sent": Starter(
        sms="{centre}: {device} ({number}) jest w drodze do Państwa[, kurier {carrier}][, numer {tracking}]. {link}",
        title="{number}: {device} jest w drodze",
        body="Dzień dobry,\n\n{device} jest w drodze do Państwa[, kurier {carrier}].[\nNumer przesyłki"
        ": {tracking}]\n\nProsimy sprawdzić paczkę przy odbiorze. Szczegóły:\n{link}" + END,
    ),
    "taken_in": Starter(
        sms="{centre}: przyjęliśmy do naprawy {device}, zlecenie {number}.[ Termin: {ready}.] Stan naprawy: {link}",
        title="{number}: przyjęliśmy do naprawy {device}",
        body="Dzień dobry,\n\nprzyjęliśmy Państwa urządzenie do naprawy: {device}. Numer zlecenia: {number}."
        "[\nPrzewidywany termin: {ready}.]\n\n"
        "Na tej stronie w każdej chwili widać postęp naprawy i zdjęcia, można też do nas napisać:\n{link}" + END,
    ),
    "quote_sent": Starter(
        sms="{centre}: naprawa {device} ({number}) kosztuje {necessary}.[ Oferta ważna do {until}.] "
        "Prosimy o decyzję: {link}",
        title="{number}: wycena naprawy, {device}",
        body="Dzień dobry,\n\nsprawdziliśmy Państwa urządzenie ({device}) i wiemy, czego mu potrzeba. "
        "Niezbędne prace kosztują {necessary}[, a razem z zalecanymi – {whole}].\n\n"
        "Prosimy o przejrzenie wyceny i decyzję, co możemy zrobić:\n{link}\n\n"
        "Po otrzymaniu odpowiedzi od razu wracamy do pracy.[ Ceny są ważne do {until}.]" + END,
    ),
    "quote_approved": Starter(
        sms="{centre}: dziękujemy, naprawiamy {device} ({number}) za {total}. Stan naprawy: {link}",
        title="{number}: dziękujemy, naprawiamy",
        body="Dzień dobry,\n\ndziękujemy za odpowiedź. Naprawiamy {device} za uzgodnioną kwotę {total}; "
        "bez Państwa zgody nic do niej nie dojdzie.[\nPrzewidywany termin: {ready}.]\n\nStan naprawy:\n{link}" + END,
    ),
    "quote_declined": Starter(
        sms="{centre}: zgodnie z Państwa decyzją nie naprawiamy {device} ({number}). Zapraszamy po odbiór. {link}",
        title="{number}: {device} wraca bez naprawy",
        body="Dzień dobry,\n\nzgodnie z Państwa decyzją przerwaliśmy pracę: {device}. "
        "Urządzenie można odebrać w naszym serwisie. Jeżeli wpłacili Państwo zaliczkę, zwrócimy ją.\n\n{link}" + END,
    ),
    "parts_expected": Starter(
        sms="{centre}: części do {device} ({number}) będą {comes}. Gdy tylko przyjdą, naprawiamy dalej. {link}",
        title="{number}: części do {device} będą {comes}",
        body="Dzień dobry,\n\nczęści do urządzenia {device} są zamówione i powinny dotrzeć {comes}. "
        "Gdy tylko przyjdą, wrócimy do naprawy.\n\nStan naprawy:\n{link}" + END,
    ),
    "parts_arrived": Starter(
        sms="{centre}: części do {device} ({number}) już są, naprawiamy dalej.[ Termin: {ready}.] {link}",
        title="{number}: części już są",
        body="Dzień dobry,\n\nwszystkie części do Państwa urządzenia ({device}) dotarły, kontynuujemy naprawę."
        "[\nPrzewidywany termin: {ready}.]\n\nStan naprawy:\n{link}" + END,
    ),
    "ready": Starter(
        sms="{centre}: {device} ({number}) – gotowe do odbioru.[ Koszt naprawy: {total}.][ Do zapłaty: {owed}.]"
        "[ Adres: {address}.] {link}",
        title="{number}: gotowe do odbioru, {device}",
        body="Dzień dobry,\n\nPaństwa urządzenie jest naprawione i czeka na odbiór: {device}."
        "[\n\nKoszt naprawy: {total}.][\nPozostało do zapłaty: {owed}.]\n\n"
        "Prosimy zabrać ze sobą potwierdzenie przyjęcia albo pokazać tę stronę:\n{link}" + END,
    ),
    "unrepaired": Starter(
        sms="{centre}: zakończyliśmy pracę, {device} ({number}) wraca bez naprawy. Zapraszamy po odbiór."
        "[ Do zapłaty: {owed}.] {link}",
        title="{number}: {device} można odebrać",
        body="Dzień dobry,\n\nzakończyliśmy pracę, urządzenie wraca bez naprawy: {device}. "
        "Można je odebrać w naszym serwisie.[\n\nPozostało do zapłaty: {owed}.]\n\nSzczegóły:\n{link}" + END,
    ),
    "loan_overdue": Starter(
        sms="{centre}: prosimy o zwrot urządzenia zastępczego {loaner}, termin minął {back_by}"
        " (zlecenie {number}). {link}",
        title="{number}: prosimy o zwrot urządzenia zastępczego",
        body="Dzień dobry,\n\nna czas naprawy wypożyczyliśmy Państwu urządzenie zastępcze: {loaner}. "
        "Termin zwrotu minął {back_by}.\n\nProsimy oddać je razem z akcesoriami; wtedy zwracamy kaucję. "
        "Jeśli jest potrzebne dłużej, prosimy odpowiedzieć tutaj:\n{link}" + END,
    ),
    "handed_over": Starter(
        sms="{centre}: czy wszystko działa jak należy ({device})? Prosimy o krótką ocenę: {link}",
        title="{number}: czy są Państwo zadowoleni?",
        body="Dzień dobry,\n\nPaństwa urządzenie jest już z powrotem u Państwa: {device}. Czy wszystko działa?\n\n"
        "Prosimy o ocenę naszej pracy. To pół minuty, a czytamy każdą odpowiedź:\n{link}" + END,
    ),
    "message": Starter(
        sms="{centre}, zlecenie {number}: {text} Odpowiedź: {link}",
        title="{number}: wiadomość w sprawie naprawy, {device}",
        body="Dzień dobry,\n\n{text}\n\nOdpowiedzieć można tutaj:\n{link}" + END,
    ),
    "link": Starter(
        sms="{centre}: stan naprawy {device} ({number}): {link}",
        title="{number}: stan naprawy, {device}",
        body="Dzień dobry,\n\nna tej stronie w każdej chwili widać postęp naprawy: {device}.\n{link}" + END,
    ),
}
