"""A small writer of FIT files, for tests: messages of numbered fields, with their checksums.

`python -m tests.importers.fit_writer` writes the golden files of FIT anew.
"""

import gzip
import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent / "activity"
EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
ENUM, SINT8, UINT8, UINT16, SINT32, UINT32, TEXT, UINT32Z = 0, 1, 2, 132, 133, 134, 7, 140
SINT16 = 131
# Arrays: three octets, and two numbers of an octet, which have the type of one.
BYTE, TWO = 13, 0x202
FORMATS = {
    ENUM: "B",
    BYTE: "3s",
    TWO: "2s",
    SINT8: "b",
    UINT8: "B",
    UINT16: "H",
    SINT16: "h",
    SINT32: "i",
    UINT32: "I",
    UINT32Z: "I",
}
# CRC-16 of the FIT protocol, a table for half octets.
NIBBLES = struct.unpack(
    ">16H",
    bytes.fromhex("0000CC01D8011400F0013C002800E401A0016C007800B40150009C0188014400"),
)

# The messages of the FIT profile: their number, and of each field the number and the type.
PROFILE = {
    "file_id": (0, {"type": (0, ENUM), "manufacturer": (1, UINT16), "product": (2, UINT16)}),
    "record": (
        20,
        {
            "timestamp": (253, UINT32),
            "lat": (0, SINT32),
            "lon": (1, SINT32),
            "altitude": (2, UINT16),
            "heart_rate": (3, UINT8),
            "cadence": (4, UINT8),
            "distance": (5, UINT32),
            "speed": (6, UINT16),
            "power": (7, UINT16),
            "temperature": (13, SINT8),
        },
    ),
    "event": (21, {"timestamp": (253, UINT32), "event": (0, ENUM), "event_type": (1, ENUM)}),
    "lap": (
        19,
        {
            "timestamp": (253, UINT32),
            "start_time": (2, UINT32),
            "elapsed": (7, UINT32),
            "timer": (8, UINT32),
            "distance": (9, UINT32),
            "calories": (11, UINT16),
            "avg_heart_rate": (15, UINT8),
            "max_heart_rate": (16, UINT8),
        },
    ),
    "session": (
        18,
        {
            "timestamp": (253, UINT32),
            "start_time": (2, UINT32),
            "sport": (5, ENUM),
            "elapsed": (7, UINT32),
            "timer": (8, UINT32),
            "distance": (9, UINT32),
            "calories": (11, UINT16),
            "avg_heart_rate": (16, UINT8),
            "max_heart_rate": (17, UINT8),
            "ascent": (22, UINT16),
            "num_laps": (26, UINT16),
        },
    ),
    "activity": (
        34,
        {"timestamp": (253, UINT32), "num_sessions": (1, UINT16), "local_timestamp": (5, UINT32)},
    ),
    "hr": (
        132,
        {
            "timestamp": (253, UINT32),
            "fraction": (0, UINT16),
            "bpm": (6, UINT8),
            "two_bpm": (6, TWO),
            "event_timestamp": (9, UINT32),
            "event_timestamp_12": (10, BYTE),
        },
    ),
    "weight_scale": (
        30,
        {
            "timestamp": (253, UINT32),
            "weight": (0, UINT16),
            "percent_fat": (1, UINT16),
            "bone_mass": (4, UINT16),
            "metabolic_age": (10, UINT8),
        },
    ),
    "blood_pressure": (
        51,
        {
            "timestamp": (253, UINT32),
            "systolic": (0, UINT16),
            "diastolic": (1, UINT16),
            "heart_rate": (6, UINT8),
        },
    ),
    "monitoring": (
        55,
        {
            "timestamp": (253, UINT32),
            "timestamp_16": (26, UINT16),
            "activity_type": (5, ENUM),
            "cycles": (3, UINT32),
            "cycles_16": (9, UINT16),
            "distance": (2, UINT32),
            "distance_16": (8, UINT16),
            "active_time": (4, UINT32),
            "heart_rate": (27, UINT8),
        },
    ),
    "monitoring_info": (103, {"timestamp": (253, UINT32), "resting": (5, UINT16)}),
    "monitoring_hr_data": (
        211,
        {"timestamp": (253, UINT32), "of_week": (0, UINT8), "of_day": (1, UINT8)},
    ),
    "stress_level": (227, {"time": (1, UINT32), "value": (0, SINT16)}),
    "spo2_data": (269, {"timestamp": (253, UINT32), "reading": (0, UINT8)}),
    "respiration_rate": (297, {"timestamp": (253, UINT32), "rate": (0, SINT16)}),
    "sleep_level": (275, {"timestamp": (253, UINT32), "level": (0, ENUM)}),
    "sleep_assessment": (346, {"score": (6, UINT8)}),
    "set": (225, {"timestamp": (254, UINT32)}),
    "hrv": (78, {"time": (0, UINT16)}),
}


def moment(text):
    """Seconds of FIT for an instant in UTC."""
    return int((datetime.fromisoformat(text).replace(tzinfo=UTC) - EPOCH).total_seconds())


def semicircles(degrees):
    return round(degrees * 2**31 / 180)


def checksum(octets):
    crc = 0
    for octet in octets:
        for nibble in (octet & 0xF, octet >> 4):
            crc = (crc >> 4) ^ NIBBLES[crc & 0xF] ^ NIBBLES[nibble]
    return crc


