"""Where messages may go, and that nothing goes anywhere else: neither at the door nor on the way out."""

import socket
from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import update

from notifications.models import BadEndpoint, Endpoint, PushDevice
from notifications.models.address import is_public
from notifications.push import Transport
from notifications.push.transport import InnerAddress, NoAnswer
from server.core import db
from tests.notifications.conftest import House
from tests.notifications.push_service import PushService, Script, push_service_running

EXTRA = "http://127.0.0.1:9000"
REFUSED = [
    "http://fcm.googleapis.com/x",
    "file:///etc/passwd",
    "gopher://fcm.googleapis.com/x",
    "ftp://fcm.googleapis.com/x",
    "fcm.googleapis.com/x",
    "//fcm.googleapis.com/x",
    "",
    "https://",
    "https:///x",
    "https://127.0.0.1/x",
    "https://[::1]/x",
    "https://[::ffff:127.0.0.1]/x",
    "https://10.0.0.1/x",
    "https://169.254.169.254/latest",
    "https://2130706433/x",
    "https://0x7f.1/x",
    "https://localhost./x",
    "https://localhost/x",
    "https://fcm.googleapis.com@evil.example/x",
    "https://user:pw@fcm.googleapis.com/x",
    "https://fcm.googleapis.com.evil.example/x",
    "https://evilfcm.googleapis.com/x",
    "https://push.apple.com.evil.example/x",
    "https://evilpush.apple.com/x",
    "https://.push.apple.com/x",
    "https://fcm.googleapis.com./x",
    "https://fcm.googleapis.com:8443/x",
    "https://fcm.googleapis.com:80/x",
    "https://fcm.googleapis.com:99999/x",
    "https://fcm.googleapis.com\\@evil.example/x",
    "https://fcm.googleapis.com/x#y",
    "https://fcm.googleapis.com/x\r\nHost: evil",
    "https://fcm.googleapis.com/\x00",
    "https://fcm.googleapis.com /x",
    "https://fcm.goоgleapis.com/x",
    "https://xn--fcm-abc.googleapis.com/x",
    "https://web.push.apple.com%2eevil.example/x",
    "https://updates.push.services.mozilla.com." + "a" * 3000,
    "http://127.0.0.1:9001/x",
    "http://127.0.0.1/x",
    "http://127.0.0.1:9000@evil.example/x",
    "http://localhost:9000/x",
    "https://127.0.0.1:9000/x",
]


class TestEndpoint:
    @pytest.mark.parametrize("origins", [(), (EXTRA,)])
    @pytest.mark.parametrize("url", REFUSED)
    def test_refuses_all_but_push_services(self, url: str, origins: tuple[str, ...]) -> None:
        with pytest.raises(BadEndpoint):
            Endpoint.parse(url, origins=origins)

    @pytest.mark.parametrize(
        ("url", "origin"),
        [
            ("https://fcm.googleapis.com/fcm/send/a:b", "https://fcm.googleapis.com"),
            ("https://fcm.googleapis.com:443/x", "https://fcm.googleapis.com"),
            ("https://FCM.googleapis.com/x", "https://fcm.googleapis.com"),
            ("https://updates.push.services.mozilla.com/x", "https://updates.push.services.mozilla.com"),
            ("https://web.push.apple.com/x", "https://web.push.apple.com"),
            ("https://db5p.notify.windows.com/w/?token=a%2b", "https://db5p.notify.windows.com"),
        ],
    )
    def test_takes_the_browser_makers(self, url: str, origin: str) -> None:
        assert Endpoint.parse(url).origin == origin

    def test_takes_an_extra_origin_only_when_it_is_named(self) -> None:
        assert Endpoint.parse(f"{EXTRA}/x", origins=[EXTRA]).is_extra
        with pytest.raises(BadEndpoint):
            Endpoint.parse(f"{EXTRA}/x")

    @pytest.mark.parametrize(
        ("address", "public"),
        [
            ("142.250.74.10", True),
            ("2a00:1450:400f::200a", True),
            ("10.1.2.3", False),
            ("127.0.0.1", False),
            ("169.254.169.254", False),
            ("100.64.0.1", False),
            ("0.0.0.0", False),
            ("224.0.0.1", False),
            ("::1", False),
            ("fe80::1%eth0", False),
            ("fd00::1", False),
            ("::ffff:10.0.0.1", False),
            ("64:ff9b::a00:1", False),
            ("2002:7f00:1::", False),
        ],
    )
    def test_knows_an_inner_address(self, address: str, public: bool) -> None:
        assert is_public(address) is public


@pytest.fixture
def trap(house: House) -> Iterator[PushService]:
    """Somebody inside the network who must never be called."""
    with push_service_running(lambda: house.now) as listening:
        yield listening


