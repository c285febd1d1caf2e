"""How files begin that no importer reads: the octets or words, what such a file is, what to do."""

from typing import Final

NO_IMPORTER: Final = "no importer knows this format: `pod formats` lists those that can be imported"
NO_IMPORTER_OF_TABLE: Final = f"{NO_IMPORTER}; or `pod mapping FILE` drafts how to read it"
ASK_FOR_DATA: Final = "ask the holder for a file of data (CSV, JSON, XML, OFX)"
SAVE_AS_CSV: Final = "save its sheet as CSV (UTF-8) and import that"
_UNPACK = "unpack it and import the files in it"
_NOTHING = "nothing in it can be imported"
_OF_THE_SYSTEM = "a computer made it for itself, and no data of yours are in it"
_ATTACHED = "import the files that came with it"
_ABOUT_X = (
    "posts, messages, likes, follows, interests, advertisements and logins are imported, and this "
    "is none"
)
_JOIN = "join the parts with the program that made them, and import what comes out"

OCTETS: Final = (
    (0, b"PK\x03\x04", "an archive", _UNPACK),
    (0, b"PK\x05\x06", "an archive without files", "nothing is in it"),
    (0, b"PK\x07\x08", "a part of an archive", _JOIN),
    (0, b"7z\xbc\xaf\x27\x1c", "an archive (7-Zip)", _UNPACK),
    (0, b"Rar!\x1a\x07", "an archive (RAR)", _UNPACK),
    (257, b"ustar", "an archive (tar)", _UNPACK),
    (0, b"MSCF\0\0\0\0", "an archive (CAB)", _UNPACK),
    (32769, b"CD001", "an image of a disc (ISO)", _UNPACK),
    (0, b"\x1f\x8b", "a packed file (gzip)", _UNPACK),
    (0, b"\x1f\x9d", "a packed file (compress)", _UNPACK),
    (0, b"BZh", "a packed file (bzip2)", _UNPACK),
    (0, b"\xfd7zXZ\x00", "a packed file (xz)", _UNPACK),
    (0, b"\x28\xb5\x2f\xfd", "a packed file (Zstandard)", _UNPACK),
    (0, b"\x04\x22\x4d\x18", "a packed file (LZ4)", _UNPACK),
    (0, b"\xff\xd8\xff", "a picture (JPEG)", _NOTHING),
    (0, b"\x89PNG\r\n\x1a\n", "a picture (PNG)", _NOTHING),
    (0, b"GIF8", "a picture (GIF)", _NOTHING),
    (0, b"II*\0", "a picture (TIFF)", _NOTHING),
    (0, b"MM\0*", "a picture (TIFF)", _NOTHING),
    (0, b"\0\0\1\0", "a picture (icon)", _NOTHING),
    (8, b"WEBP", "a picture (WebP)", _NOTHING),
    (4, b"ftyphei", "a picture (HEIF)", _NOTHING),
    (4, b"ftyphev", "a picture (HEIF)", _NOTHING),
    (4, b"ftypmif", "a picture (HEIF)", _NOTHING),
    (4, b"ftypavi", "a picture (AVIF)", _NOTHING),
    (4, b"ftypM4A", "sound (MPEG-4)", _NOTHING),
    (4, b"ftypqt", "a film (QuickTime)", _NOTHING),
    (4, b"ftyp", "a film (MPEG-4)", _NOTHING),
    (0, b"\x1aE\xdf\xa3", "a film (Matroska, WebM)", _NOTHING),
    (8, b"AVI ", "a film (AVI)", _NOTHING),
    (8, b"WAVE", "sound (WAVE)", _NOTHING),
    (0, b"OggS", "sound (Ogg)", _NOTHING),
    (0, b"fLaC", "sound (FLAC)", _NOTHING),
    (0, b"ID3", "sound (MP3)", _NOTHING),
    (0, b"\xff\xfb", "sound (MP3)", _NOTHING),
    (0, b"#!AMR", "sound (AMR)", _NOTHING),
    (0, b"SQLite format 3\x00", "a database (SQLite)", NO_IMPORTER),
    (0, b"bplist00", "a property list of Apple", NO_IMPORTER),
    (0, b"!BDN", "a box of e-mails (Outlook)", NO_IMPORTER),
    (0, b"{\\rtf", "a document to read (RTF)", ASK_FOR_DATA),
    (0, b"\x00\x00\x00\x01Bud1", "a note of the Finder on how a folder looks", _OF_THE_SYSTEM),
    (0, b"\x00\x05\x16\x07", "what a Macintosh notes beside a file", _OF_THE_SYSTEM),
    (0, b"L\0\0\0\x01\x14\x02\0", "a link of Windows", "import the file that it leads to"),
    (0, b"\x30\x82", "a certificate, or a document with its signature", "save what was signed"),
    (0, b"wOF", "a font", _NOTHING),
    (0, b"OTTO\0", "a font", _NOTHING),
    (0, b"\0\1\0\0\0", "a font", _NOTHING),
    (0, b"MZ", "a program", _NOTHING),
    (0, b"\x7fELF", "a program", _NOTHING),
    (0, b"\xca\xfe\xba\xbe", "a program", _NOTHING),
    (0, b"dex\n", "a program", _NOTHING),
)
"""The octets at a place of a file. Of two that fit, the first one says what it is."""

