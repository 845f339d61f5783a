"""An authority for one test: certificates for localhost, right ones and wrong ones."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


class Fault(StrEnum):
    """What is wrong with a certificate."""

    NONE = "none"
    STRANGER = "stranger"  #: signed by nobody we know
    WRONG_NAME = "wrong-name"
    EXPIRED = "expired"


class Authority:
    """Signs certificates; its own lies in `ca_file`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _named("Test authority")
        own = _builder(self._name, self._name, self._key).add_extension(
            x509.BasicConstraints(ca=True, path_length=0), critical=True
        )
        self.ca_file = folder / "authority.pem"
        self.ca_file.write_bytes(own.sign(self._key, hashes.SHA256()).public_bytes(Encoding.PEM))

    def certificate(self, fault: Fault = Fault.NONE) -> Path:
        """A file with a certificate for localhost and its key."""
        key = ec.generate_private_key(ec.SECP256R1())
        host = "elsewhere.example" if fault is Fault.WRONG_NAME else "localhost"
        names = [x509.DNSName(host)]
        if fault is not Fault.WRONG_NAME:
            names.append(x509.IPAddress(ip_address("127.0.0.1")))  # type: ignore[arg-type]
        age = timedelta(days=400) if fault is Fault.EXPIRED else timedelta(0)
        made = _builder(_named(host), self._name, key, age).add_extension(
            x509.SubjectAlternativeName(names), critical=False
        )
        signer = ec.generate_private_key(ec.SECP256R1()) if fault is Fault.STRANGER else self._key
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        path = self._folder / f"{fault.value}.pem"
        path.write_bytes(made.sign(signer, hashes.SHA256()).public_bytes(Encoding.PEM) + private)
        return path


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    age: timedelta = timedelta(0),
) -> x509.CertificateBuilder:
    begins = datetime.now(UTC) - timedelta(days=1) - age
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=30))
    )
