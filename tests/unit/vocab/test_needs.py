"""What people were offered or asked for (the rows DAT-…), each with the classes it comes under."""

import pytest

from vocab.names import SD
from vocab.offers import catalogue

CLASSES = {
    "DAT-01": "Contract CustomerFile",
    "DAT-02": "DataOffer Import",
    "DAT-03": "Score",
    "DAT-04": "DataUse",
    "DAT-29": "BankAccount Contract CustomerFile Holding Loan PortfolioMovement",
    "DAT-30": "BankTransaction",
    "DAT-31": "Balance",
    "DAT-32": "Interaction",
    "DAT-33": "Interaction OnlineActivity",
    "DAT-34": "Membership",
    "DAT-35": "Incident",
    "DAT-36": "Promotion",
    "DAT-37": "Score",
    "DAT-38": "Document",
    "DAT-39": "Document Score",
    "DAT-40": "Promotion Score",
    "DAT-41": "Contract",
    "DAT-42": "BankTransaction Contract Invoice",
    "DAT-43": "Interest",
    "DAT-64": "Document RecordVersion",
    "DAT-65": "Interaction Message",
    "DAT-66": "Record",
    "DAT-67": "Enrolment",
    "DAT-68": "Grade",
    "DAT-69": "Attestation Credential Experience Skill",
    "DAT-71": "Consumption MeterPoint MeterReading Series SeriesChunk",
    "DAT-72": "Production Series SeriesChunk",
    "DAT-74": "Employment Leave Payslip PayslipLine",
    "DAT-75": "Contract CustomerFile Score",
    "DAT-76": "Claim Communication Consumption InsuranceContract MeterPoint MeterReading Series"
    " SeriesChunk",
    "DAT-77": "Incident Interaction",
    "DAT-78": "Score",
    "DAT-79": "BankTransaction Line Purchase",
    "DAT-80": "Allergy Attestation BankTransaction Consumption Device Document Encounter"
    " HealthAbsence HealthCondition HealthExpense HealthMeasure HealthReport Immunization Invoice"
    " Line Medication MeterPoint MeterReading OnlineActivity PlannedCare Procedure Reimbursement"
    " Series SeriesChunk Workout",
    "DAT-81": "HealthExpense Reimbursement",
    "DAT-82": "Document Grade",
}


@pytest.mark.parametrize("need", CLASSES)
def test_a_need_comes_under_these_classes(need):
    offers = [offer for offer in catalogue().offers if need in offer.answers]
    found = {kind.removeprefix(SD.NS) for offer in offers for kind in offer.classes}
    assert found == set(CLASSES[need].split())
