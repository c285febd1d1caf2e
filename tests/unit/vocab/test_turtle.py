import json

from vocab import turtle

ONE = '@prefix a: <https://a.example/> .\n@prefix b: <https://b.example/> .\n\na:x b:p "1" .\n'
TWO = '# two\n@prefix b: <https://b.example/> .\n\nb:y b:p [ b:q "2" ] .\n'


def test_joined_texts_declare_each_prefix_once_and_say_what_each_says():
    text = turtle.joined({"one": ONE, "two": TWO})
    assert text.count("@prefix b:") == 1
    assert len(turtle.graph_of(text)) == 3
    assert turtle.graph_of(ONE) < turtle.graph_of(text)


def test_a_folder_is_read_as_one_graph():
    texts = turtle.sources("terms")
    assert list(texts) == sorted(texts)
    assert {"core", "bank", "codes"} <= set(texts)
    assert turtle.read("terms") == turtle.graph_of(turtle.joined(texts))


def test_json_ld_is_the_same_whatever_blank_nodes_are_called():
    text = "_:{0} <https://b.example/p> _:{1} . _:{1} <https://b.example/q> 1 ."
    first, second = (turtle.graph_of(text.format(*names)) for names in ("ab", "zy"))
    assert first != second
    assert turtle.json_ld(first) == turtle.json_ld(second)
    assert len(json.loads(turtle.json_ld(first))) == 2
