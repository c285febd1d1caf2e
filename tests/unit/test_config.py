"""The settings: what can be written, and what is said of what cannot."""

from dataclasses import fields

import pytest

from pod.config import Config, ConfigProblem, Operator, check_public, read_config
from pod.consent.bilingual import same


def test_a_file_is_read_and_what_is_given_comes_first(tmp_path):
    file = tmp_path / "pod.toml"
    file.write_text(
        'base_url = "https://pod.example/"\n'
        'pod_addresses = "subdomain"\n'
        'trusted_proxies = ["127.0.0.1", "10.0.0.0/8", "::1", "unix"]\n'
        "query_seconds = 3\n"
        "port = 4000\n",
        encoding="utf-8",
    )
    config = read_config(file, {"port": 5000, "host": None})
    assert (config.port, config.host, config.query_seconds) == (5000, "127.0.0.1", 3.0)
    assert config.trusted_proxies == ("127.0.0.1", "10.0.0.0/8", "::1", "unix")
    assert (config.base, config.pod_addresses) == ("https://pod.example/", "subdomain")
    assert not config.development


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"colour": "red"}, "unknown setting `colour`"),
        ({"port": "3000"}, "`port` must be a int"),
        ({"port": True}, "`port` must be a int"),
        ({"port": 0}, "between 1 and 65535"),
        ({"http_port": 3000, "base_url": "https://pod.example/"}, "another than `port`"),
        ({"http_port": 70000, "base_url": "https://pod.example/"}, "between 1 and 65535"),
        ({"http_port": 80}, "begins with https"),
        ({"trusted_proxies": "127.0.0.1"}, "must be a list of texts"),
        ({"trusted_proxies": [1]}, "must be a list of texts"),
        ({"trusted_proxies": ["10.0.0.1/8"]}, "must be a list of addresses"),
        ({"trusted_proxies": ["proxy"]}, "must be a list of addresses"),
        ({"pod_addresses": "host"}, "`path` or `subdomain`"),
        ({"pod_addresses": "subdomain", "base_url": "http://127.0.0.1:3000/"}, "must have a name"),
        ({"pod_addresses": "subdomain", "base_url": "http://[::1]:3000/"}, "must have a name"),
        ({"tls_certificate": "a.pem", "base_url": "https://pod.example/"}, "go together"),
        ({"tls_key": "a.key", "base_url": "https://pod.example/"}, "go together"),
        ({"tls_certificate": "a.pem", "tls_key": "a.key"}, "begins with https"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(given, sentence):
    with pytest.raises(ConfigProblem, match=sentence):
        read_config(None, given)


@pytest.mark.parametrize(
    "base",
    [
        "https://pod.example",
        "https://pod.example//",
        "https://pod.example/pods/",
        "https://Pod.example/",
        "https://pod.example:443/",
        "https://me@pod.example/",
        "https://pod.example/?x",
        "https://pod.example/#x",
        "https://pod.example:99999/",
        "ftp://pod.example/",
        "https:///",
        "pod.example/",
        "https://é.example/",
    ],
)
def test_a_public_address_has_one_spelling(base):
    with pytest.raises(ConfigProblem, match="`base_url` must be"):
        read_config(None, {"base_url": base})


@pytest.mark.parametrize(
    ("base", "development"),
    [
        ("http://localhost:3000/", True),
        ("http://pod.localhost/", True),
        ("http://127.0.0.1:8080/", True),
        ("http://[::1]:8080/", True),
        ("https://pod.example:8443/", False),
        ("http://192.168.1.5/", False),
    ],
)
def test_an_address_of_this_machine_is_for_development(base, development):
    assert read_config(None, {"base_url": base}).development == development


def test_a_file_that_cannot_be_read_is_told_of(tmp_path):
    with pytest.raises(ConfigProblem, match="cannot be read"):
        read_config(tmp_path / "none", {})
    (tmp_path / "bad").write_text("=", encoding="utf-8")
    with pytest.raises(ConfigProblem, match="not in TOML"):
        read_config(tmp_path / "bad", {})


def test_a_port_of_http_may_be_the_same_where_a_socket_is_listened_on():
    given = {"unix_socket": "pod.sock", "http_port": 3000, "base_url": "https://pod.example/"}
    assert read_config(None, given).http_port == Config().port


EVERYTHING = dict.fromkeys((one.name for one in fields(Operator)), "said")


def test_texts_for_people_are_in_one_language_or_in_both():
    said = {"place": {"fr": "Lyon, chez nous", "en": "Lyon"}, "help": "help@pod.example"}
    config = read_config(None, {"notice": "A trial.", "operator": said})
    assert config.notice == same("A trial.")
    assert config.operator.place.fr == "Lyon, chez nous"
    assert config.operator.help.within("fr") == "help@pod.example"
    assert "place" not in config.operator.missing


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"notice": 3}, "`notice` must be a text, or a table"),
        ({"notice": {"fr": 3}}, "`notice` must be a text, or a table"),
        ({"operator": "me"}, "write it as"),
        ({"operator": {"colour": "red"}}, "unknown setting `operator.colour`"),
        ({"operator": {"place": ["a"]}}, "`operator.place` must be a text"),
    ],
)
def test_what_is_no_text_for_people_is_refused(given, sentence):
    with pytest.raises(ConfigProblem, match=sentence):
        read_config(None, given)


@pytest.mark.spec("Self Data CON-33")
@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"registration": "open"}, "`operator.name`, `operator.contact`"),
        ({"registration": "open", "operator": {**EVERYTHING, "help": ""}}, "set `operator.help`,"),
    ],
)
def test_strangers_are_not_let_in_by_a_server_that_does_not_say_who_runs_it(given, missing):
    config = read_config(None, {"base_url": "https://pod.example/", **given})
    with pytest.raises(ConfigProblem, match=missing):
        check_public(config)


@pytest.mark.spec("Self Data CON-33")
@pytest.mark.parametrize(
    "given",
    [
        {"base_url": "https://pod.example/"},
        {"base_url": "https://pod.example/", "registration": "closed"},
        {"base_url": "https://pod.example/", "registration": "open", "operator": EVERYTHING},
        {"base_url": "https://localhost:3000/", "registration": "open"},
        {},
    ],
)
def test_any_other_server_starts(given):
    assert check_public(read_config(None, given)) is None
