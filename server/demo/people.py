"""Who lives in the demo: four centres, seven colleagues, forty made-up citizens. Nobody here is real."""

from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from server.core.access import Role

PASSWORD = "prøv-det-selv-i-ro"  # noqa: S105 - printed at every start; production refuses demo data
CENTRES = {
    "rusmiddelcenter": "Rusmiddelcenter Viborg",
    "krisecenter": "Viborg Krisecenter",
    "forsorgscenter": "Forsorgscenter Viborg",
    "akuttilbud": "Socialt akuttilbud",
}


@dataclass(frozen=True)
class DemoStaff:
    """One colleague with a fixed one-time code secret."""

    name: str
    email: str
    centre: str
    role: Role
    totp_secret: str


STAFF = (
    DemoStaff(
        "Mette Lund", "leder@example.dk", "rusmiddelcenter", Role.MANAGER, "MVSGK3TFNR2WIZLSEQYDCMRTGQ2TMNZY"
    ),
    DemoStaff(
        "Anders Holm",
        "anders@example.dk",
        "rusmiddelcenter",
        Role.COUNSELLOR,
        "MFXGIZLSONSGK3LPEQYDCMRTGQ2TMNZY",
    ),
    DemoStaff(
        "Birgit Krogh",
        "birgit@example.dk",
        "rusmiddelcenter",
        Role.COUNSELLOR,
        "MJUXEZ3JORSGK3LPEQYDCMRTGQ2TMNZY",
    ),
    DemoStaff(
        "Sara Vinther", "sara@example.dk", "krisecenter", Role.COUNSELLOR, "ONQXEYLEMVWW63LFEQYDCMRTGQ2TMNZY"
    ),
    DemoStaff(
        "Line Bech", "line@example.dk", "krisecenter", Role.COURSE_LEADER, "NRUW4ZJAMRSW23ZAEQYDCMRTGQ2TMNZY"
    ),
    DemoStaff(
        "Jonas Riis", "jonas@example.dk", "akuttilbud", Role.CRISIS_LINE, "NJXW4YLTMRSW23ZAEQYDCMRTGQ2TMNZY"
    ),
    DemoStaff(
        "Lea Mikkelsen", "lea@example.dk", "akuttilbud", Role.CRISIS_LINE, "NRSWCZDFNVXSAYLLEQYDCMRTGQ2TMNZY"
    ),
)

_BIRDS = (
    "Solsort Musvit Gærdesmutte Stær Vibe Lærke Ugle Svale Spurv Bogfinke Rødhals Blåmejse Gråspurv"
    " Hejre Terne Skade Allike Bomlærke Sanglærke Dompap Grønirisk Sjagger Spætte Nattergal Gøg Ravn"
    " Krage Måge Tårnfalk Isfugl Rødstjert Stillits Tornsanger Hættemåge Knortegås Ederfugl Præstekrave"
    " Stenpikker Vindrossel Kvækerfinke"
).split()
_NAMES = (
    "Nancy Ann|Ole Test|Bente Prøve|Kaj Eksempel|Rita Demo|Svend Attrap|Inge Mønster|Per Skitse|Lis Udkast"
    "|Bo Øvelse|Eva Kladde|Jan Model|Åse Skabelon|Kim Forsøg|Tove Figur|Leif Rolle"
).split("|")
GOALS = (
    "Jeg vil sove hele natten igen.",
    "Jeg vil drikke mindre i hverdagene.",
    "Jeg vil se min søn hver anden weekend.",
    "Jeg vil betale huslejen til tiden.",
    "Jeg vil stoppe med hash inden sommer.",
    "Jeg vil gå en tur hver dag.",
    "Jeg vil have ro i hovedet, når jeg er alene.",
)


@dataclass(frozen=True)
class DemoCitizen:
    """One made-up citizen; about half are known by an alias alone."""

    number: int
    alias: str
    counsellor: DemoStaff
    known: dict[str, str]

    @property
    def id(self) -> UUID:
        """Always the same id for the same demo citizen."""
        return demo_id(f"citizen/{self.number}")


def demo_id(name: str) -> UUID:
    """The same id for the same name at every seeding."""
    return uuid5(NAMESPACE_URL, f"urn:ved-haanden:demo/{name}")


def citizens() -> list[DemoCitizen]:
    """All forty, shared between the three counsellors; CPR numbers end in 999x like MedCom's test numbers."""
    counsellors = [colleague for colleague in STAFF if colleague.role is Role.COUNSELLOR]
    return [
        DemoCitizen(number, alias, counsellors[number % len(counsellors)], _known(number))
        for number, alias in enumerate(_BIRDS)
    ]


def _known(number: int) -> dict[str, str]:
    if number % 5 not in (0, 2):
        return {}
    position = number // 5 * 2 + (number % 5 == 2)
    day, month, year = 1 + number % 28, 1 + number % 12, 50 + number
    return {
        "name": f"{_NAMES[position]} (opdigtet)",
        "cpr": f"{day:02}{month:02}{year % 100:02}-999{number % 10}",
        "phone": f"00 00 01 {number:02}",
    }
