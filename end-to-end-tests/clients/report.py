"""The results as a table on the terminal and as a page of the documentation."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    word: str
    reason: str = ""

    @property
    def failed(self):
        return self.word == "FAIL"


def title(scenario):
    return scenario.__doc__.strip()


def version(client):
    return ", ".join([client["version"], *(f"{name} {number}" for name, number in client.get("with", {}).items())])


def table(clients, scenarios, results):
    wide = max(len(title(scenario)) for scenario in scenarios)
    lines = [" " * wide + "".join(f" {client['short']:>8}" for client in clients)]
    for scenario in scenarios:
        words = (results[client["short"], scenario].word for client in clients)
        lines.append(f"{title(scenario):{wide}}" + "".join(f" {word:>8}" for word in words))
    return "\n".join(lines + [""] + reasons(clients, scenarios, results, "{word:4} {client}, {scenario}: {reason}"))


def reasons(clients, scenarios, results, form):
    found = []
    for client in clients:
        for scenario in scenarios:
            result = results[client["short"], scenario]
            if result.reason:
                found.append(
                    form.format(word=result.word, client=client["name"], scenario=title(scenario), reason=result.reason)
                )
    return found


def summary(results):
    words = [result.word for result in results.values()]
    return f"{words.count('ok')} ok, {words.count('FAIL')} failed, {words.count('n.a.')} n.a."


def progress(client, results):
    return f"{client['name']}: " + summary({key: each for key, each in results.items() if key[0] == client["short"]})


def document(clients, scenarios, results):
    row = "| {} |".format
    cells = " | ".join
    lines = [
        "# Clients",
        "",
        "Written by `./kt test --clients --write`: each client, as it is published, against a running gateway with every",
        "policy on, before the simulator. Where a scenario has an answer, the client sees through the gateway exactly what",
        "it sees without it; the scenarios are in [scenarios.py](../end-to-end-tests/clients/scenarios.py).",
        "",
        row(cells(["Client", "Version", "Below"])),
        "|---|---|---|",
        *(row(cells([client["name"], version(client), client["short"]])) for client in clients),
        "",
        row(cells(["", *(client["short"] for client in clients)])),
        "|---" * (len(clients) + 1) + "|",
        *(row(cells([title(each), *(results[c["short"], each].word for c in clients)])) for each in scenarios),
        "",
        "Where a client has no part in a scenario:",
        "",
        *reasons(clients, scenarios, results, "- {client}, {scenario}: {reason}"),
        "",
        "What else differs:",
        "",
        *(f"- {client['name']}: {note}" for client in clients for note in client.get("notes", {}).values()),
    ]
    return "\n".join(lines) + "\n"
