"""Where the terms of an invoice stand in each syntax: tables of paths, by the terms' numbers.

EN 16931-1 §6.3 numbers what an invoice says (BT-1 is its number); EN 16931-3-2 binds the terms to
UBL 2.1, EN 16931-3-3 to the Cross Industry Invoice of UN/CEFACT (CII D16B). ZUGFeRD 1.0 has an
older CII with other names, Order-X the same names for an order. A path may end in `[name=value]`,
which asks for an attribute; of several paths the first that says something holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

Terms = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Syntax:
    """One syntax. `header` has the paths of terms below the root, `line` those below a line.

    `lines`, `changes` and `taxes` are where lines, allowances and charges of the whole document,
    and its taxes by rate stand, `freight` where charges for delivery do, and `others` what is paid
    to third parties with it. `kind` is the record that it makes.
    """

    name: str
    root: str
    header: Terms
    lines: str
    line: Terms
    changes: str
    change: Terms
    freight: str
    taxes: str
    tax: str
    others: str = ""
    kind: str = "Invoice"
    is_credit: bool = field(default=False)


def _terms(**paths: str) -> Terms:
    """BT_1="ID" as "BT-1": ("ID",); alternatives are parted by a blank."""
    return MappingProxyType(
        {name.replace("_", "-"): tuple(said.split(" ")) for name, said in paths.items()}
    )


_SELLER = "AccountingSupplierParty/Party/"
_UBL_HEADER: Final = _terms(
    BT_1="ID",
    BT_2="IssueDate",
    BT_3="InvoiceTypeCode CreditNoteTypeCode",
    BT_5="DocumentCurrencyCode",
    BT_9="DueDate PaymentMeans/PaymentDueDate",
    BT_24="CustomizationID",
    BT_25="BillingReference/InvoiceDocumentReference/ID",
    BT_26="BillingReference/InvoiceDocumentReference/IssueDate",
    BT_27=f"{_SELLER}PartyLegalEntity/RegistrationName {_SELLER}PartyName/Name",
    BT_30=f"{_SELLER}PartyLegalEntity/CompanyID",
    BT_31=f"{_SELLER}PartyTaxScheme/CompanyID",
    BT_73="InvoicePeriod/StartDate",
    BT_74="InvoicePeriod/EndDate",
    BT_83="PaymentMeans/PaymentID",
    BT_89="PaymentMeans/PaymentMandate/ID",
    BT_90=(
        f"{_SELLER}PartyIdentification/ID[schemeID=SEPA]"
        " PayeeParty/PartyIdentification/ID[schemeID=SEPA]"
    ),
    BT_106="LegalMonetaryTotal/LineExtensionAmount",
    BT_107="LegalMonetaryTotal/AllowanceTotalAmount",
    BT_108="LegalMonetaryTotal/ChargeTotalAmount",
    BT_109="LegalMonetaryTotal/TaxExclusiveAmount",
    BT_110="TaxTotal/TaxAmount",
    BT_112="LegalMonetaryTotal/TaxInclusiveAmount",
    BT_113="LegalMonetaryTotal/PrepaidAmount",
    BT_114="LegalMonetaryTotal/PayableRoundingAmount",
    BT_115="LegalMonetaryTotal/PayableAmount",
)
_UBL_LINE: Final = _terms(
    BT_126="ID",
    BT_127="Note",
    BT_129="InvoicedQuantity CreditedQuantity",
    BT_131="LineExtensionAmount",
    BT_146="Price/PriceAmount",
    BT_149="Price/BaseQuantity",
    BT_153="Item/Name",
    BT_154="Item/Description",
    BT_157="Item/StandardItemIdentification/ID[schemeID=0160]",
)
_UBL_CHANGE: Final = _terms(
    indicator="ChargeIndicator", amount="Amount", reason="AllowanceChargeReason"
)

_AGREED = "SupplyChainTradeTransaction/ApplicableHeaderTradeAgreement/"
_SETTLED = "SupplyChainTradeTransaction/ApplicableHeaderTradeSettlement/"
_SUMS = f"{_SETTLED}SpecifiedTradeSettlementHeaderMonetarySummation/"
_CII_HEADER: Final = _terms(
    BT_1="ExchangedDocument/ID",
    BT_2="ExchangedDocument/IssueDateTime/DateTimeString",
    BT_3="ExchangedDocument/TypeCode",
    BT_5=f"{_SETTLED}InvoiceCurrencyCode {_SETTLED}OrderCurrencyCode",
    BT_9=f"{_SETTLED}SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString",
    BT_24="ExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter/ID",
    BT_25=f"{_SETTLED}InvoiceReferencedDocument/IssuerAssignedID",
    BT_26=f"{_SETTLED}InvoiceReferencedDocument/FormattedIssueDateTime/DateTimeString",
    BT_27=f"{_AGREED}SellerTradeParty/Name",
    BT_30=f"{_AGREED}SellerTradeParty/SpecifiedLegalOrganization/ID",
    BT_31=f"{_AGREED}SellerTradeParty/SpecifiedTaxRegistration/ID[schemeID=VA]",
    BT_73=f"{_SETTLED}BillingSpecifiedPeriod/StartDateTime/DateTimeString",
    BT_74=f"{_SETTLED}BillingSpecifiedPeriod/EndDateTime/DateTimeString",
    BT_83=f"{_SETTLED}PaymentReference",
    BT_89=f"{_SETTLED}SpecifiedTradePaymentTerms/DirectDebitMandateID",
    BT_90=f"{_SETTLED}CreditorReferenceID",
    BT_106=f"{_SUMS}LineTotalAmount",
    BT_107=f"{_SUMS}AllowanceTotalAmount",
    BT_108=f"{_SUMS}ChargeTotalAmount",
    BT_109=f"{_SUMS}TaxBasisTotalAmount",
    BT_110=f"{_SUMS}TaxTotalAmount",
    BT_112=f"{_SUMS}GrandTotalAmount",
    BT_113=f"{_SUMS}TotalPrepaidAmount",
    BT_114=f"{_SUMS}RoundingAmount",
    BT_115=f"{_SUMS}DuePayableAmount",
)
_CII_LINE: Final = _terms(
    BT_126="AssociatedDocumentLineDocument/LineID",
    BT_127="AssociatedDocumentLineDocument/IncludedNote/Content",
    # EXTENDED: lines below a line; only DETAIL counts, GROUP and INFORMATION say it again.
    status="AssociatedDocumentLineDocument/LineStatusReasonCode",
    BT_129=(
        "SpecifiedLineTradeDelivery/BilledQuantity SpecifiedLineTradeDelivery/RequestedQuantity"
        " SpecifiedSupplyChainTradeDelivery/BilledQuantity"
    ),
    BT_131=(
        "SpecifiedLineTradeSettlement/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount"
        " SpecifiedSupplyChainTradeSettlement/SpecifiedTradeSettlementMonetarySummation/"
        "LineTotalAmount"
    ),
    BT_146=(
        "SpecifiedLineTradeAgreement/NetPriceProductTradePrice/ChargeAmount"
        " SpecifiedSupplyChainTradeAgreement/NetPriceProductTradePrice/ChargeAmount"
    ),
    BT_149=(
        "SpecifiedLineTradeAgreement/NetPriceProductTradePrice/BasisQuantity"
        " SpecifiedSupplyChainTradeAgreement/NetPriceProductTradePrice/BasisQuantity"
    ),
    BT_153="SpecifiedTradeProduct/Name",
    BT_154="SpecifiedTradeProduct/Description",
    BT_157="SpecifiedTradeProduct/GlobalID[schemeID=0160]",
)
_CII_CHANGE: Final = _terms(
    indicator="ChargeIndicator/Indicator", amount="ActualAmount", reason="Reason"
)
FREIGHT: Final = _terms(amount="AppliedAmount", reason="Description")
"""What the profile EXTENDED says of a charge for delivery (BG-X-42)."""


def _older(terms: Terms) -> Terms:
    """The paths of the header as ZUGFeRD 1.0 names them."""
    names = (
        ("ExchangedDocumentContext", "SpecifiedExchangedDocumentContext"),
        ("ExchangedDocument/", "HeaderExchangedDocument/"),
        ("SupplyChainTradeTransaction/", "SpecifiedSupplyChainTradeTransaction/"),
        ("ApplicableHeaderTrade", "ApplicableSupplyChainTrade"),
        ("SettlementHeaderMonetarySummation", "SettlementMonetarySummation"),
    )

    def renamed(path: str) -> str:
        for new, old in names:
            path = path.replace(new, old, 1)
        return path

    return MappingProxyType({term: tuple(map(renamed, paths)) for term, paths in terms.items()})


def _ubl(root: str, line: str, *, is_credit: bool) -> Syntax:
    return Syntax(
        name="UBL",
        root=root,
        header=_UBL_HEADER,
        lines=line,
        line=_UBL_LINE,
        changes="AllowanceCharge",
        change=_UBL_CHANGE,
        freight="",
        taxes="TaxTotal",
        tax="TaxSubtotal/TaxAmount",
        others="PrepaidPayment/PaidAmount",
        is_credit=is_credit,
    )


def _cii(root: str, kind: str) -> Syntax:
    return Syntax(
        name="CII",
        root=root,
        header=_CII_HEADER,
        lines="SupplyChainTradeTransaction/IncludedSupplyChainTradeLineItem",
        line=_CII_LINE,
        changes=f"{_SETTLED}SpecifiedTradeAllowanceCharge",
        change=_CII_CHANGE,
        freight=f"{_SETTLED}SpecifiedLogisticsServiceCharge",
        taxes=_SETTLED.rstrip("/"),
        tax="ApplicableTradeTax/CalculatedAmount",
        kind=kind,
    )


_OLD_SETTLED = "SpecifiedSupplyChainTradeTransaction/ApplicableSupplyChainTradeSettlement"
SYNTAXES: Final = (
    _ubl("Invoice", "InvoiceLine", is_credit=False),
    _ubl("CreditNote", "CreditNoteLine", is_credit=True),
    _cii("CrossIndustryInvoice", "Invoice"),
    _cii("SCRDMCCBDACIOMessageStructure", "Purchase"),
    Syntax(
        name="ZUGFeRD 1.0",
        root="CrossIndustryDocument",
        header=_older(_CII_HEADER),
        lines="SpecifiedSupplyChainTradeTransaction/IncludedSupplyChainTradeLineItem",
        line=_CII_LINE,
        changes=f"{_OLD_SETTLED}/SpecifiedTradeAllowanceCharge",
        change=_CII_CHANGE,
        freight=f"{_OLD_SETTLED}/SpecifiedLogisticsServiceCharge",
        taxes=_OLD_SETTLED,
        tax="ApplicableTradeTax/CalculatedAmount",
    ),
)
