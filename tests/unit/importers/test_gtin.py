import pytest

from importers.gtin import gtin


@pytest.mark.parametrize("text", ["96385074", "036000291452", "3518370400049", " 10012345000017 "])
def test_a_number_of_a_product_has_the_right_check_digit(text):
    assert gtin(text) == text.strip()


@pytest.mark.parametrize(
    "text", ["3518370400048", "598785412598745", "", "351837040004X", "٣" * 13]
)
def test_any_other_number_is_refused(text):
    with pytest.raises(ValueError, match="product number"):
        gtin(text)
