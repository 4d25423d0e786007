"""The puppeteer's side of the sources."""

from axle.sandbox.sources.behaviours import Behaviour
from axle.sandbox.sources.people import Trait
from axle.sandbox.sources.schemes import digest_of
from axle.sandbox.store import Store
from axle.sandbox.web import BadRequest, Handler, Request, Response, json_response


def source_control_routes(store: Store) -> dict[tuple[str, str], Handler]:
    """What is offered, by method and path."""

    def rule_add(request: Request) -> Response:
        """Behave so: ``{behaviour, party?, subject?, delay_seconds?, times?}``; the newest rule counts."""
        told = request.json()
        if told.get("behaviour") not in set(Behaviour):
            raise BadRequest(f"behaviour is one of {', '.join(Behaviour)}")
        names = ("party", "behaviour", "subject", "delay_seconds", "times")
        with store.transaction() as connection:
            connection.execute(
                "INSERT INTO source_rule (party, behaviour, subject, delay_seconds, times_left) VALUES (?, ?, ?, ?, ?)",
                tuple(told.get(name) for name in names),
            )
        return json_response({"status": "ok"})

    def reset(request: Request) -> Response:
        """Forget all rules, planted traits and questions, as if nothing had been asked yet."""
        with store.transaction() as connection:
            connection.execute("DELETE FROM source_rule")
            connection.execute("DELETE FROM source_plant")
            connection.execute("DELETE FROM source_request")
        return json_response({"status": "ok"})

    def plant(request: Request) -> Response:
        """Let somebody or some car be so from now on: ``{subject, traits: […]}``, an id number or a VIN."""
        told = request.json()
        traits = told.get("traits", [])
        if not isinstance(traits, list) or not set(traits) <= set(Trait):
            raise BadRequest(f"traits are some of {', '.join(Trait)}")
        subject = str(told.get("subject", "")).upper()
        with store.transaction() as connection:
            for known_as in (subject, digest_of(subject)):  # a list that never hears id numbers knows their digests
                connection.execute("DELETE FROM source_plant WHERE subject = ?", (known_as,))
                rows = [(known_as, trait) for trait in traits]
                connection.executemany("INSERT INTO source_plant VALUES (?, ?)", rows)
        return json_response({"status": "ok"})

    def requests(request: Request) -> Response:
        """The questions that came, and how often each: a charge is made for each once."""
        rows = store.rows("SELECT party, request_no, times FROM source_request ORDER BY rowid DESC LIMIT 500")
        return json_response([dict(row) for row in rows])

    return {
        ("POST", "/control/source"): rule_add,
        ("POST", "/control/source/reset"): reset,
        ("POST", "/control/source/plant"): plant,
        ("GET", "/control/source/requests"): requests,
    }
