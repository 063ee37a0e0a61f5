"""`./kt test --clients`: every client does every scenario through the gateway. Exit code 0 only if nothing failed."""

import argparse
import json
import shutil
import signal
import sys
import time
from pathlib import Path

import report
import scenarios
from install import TARGET, TOP, install
from processes import Adapter, Gateway, Simulator
from stage import Stage, prepare

CLIENTS = json.loads((Path(__file__).parent / "clients.json").read_text(encoding="utf-8"))


def main():
    arguments = parse()
    clients = [client for client in CLIENTS if not arguments.client or client["short"] in arguments.client]
    chosen = [each for each in scenarios.ALL if not arguments.scenario or each.__name__ in arguments.scenario]
    begun = time.monotonic()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is stopped
    commands = install(CLIENTS, {client["family"] for client in clients})
    folder = TARGET / "run"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    results = with_servers(folder, lambda *servers: run(clients, chosen, commands, folder, servers))
    print(report.table(clients, chosen, results))
    print(f"\n{report.summary(results)} in {time.monotonic() - begun:.0f} s; logs in {folder.relative_to(TOP)}")
    if arguments.write:
        (TOP / "docs" / "clients.md").write_text(report.document(clients, chosen, results), encoding="utf-8")
    return 1 if any(result.failed for result in results.values()) else 0


def parse():
    parser = argparse.ArgumentParser(prog="./kt test --clients", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/clients.md from the results")
    parser.add_argument("--client", action="append", help="only this one, by its short name; repeatable")
    parser.add_argument("--scenario", action="append", help="only this one, by its function's name; repeatable")
    arguments = parser.parse_args()
    if arguments.write and (arguments.client or arguments.scenario):
        parser.error("--write needs all clients and all scenarios")
    return arguments


def with_servers(folder, body):
    started = []
    try:
        started.append(Simulator(folder))
        started.append(Gateway(folder, "gateway", started[0].url, "everything.yaml"))
        started.append(Gateway(folder, "strict-gateway", started[0].url, "everything.yaml", "strict.yaml"))
        prepare(started[0])
        return body(*started)
    finally:
        for server in reversed(started):
            server.stop()


def run(clients, chosen, commands, folder, servers):
    results = {}
    for client in clients:
        adapter = Adapter(folder, commands[client["short"]], client["short"])
        stage = Stage(client, adapter, *servers)
        try:
            for scenario in chosen:
                results[client["short"], scenario] = outcome(stage, scenario)
        finally:
            adapter.stop()
        print(report.progress(client, results), file=sys.stderr, flush=True)
    return results


def outcome(stage, scenario):
    lacking = stage.client.get("lacks", {}).get(scenario.__name__)
    if lacking:
        return report.Result("n.a.", lacking)
    stage.reset()
    try:
        scenario(stage)
        return report.Result("ok")
    except Exception as e:  # of the client, the scenario, or a server: all of them fail the scenario
        return report.Result("FAIL", f"{type(e).__name__}: {e}")


if __name__ == "__main__":
    sys.exit(main())