@dataclass
class FitWriter:
    """Collects messages; `octets` is the file that has them."""

    body: bytearray = field(default_factory=bytearray)

    def add(self, name, *, developer=None, **values):
        """A message, each with a definition of its own; `developer` adds a field of one octet."""
        number, fields = PROFILE[name]
        types = [(fields[each], value) for each, value in values.items()]
        flag = 0x20 if developer is not None else 0
        self.body += struct.pack("<BBBHB", 0x40 | flag, 0, 0, number, len(types))
        for (place, kind), _ in types:
            self.body += bytes([place, struct.calcsize(FORMATS[kind]), kind & 0xFF])
        if developer is not None:
            self.body += bytes([1, 0, 1, 0])
        self.body += b"\0"
        for (_, kind), value in types:
            self.body += struct.pack("<" + FORMATS[kind], value)
        if developer is not None:
            self.body += bytes([developer])
        return self

    def octets(self):
        header = struct.pack("<BBHI4s", 14, 0x20, 2132, len(self.body), b".FIT")
        header += struct.pack("<H", checksum(header))
        whole = header + bytes(self.body)
        return whole + struct.pack("<H", checksum(whole))


def ride():
    """A ride of two laps with a pause, then a run: a session each."""
    start = moment("2024-03-31T00:30:00")
    file = FitWriter().add("file_id", type=4, manufacturer=1, product=2697)
    file.add("event", timestamp=start, event=0, event_type=0)
    for second in range(3):
        file.add(
            "record",
            timestamp=start + second,
            lat=semicircles(45.764043 + second / 1e5),
            lon=semicircles(-4.835659),
            altitude=(-3 + 500) * 5 + second,
            heart_rate=96 + second,
            cadence=80,
            distance=second * 512,
            speed=5123,
            power=180,
            temperature=-2,
            **({"developer": 7} if second == 2 else {}),
        )
    file.add("record", timestamp=start + 2, heart_rate=98)
    file.add("record", timestamp=start + 3)  # says nothing
    file.add("record", heart_rate=99)  # says no moment
    file.add("record", timestamp=start + 4, lat=semicircles(45.7), heart_rate=99)  # half a place
    file.add("event", timestamp=start + 5, event=0, event_type=4)
    file.add("hrv", time=600)
    for lap in range(2):
        file.add(
            "lap",
            timestamp=start + 60 * (lap + 1),
            start_time=start + 60 * lap,
            elapsed=60_500,
            timer=60_000,
            distance=40_050,
            calories=12,
            avg_heart_rate=120,
            max_heart_rate=140,
        )
    file.add(
        "session",
        timestamp=start + 121,
        start_time=start,
        sport=2,
        elapsed=121_000,
        timer=120_000,
        distance=80_100,
        calories=24,
        avg_heart_rate=120,
        max_heart_rate=140,
        ascent=4,
        num_laps=2,
    )
    file.add(
        "session",
        timestamp=start + 300,
        start_time=start + 130,
        sport=1,
        elapsed=60_000,
        num_laps=1,
    )
    file.add("activity", timestamp=start + 300, num_sessions=2, local_timestamp=start + 300 + 3600)
    return file.octets()


def day():
    """A day and its night, as a watch keeps them, with a weight in between."""
    start = moment("2024-03-30T23:00:00")
    file = FitWriter().add("file_id", type=32, manufacturer=1, product=2697)
    file.add("monitoring_info", timestamp=start, resting=1650)
    file.add("monitoring", timestamp=start, activity_type=6, cycles=0, distance=0, active_time=0)
    for minutes in (400, 401):
        low = (start + 60 * minutes) & 0xFFFF
        file.add("monitoring", timestamp_16=low, heart_rate=58 + minutes - 400)
    low = (start + 60 * 1100) & 0xFFFF
    file.add("monitoring", timestamp_16=low, activity_type=6, cycles_16=4200, heart_rate=90)
    file.add("monitoring", timestamp_16=(low + 60) & 0xFFFF, activity_type=2, cycles_16=61)
    file.add("monitoring", timestamp_16=(low + 120) & 0xFFFF, distance_16=7)  # in what unit?
    file.add("monitoring", heart_rate=61)  # says no moment
    file.add("monitoring_hr_data", timestamp=start + 90_000, of_week=52, of_day=50)
    file.add("stress_level", time=start + 180, value=24)
    file.add("stress_level", time=start + 360, value=-2)  # could not be measured
    file.add("spo2_data", timestamp=start + 3600, reading=96)
    file.add("respiration_rate", timestamp=start + 3660, rate=1425)
    for place, level in enumerate((2, 3, 4, 0)):
        file.add("sleep_level", timestamp=start + 600 * place, level=level)
    file.add("sleep_assessment", score=81)
    file.add("weight_scale", timestamp=start + 30_000, weight=6150, percent_fat=2150, bone_mass=260)
    file.add("weight_scale", timestamp=start + 30_060, weight=65534)  # still weighing
    file.add("blood_pressure", timestamp=start + 30_120, systolic=121, diastolic=79, heart_rate=60)
    return file.octets()


if __name__ == "__main__":
    (HERE / "day.fit").write_bytes(day())
    (HERE / "ride.fit").write_bytes(ride())
    (HERE / "ride.fit.gz").write_bytes(gzip.compress(ride(), mtime=0))