@pytest.mark.parametrize("url", REFUSED)
class TestAnAddressThatSlippedIn:
    def test_is_refused_at_the_door_and_leaves_no_row(self, house: House, anna: UUID, url: str) -> None:
        phone = house.push_service.phone("x")
        phone.endpoint = url

        with pytest.raises(BadEndpoint):
            house.register(anna, phone)

        assert house.devices() == []

    def test_is_not_called_even_if_it_stands_in_the_database(
        self, house: House, anna: UUID, url: str
    ) -> None:
        house.add_phone(anna)
        with db.transaction() as session:
            session.execute(update(PushDevice).values(endpoint=url.replace("\x00", "\t")))
        house.remind(anna)

        house.dispatcher().run_until_idle()

        assert house.push_service.connections == 0
        assert house.devices()[0].state == "quarantined"
        assert house.query("SELECT outcome FROM delivery_attempt") == "inner-address"


INNER_HOSTS = [
    "127.0.0.1",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "0.0.0.0",
    "localhost",
    "localhost.",
    "2130706433",
    "0x7f.1",
    "0177.0.0.1",
    "127.1",
]
INNER_ADDRESSES = [
    "127.0.0.1",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "0.0.0.0",
    "[::1]",
    "[fd00::1]",
    "[fe80::1]",
    "[::ffff:10.0.0.1]",
    "[64:ff9b::a00:1]",
    "[2002:a00:1::]",
]


class TestTheWayOut:
    """The second wall: whatever the door has let in, no connection leads inside."""

    @pytest.mark.parametrize("host", INNER_HOSTS)
    def test_opens_nothing_to_an_inner_host(self, trap: PushService, host: str) -> None:
        url = f"https://{host}:{trap.server_address[1]}/x"

        with pytest.raises(NoAnswer):
            Transport().post(Endpoint(url=url, origin=url[:-2], is_extra=False), [], b"x")

        assert trap.connections == 0

    @pytest.mark.parametrize("address", INNER_ADDRESSES)
    def test_opens_nothing_to_a_known_name_that_leads_inside(self, trap: PushService, address: str) -> None:
        port = trap.server_address[1]
        transport = Transport(names=[f"fcm.googleapis.com:{port}:{address}"])
        endpoint = Endpoint(
            url=f"https://fcm.googleapis.com:{port}/x", origin="https://fcm.googleapis.com", is_extra=False
        )

        with pytest.raises(InnerAddress):
            transport.post(endpoint, [], b"x")

        assert trap.connections == 0

    def test_a_known_name_that_leads_inside_costs_the_phone_its_place(self, house: House, anna: UUID) -> None:
        house.transport = Transport(names=["fcm.googleapis.com:443:127.0.0.1"])
        phone = house.push_service.phone("x")
        phone.endpoint = "https://fcm.googleapis.com/fcm/send/x"
        house.register(anna, phone)
        house.remind(anna)

        house.dispatcher().run_until_idle()

        assert house.devices()[0].state == "quarantined"
        assert house.query("SELECT outcome FROM delivery_attempt") == "inner-address"

    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_no_answer_leads_it_anywhere_else(
        self, house: House, anna: UUID, trap: PushService, status: int
    ) -> None:
        house.other_origins = [trap.origin]
        house.push_service.default = Script(status, {"Location": f"{trap.origin}/wpush/inside"})
        house.add_phone(anna)
        house.remind(anna)

        house.dispatcher().run_until_idle()

        assert trap.connections == 0
        assert len(house.push_service.received) == 1
        assert house.devices()[0].state == "quarantined"

    def test_no_proxy_of_the_environment_is_asked(
        self, house: House, anna: UUID, trap: PushService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, trap.origin)
        house.add_phone(anna)
        house.remind(anna)

        house.dispatcher().run_until_idle()

        assert trap.connections == 0
        assert house.deliveries()[0].state == "accepted"

    def test_no_cookie_is_kept(self, house: House, anna: UUID) -> None:
        house.push_service.default = Script(201, {"Set-Cookie": "who=me"})
        house.add_phone(anna)
        house.remind(anna)
        house.remind(anna)

        house.dispatcher().run_until_idle()

        assert all("cookie" not in message.headers for message in house.push_service.received)
        assert {"user-agent", "accept", "expect"}.isdisjoint(house.push_service.received[0].headers)

    def test_a_public_address_is_called(self, trap: PushService) -> None:
        """Else the tests above would prove nothing: a name that leads outside does get a socket."""
        opened = []
        real = socket.socket

        def note(*args: int) -> socket.socket:
            opened.append(args)
            return real(*args)

        transport = Transport(
            names=["fcm.googleapis.com:443:142.250.74.10"], connect_seconds=0.2, read_seconds=0.1
        )
        endpoint = Endpoint.parse("https://fcm.googleapis.com/x")
        with pytest.MonkeyPatch.context() as patch, pytest.raises(NoAnswer) as none:
            patch.setattr("notifications.push.transport.socket.socket", note)
            transport.post(endpoint, [], b"x")

        assert len(opened) == 1
        assert not isinstance(none.value, InnerAddress)