WORDS: Final = (
    ("-----BEGIN", "a key or a certificate", _NOTHING),
    ("Return-Path:", "an e-mail", _ATTACHED),
    ("Delivered-To:", "an e-mail", _ATTACHED),
    ("Received:", "an e-mail", _ATTACHED),
    ("MIME-Version:", "an e-mail", _ATTACHED),
    ("[.ShellClassInfo]", "a note of Windows on how a folder looks", _OF_THE_SYSTEM),
    ("[InternetShortcut]", "a link to a page", "download the file that it leads to"),
    ("<!doctype html", "a page to read (HTML)", ASK_FOR_DATA),
    ("<html", "a page to read (HTML)", ASK_FOR_DATA),
    ("window.__THAR_CONFIG", "the list of the files of an archive of X (Twitter)", _ABOUT_X),
    ("window.YTD.", "another file of the archive of X (Twitter)", _ABOUT_X),
)
"""The first words of a text, in any case."""

ROOTS: Final = {
    "svg": ("a picture (SVG)", _NOTHING),
    "plist": ("a property list of Apple", NO_IMPORTER),
    "html": ("a page to read (HTML)", ASK_FOR_DATA),
}
"""The outermost elements of XML."""

PARTS: Final = (
    ("xl/", "a workbook (Excel)", SAVE_AS_CSV),
    ("word/", "a document to read (Word)", ASK_FOR_DATA),
    ("ppt/", "slides to read (PowerPoint)", ASK_FOR_DATA),
    ("Index/Document.iwa", "a document of Apple (Numbers, Pages)", SAVE_AS_CSV),
    ("AndroidManifest.xml", "a program (Android)", _NOTHING),
    ("META-INF/MANIFEST.MF", "a program (Java)", _NOTHING),
)
"""How the name of a file in an archive begins that makes the archive one document."""

KINDS: Final = (
    ("application/vnd.oasis.opendocument.spreadsheet", "a workbook (LibreOffice)", SAVE_AS_CSV),
    ("application/vnd.oasis.opendocument.", "a document to read (LibreOffice)", ASK_FOR_DATA),
    ("application/epub", "a book (EPUB)", _NOTHING),
)
"""What the file `mimetype` says that is the first of such an archive."""

STREAMS: Final = (
    ("EncryptedPackage", "a document of Office, locked with a password", "save it without one"),
    ("WordDocument", "a document to read of an older Word", ASK_FOR_DATA),
    ("PowerPoint Document", "slides to read of an older PowerPoint", ASK_FOR_DATA),
    ("Workbook", "a workbook of an older Excel", SAVE_AS_CSV),
    ("__properties_version1.0", "an e-mail (Outlook)", _ATTACHED),
    ("Catalog", "pictures of Windows for a folder (Thumbs.db)", _OF_THE_SYSTEM),
)
"""The names of streams in a compound file of Microsoft, which tell what it is."""

COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLDER: Final = (
    "a file of an older Office or of Windows",
    f"save it as CSV if it is a table, else {ASK_FOR_DATA}",
)
