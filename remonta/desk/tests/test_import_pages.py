"""An import on its pages: upload, mapping, dry run, progress, account, every row, undo."""

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from remonta.exchange.models import Import
from remonta.orders.models import WorkOrder
from remonta.spine.worker import drain

FILE = (
    "id;device;brand;status;date;fault\n"
    "1;Lamp;=cmd;Fixed;31.12.2019;Flickers\n"
    "2;Lamp;Vela;Melted;01.01.2020;Gone\n"
    "3;Lamp;Vela;Fixed;;No date\n"
)


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path


@pytest.fixture
def upload(cast, home):
    def send(client, content: bytes = FILE.encode("cp1251"), name: str = "old.csv", centre="krakow"):
        sent = {"centre": getattr(cast, centre).uid, "file": SimpleUploadedFile(name, content)}
        return client.post("/imports/new/", sent)

    return send


def test_from_the_upload_to_the_undo(cast, sign_in, upload, monkeypatch):
    hana = sign_in("hana")
    answer = upload(hana)
    run = Import.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/imports/{run.uid}/mapping/")
    page = hana.get(answer["Location"])
    sent = {name: str(value) for name, value in page.context["form"].initial.items()}
    assert (sent["column-date"], sent["dates"], sent["delimiter"]) == ("date", "dmy.", ";")
    assert hana.post(answer["Location"], sent).status_code == 303
    assert "The file is being read" in hana.get(f"/imports/{run.uid}/").content.decode()
    assert not WorkOrder.objects.exists()
    drain()
    checked = hana.get(f"/imports/{run.uid}/").content.decode()
    assert "not mapped" in checked
    assert "Melted" in checked
    sent = {name: str(value) for name, value in hana.get(answer["Location"]).context["form"].initial.items()}
    place = next(name for name in sent if name.startswith("word-") and not sent[name])
    assert hana.post(answer["Location"], sent | {place: "end_of_life"}).status_code == 303
    drain()
    assert hana.post(f"/imports/{run.uid}/move/", {"move": "start"}).status_code == 303
    assert 'hx-trigger="every 1s"' in hana.get(f"/imports/{run.uid}/state/").content.decode()
    drain()
    run.refresh_from_db()
    assert (run.state, run.created, run.skipped, run.reasons) == ("done", 2, 1, {"date": 1})
    assert set(WorkOrder.objects.values_list("outcome", flat=True)) == {"fixed", "end_of_life"}
    assert hana.post(f"/imports/{run.uid}/move/", {"move": "undo"}).status_code == 303
    drain()
    assert "2 withdrawn" in hana.get(f"/imports/{run.uid}/").content.decode()
    assert not WorkOrder.objects.filter(withdrawn_at=None).exists()


def test_every_row_can_be_read_and_taken_away_harmless(cast, sign_in, upload):
    hana = sign_in("hana")
    upload(hana, FILE.replace("Melted", "Fixed").encode())
    run = Import.objects.get()
    for move in ("check", "start"):
        hana.post(f"/imports/{run.uid}/move/", {"move": move})
        drain()
    rows = f"/imports/{run.uid}/rows/"
    assert hana.get(rows).content.decode().count("brand: ") == 3
    assert len(hana.get(rows, {"reason": "date"}).context["lines"]) == 1
    answer = hana.get(rows, {"export": "csv"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert [row[0] for row in csv.reader(io.StringIO(text))] == ["Row", "1", "2", "3"]
    kept = json.loads(hana.get(f"/imports/{run.uid}/mapping.json").content)
    assert kept["columns"]["brand"] == "brand"


@pytest.mark.parametrize("content", [b"\x00\x01", b"PK\x03\x04nonsense", b"\x1f\x8bnonsense", b"\n\n", b"only,a,head"])
def test_what_is_no_table_is_refused_at_its_field(cast, sign_in, upload, writes_nothing, content):
    hana = sign_in("hana")
    answer = upload(hana, content)
    if answer.status_code == 303:
        page = hana.get(answer["Location"])
        sent = {name: str(value) for name, value in page.context["form"].initial.items()}
        answer = hana.post(answer["Location"], sent)
    assert answer.status_code == 422
    assert answer.context["form"].errors


def test_strangers_get_nothing(cast, sign_in, upload, writes_nothing):
    upload(sign_in("hana"))
    run = Import.objects.get()
    for name, status in (("rita", 403), ("emil", 403), ("petra", 403)):
        client = sign_in(name)
        for path in ("", "rows/", "mapping/", "mapping.json", "state/"):
            assert client.get(f"/imports/{run.uid}/{path}").status_code == status
    hana = sign_in("hana")
    assert upload(hana, centre="gdansk").status_code == 422
    assert Import.objects.count() == 1
