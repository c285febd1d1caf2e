import io

import pytest

from importers import by_format, identify
from importers.contract import Key, Options, Problem, Sample

APPLE = by_format("apple-health")
BETWEEN = 'startDate="2024-03-31 01:59:00 +0100" endDate="2024-03-31 03:01:00 +0200"'
AT = 'startDate="2024-03-31 08:00:00 +0200" endDate="2024-03-31 08:00:00 +0200"'


def read(inner, before=""):
    content = f"{before}<HealthData locale='en_US'>{inner}</HealthData>".encode()
    return list(APPLE.parse(io.BytesIO(content), Options()))


def record(kind="StepCount", value="12", unit="count", source="Watch", between=BETWEEN):
    return (
        f'<Record type="HKQuantityTypeIdentifier{kind}" sourceName="{source}" unit="{unit}" '
        f'{between} value="{value}"/>'
    )


@pytest.mark.parametrize("name", ["export.xml", "Exportieren.xml", "exportation.xml", "x"])
def test_the_name_of_the_file_is_not_asked(name):
    ((importer, _),) = identify(name, b"<?xml version='1.0'?><HealthData locale='de_DE'>")
    assert importer.format == "apple-health"


BROKEN = "<!DOCTYPE HealthData [\n<!ATTLIST VisionPrescription\n type CDATA #REQUIRED\n]>\n"


@pytest.mark.parametrize("declared", [BROKEN, "<!DOCTYPE HealthData>", ""])
def test_a_declaration_that_is_no_dtd_is_passed_over(declared):
    first, second = read(record() + record("Height", "x"), declared)
    assert isinstance(first, Sample)
    assert first.locator == f"line={1 + declared.count(chr(10))}"
    assert second == Problem(first.locator, "this is not a number")


def test_an_entity_that_a_declaration_defines_is_not_expanded():
    bomb = '<!DOCTYPE HealthData [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    first, second = read(record() + record(source="&b;"), bomb)
    assert isinstance(first, Sample)
    assert second.row


def test_a_control_character_in_a_name_is_read_as_a_blank_and_told_once():
    first, second, remark = read(record(source="My\x0bWatch") * 2)
    assert not remark.row
    assert first == second
    assert first.sensor.device == Key(natural=("My Watch",))


def test_what_telephone_and_watch_count_stays_apart():
    phone, watch = read(record(source="iPhone") + record(source="Watch"))
    assert phone.sensor != watch.sensor
    assert phone.sensor.name == watch.sensor.name == "step-count"


def test_an_interval_over_a_change_of_clocks_has_both_offsets():
    (sample,) = read(record())
    assert (sample.end - sample.start).total_seconds() == 120
    assert sample.start.isoformat() == "2024-03-31T01:59:00+01:00"


@pytest.mark.parametrize(
    ("kind", "unit", "name", "qudt", "quantity"),
    [
        ("HeartRate", "count/min", "heart-rate", "BEAT-PER-MIN", "http://loinc.org/rdf/8867-4"),
        ("RespiratoryRate", "count/min", "respiratory-rate", "BREATH-PER-MIN", None),
        ("OxygenSaturation", "%", "oxygen-saturation", "FRACTION", "http://loinc.org/rdf/59408-5"),
        ("DistanceCycling", "km", "distance-cycling", "KiloM", "urn:sd:measure:distance-cycling"),
        ("DistanceCycling", "mi", "distance-cycling-mi", "MI", "urn:sd:measure:distance-cycling"),
        ("ActiveEnergyBurned", "Cal", "active-energy-burned", "KiloCAL", None),
    ],
)
def test_a_sensor_says_what_it_measures_and_in_which_unit(kind, unit, name, qudt, quantity):
    (sample,) = read(record(kind, unit=unit))
    assert (sample.sensor.name, sample.sensor.unit) == (name, qudt)
    assert quantity in {None, sample.sensor.quantity}


