"""Files of the archives of platforms that are known and are not imported, and why."""

from typing import Final

_AS_JSON: Final = "ask for the archive again in the format JSON, and import that"
OF_SETTINGS: Final = "it has settings, and nothing that somebody did"
_NO_LINKEDIN: Final = (
    "connections, messages, positions, distinctions, reactions, comments, shares, follows, "
    "searches and log-ins are imported, and this is none"
)
# The first names of columns of each of its other tables.
_OF_LINKEDIN: Final = (
    r'\A"?(?:From"?,"?To"?,"?Sent At|First Name"?,"?Last Name"?,"?Maiden Name'
    r'|Email Address"?,"?Confirmed|Regist(?:ered At|ration Date)"?,"?Registration I'
    r'|Extension"?,"?Number"?,"?Type|School Name"?,"?Start Date'
    r'|Application Date"?,"?Contact Email|Saved Date"?,"?Job Url|Saved Search Date"?,"?Jobs Search'
    r'|Endorsement Date"?,"?Skill Name|Category"?,"?Type of inference|Content Title"?,"?Content D'
    r'|Source"?,"?FirstName|Member Age"?,"?Company|Locations"?,"?Industries"?,"?Company'
    r"|savedItem,createdTime|Date,Status,FullName|Supported Cause|Title,Description,Url,Start"
    r'|Name"?,"?(?:Proficiency|Url"?,"?Authority)|Age Group"?[,\t]"?Country'
    r'|First Name"?,"?Last Name"?,"?Compan(?:ies"?,"?Title|y"?,"?Job Title"?,"?Text)'
    r'|Challenge Date"?[,\t]"?IP Address|Time"?\t"?Event)'
)
_ORDERS: Final = "Order History.json has every order, those of nothing to pay too: import that"

PLATFORM_FILES: Final = (
    (
        "Google Takeout: a note of Keep as a page (HTML)",
        "the JSON file of its name, beside it, has the same: import that",
        "<",
        r'class="note[" ][\s\S]*class="heading"',
    ),
    (
        "Google Takeout: a page that leads to the files of the archive (archive_browser.html)",
        "those files are imported, each by itself",
        "(?i)<(?:!doctype )?html",
        r"(?i)<title>[^<]*(?:google[^<]*archiv|archiv[^<]*(?:google|</title>[\s\S]*google))",
    ),
    (
        "Google Takeout: what was acquired in the Play Store (Library.json)",
        _ORDERS,
        r"\[",
        '"libraryDoc"',
    ),
    (
        "Google Takeout: payments of the Play Store (Purchase History.json)",
        _ORDERS,
        r"\[",
        '"purchaseHistory"',
    ),
    (
        "Google Takeout: offers and codes of the Play Store",
        "nothing in it was bought: Order History.json has the orders",
        r"\[",
        '"(?:promotionHistory|redemptionHistory)"',
    ),
    (
        "Google Takeout: devices of the Play Store (Devices.json)",
        "it has numbers of telephones, which are not kept",
        r"\[",
        '"deviceRegistrationTime"',
    ),
    (
        "Google Takeout: settings of a service (JSON)",
        OF_SETTINGS,
        r"\{",
        '"(?:Search Engines|SyncSettings|playSettings|deviceSettings|createdTime)"',
    ),
    (
        "Google Takeout: what Google Photos knows of a picture (JSON)",
        "pictures are not imported, and it has nothing without its own",
        r"\{",
        '"photoTakenTime"',
    ),
    (
        "Google Takeout: who takes part in conversations of Chat (JSON)",
        "messages.json has who wrote what: import that",
        r"\{",
        r'\A\{\s*"(?:user|members|name)"[\s\S]*"user_type"',
    ),
    (
        "Google Contacts: an address book as a table (CSV)",
        "export it as vCard (.vcf), and import that",
        "[A-Z]",
        r"\A[^\r\n]*\bGiven Name,[^\r\n]*\bFamily Name,|\A[^\r\n]*\bE-mail 1 - Value\b",
    ),
    (
        "Wallet: a pass that is no boarding pass (pass.json of a .pkpass)",
        "tickets, vouchers and cards say what they are for in words alone",
        r"\{",
        r'"passTypeIdentifier"[\s\S]*"formatVersion"|"formatVersion"[\s\S]*"passTypeIdentifier"',
    ),
    (
        "Instagram, Facebook: a list of which only its name says what it is of (JSON)",
        "give it the name that it has in the archive (liked_posts.json); others are not imported",
        r"[\[{]",
        '"label_values"',
    ),
    (
        "Mastodon: the profile (actor.json)",
        "everybody may read it at its address; outbox.json has what was written: import that",
        r"\{",
        r'"preferredUsername"[\s\S]*"outbox"|"outbox"[\s\S]*"preferredUsername"',
    ),
    (
        "Facebook: another file of the archive (JSON)",
        "the vocabulary has no class for what is in it",
        r"\{",
        r'\A\{\s*"[a-z_]{3,60}_v\d{1,2}"\s*:',
    ),
    (
        "LinkedIn: another table of the archive (CSV)",
        _NO_LINKEDIN,
        '"?[A-Z]',
        _OF_LINKEDIN,
    ),
    (
        "Facebook, Instagram: a page of the archive (HTML)",
        _AS_JSON,
        "(?i)<(?:!doctype )?html",
        r'class="[^"]*\b(?:_a6-g|_a6_o|_3-95|_2ph_)\b',
    ),
)
"""What each is, why it is not imported, how it begins, and what stands in it besides."""
