"""Requests made up from the API's schema, by `make api-check`.

Whatever is asked, right or wrong, is answered as the schema says.
"""

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode

from tests.curated import load_literature

SEEDS = (1, 2, 3)
QUIETLY = settings(
    max_examples=3,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.django_db(transaction=True)
def test_the_schema_says_how_everything_is_answered(subtests):
    load_literature()
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", get_wsgi_application())
    for found in schema.get_all_operations():
        operation = found.ok()
        for mode in GenerationMode:
            for number in SEEDS:

                @seed(number)
                @QUIETLY
                @given(case=operation.as_strategy(mode))
                def answer(case):
                    # It does not unpack what an application packs.
                    case.call_and_validate(headers={"Accept-Encoding": "identity"})

                with subtests.test(operation.label, mode=mode.name, seed=number):
                    answer()