def test_a_unit_without_a_name_stands_beside_the_value():
    (sample,) = read(record("VO2Max", "41.3", "mL/min·kg"))
    assert sample.sensor.unit == ""
    assert dict(sample.values)["unit"] == "mL/min·kg"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ('value="HKCategoryValueSleepAnalysisAsleepREM"', "AsleepREM"),
        ('value="HKCategoryValueNotApplicable"', "NotApplicable"),
        ('value="1"', "1"),
        ("", "NotApplicable"),
    ],
)
def test_a_category_keeps_its_text(said, kept):
    (sample,) = read(f'<Record type="HKCategoryTypeIdentifierSleepAnalysis" {BETWEEN} {said}/>')
    assert sample.values == (("value", kept),)
    assert sample.sensor.device is None


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (record(value="1,5"), "this is not a number"),
        (record(value="NaN"), "this is not a number"),
        (record(value="1e99"), "this number is out of any range"),
        (record(between=AT.replace("08:00:00", "25:00:00")), "this day or time of day does not"),
        (record(between=AT.replace("2024-03-31 ", "2024-W05-1 ")), "this is not a date and time"),
        (record(between=AT.replace("2024-", "9999-")), "no calendar of a holder goes there"),
        (record(between=AT.replace("+0200", "+1900")), "this offset does not exist"),
        (record(between='endDate="2024-03-31 08:00:00 +0200"'), "the attribute 'startDate' is"),
        (record(between=BETWEEN.replace("03:01", "01:01")), "the record ends before it begins"),
        ("<Recrod/>", "this element is not known, and not kept"),
        ("Record", "a text stands here and no element"),
        ("<SensitivityPoint/>", "this stands outside of an audiogram that can be read"),
        ('<Me HKCharacteristicTypeIdentifierBloodType="x"/>', "the date of the export is missing"),
        (f'<Correlation type="HKCorrelationTypeIdentifierFood" {AT}/>', "nothing stands in this"),
        ('<ActivitySummary dateComponents="2024-03-31"/>', "the summary of this day says nothing"),
        (f'<Workout {BETWEEN} duration="1"/>', "the attribute `workoutActivityType` is missing"),
    ],
)
def test_what_cannot_be_read_is_told_and_the_next_row_is_read(broken, reason):
    problem, sample = read(broken + record(between=AT))
    assert problem.row
    assert problem.message.startswith(reason)
    assert isinstance(sample, Sample)


def test_a_record_within_a_correlation_is_not_counted_twice():
    pressure = record("BloodPressureSystolic", "118", "mmHg", between=AT)
    outer, inner, together = read(
        f"{pressure}<Correlation type='HKCorrelationTypeIdentifierBloodPressure' {AT}>"
        f"{pressure}</Correlation>"
    )
    assert (outer.counted, inner.counted, together.counted) == (True, False, True)
    assert (outer.sensor, outer.start, outer.values) == (inner.sensor, inner.start, inner.values)


OLD = (
    f'<Workout workoutActivityType="HKWorkoutActivityTypeRunning" {BETWEEN} duration="1.5" '
    'durationUnit="min" totalDistance="1000" totalDistanceUnit="m" totalEnergyBurned="418.4" '
    'totalEnergyBurnedUnit="kJ"/>'
)
NEW = (
    f'<Workout workoutActivityType="HKWorkoutActivityTypeRunning" {BETWEEN} duration="90" '
    'durationUnit="s"><WorkoutActivity><WorkoutStatistics '
    'type="HKQuantityTypeIdentifierDistanceCycling" sum="9" unit="km"/></WorkoutActivity>'
    '<WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" sum="1" unit="km"/>'
    '<WorkoutStatistics type="HKQuantityTypeIdentifierActiveEnergyBurned" sum="100" unit="kcal"/>'
    "</Workout>"
)


@pytest.mark.parametrize("workout", [OLD, NEW], ids=["until iOS 15", "since iOS 16"])
def test_a_workout_says_the_same_in_old_and_new_exports(workout):
    *_, found = read(workout)
    fields = dict(found.fields)
    assert found.key.natural == ("2024-03-31T00:59:00Z",)
    assert fields["schema:exerciseType"] == "running"
    assert fields["sd:distance"] == 1
    assert round(fields["sd:energyExpended"], 3) == 100
    assert fields["sd:durationSeconds"] == 90


def test_an_export_is_read_block_by_block():
    class Counted(io.BytesIO):
        taken = 0

        def read(self, size=-1):
            block = super().read(size)
            self.taken += len(block)
            return block

    content = f"<HealthData>{record() * 10_000}</HealthData>".encode()
    export = Counted(content)
    next(APPLE.parse(export, Options()))
    assert export.taken < len(content) / 4
