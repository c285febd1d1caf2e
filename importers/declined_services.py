"""Files of services beside those that are imported, and of services that no importer reads."""

from typing import Final

from importers.declined_platforms import OF_SETTINGS

_NOT_PLAYED: Final = (
    "nothing in it was played: StreamingHistory and Streaming_History have what was"
)
_BY_MAPPING: Final = (
    "no importer reads this service: say in a mapping which column or member is which"
)
# The first names of columns of the other tables of Netflix, and what stands for one without rows.
_OF_NETFLIX: Final = (
    '"?(?:Profile Name"?,"?(?:Title Desc|Show"?,|Title Name"?,|Country Iso Code|Source"?,"?Navig'
    '|Email Address|Sent Utc Ts|Icons|Esn"?,|Game )|Esn"?,"?Country|Subscription Opened Ts'
    "|Contact Start Utc Ts|Tou Accepted Date"
    '|First Name"?,"?Last Name"?,"?Email Address"?,"?Phone Number"?,"?Country Of'
    "|We found no information for this table)"
)
_OF_SPOTIFY: Final = (
    r'\A\{\s*"(?:identifierType|inferences|followerCount|tracks|votedPollOptionResponses)"'
    r'|\A\{\s*"payment_method"[^}]*"creation_date"|"tasteMaker"|"createdFromFacebook"'
    r'|"numUniqueArtists"|"voiceSearchQuery"|\A\[\s*\{\s*"artistName"[^}]*"segment"'
)
_OF_CHROME: Final = (
    r'\A[{\[][\s{]*"(?:Autofill(?: Profile)?|Extensions|Device Info|Arc Package|Apps|Home App Data'
    r'|Google Nest Partner Connections Data|SoundSensingData|userSetting)"'
)

SERVICE_FILES: Final = (
    (
        "Netflix: another table of the archive (CSV, TXT)",
        "ViewingActivity.csv has what was watched, BillingHistory.csv the bills: import those",
        _OF_NETFLIX,
        "",
    ),
    (
        "Spotify: the account, its payments, or what is inferred of it (JSON)",
        _NOT_PLAYED,
        r"[{\[]",
        _OF_SPOTIFY,
    ),
    (
        "Google Takeout: settings and devices of Chrome, Play or Nest (JSON)",
        OF_SETTINGS,
        r"[{\[]",
        _OF_CHROME,
    ),
    (
        "Google Takeout: subscriptions of the Play Store (Subscriptions.json)",
        "Order History.json has every order, those of subscriptions too: import that",
        r"\[",
        r'\A\[\s*\{\s*"subscription"',
    ),
    (
        "Google Takeout: conversations of Hangouts (Hangouts.json)",
        "Google has moved them to Chat: ask for the data of Chat, and import messages.json",
        r"\{",
        r'\A\{\s*"(?:conversation_state|conversations)"',
    ),
    (
        "Bookmarks of a browser (HTML)",
        "they say no visit: the history of the browser is imported",
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>",
        "",
    ),
    (
        "X (Twitter): the page that shows the archive (Your archive.html)",
        "it reads the files of the folder `data`: import those",
        "(?i)<(?:!doctype )?html",
        "<title>Your (?:Twitter|X) (?:Data|archive)",
    ),
    (
        "Instagram: another file of the archive (JSON)",
        "the vocabulary has no class for what is in it",
        r"\{",
        r'\A\{\s*"(?:[a-z_]{3,60}"\s*:\s*\[[\s\S]*"string_(?:map|list)_data"|ig_[a-z_]+"\s*:)',
    ),
    (
        "Amazon: returns of orders (Retail.OrdersReturned.csv)",
        "Retail.OrdersReturned.Payments.csv has what was paid back: import that",
        '"?Website"?,"?ReversalID',
        "",
    ),
    (
        "Wallet: the list of the files of a pass (manifest.json of a .pkpass)",
        "pass.json has what the pass says: import that",
        r"\{",
        r'\A\{\s*"[\w@./-]{1,80}\.(?:png|json|strings)"\s*:\s*"[0-9a-f]{40}"',
    ),
    (
        "Strava: the table of activities (activities.csv)",
        "the files of the folder `activities` (GPX, TCX, FIT) have the tracks: import those",
        '"?Activity ID"?,"?Activity Date',
        "",
    ),
    (
        "Telegram: conversations (result.json)",
        _BY_MAPPING,
        r"\{",
        r'"type"\s*:\s*"(?:(?:personal|bot)_chat|(?:private|public)_\w+|saved_messages)"',
    ),
    (
        "Snapchat: a file of the archive (JSON)",
        _BY_MAPPING,
        r"\{",
        r'\A\{\s*"(?:Saved Media|Frequent Locations|(?:Received|Sent) Saved Chat History)"',
    ),
    (
        "Reddit: a table of the archive (CSV)",
        _BY_MAPPING,
        "id,permalink(?:,date,ip)?[,\r\n]",
        "",
    ),
    (
        "Discord: messages of a channel (messages.json, messages.csv)",
        _BY_MAPPING,
        r'ID,Timestamp,Contents,Attachments|\[\s*\{\s*"ID"\s*:[^}]*"Timestamp"[^}]*"Contents"',
        "",
    ),
)
"""What each is, why it is not imported, how it begins, and what stands in it besides."""
