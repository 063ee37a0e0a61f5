"""The processes of a run: the simulator, gateways, and one adapter for each client. Each ends with the run."""

import json
import os
import re
import selectors
import subprocess
import time
import urllib.request
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
CONFIGS = Path(__file__).resolve().parent / "config"
READY = 120  # seconds


class Server:
    """A `kt` process that says where it listens."""

    def __init__(self, folder, name, *arguments, says):
        self.log = folder / f"{name}.log"
        environment = os.environ | {"CEREBRAS_API_KEY": "csk-test", "GATEWAY_KEY": "right", "KT_JAVA_OPTS": "-Xmx512m"}
        with open(self.log, "w", encoding="utf-8") as out:
            self.process = subprocess.Popen(
                [str(TOP / "kt"), *arguments], stdout=out, stderr=subprocess.STDOUT, env=environment
            )
        self.url = self.wait_for(says)

    def wait_for(self, pattern):
        deadline = time.monotonic() + READY
        while time.monotonic() < deadline and self.process.poll() is None:
            found = re.search(pattern, self.log.read_text(encoding="utf-8"))
            if found:
                return found.group(1)
            time.sleep(0.05)  # the log is a file, so there is nothing to wait for
        output = self.log.read_text(encoding="utf-8")
        self.stop()
        raise RuntimeError(f"{self.log.name}: not ready\n{output}")

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Simulator(Server):
    def __init__(self, folder):
        super().__init__(folder, "simulator", "simulator", "run", "--port", "0", says=r"simulator: (http://\S+)")

    def control(self, method, path, document=None):
        data = None if document is None else json.dumps(document).encode()
        request = urllib.request.Request(f"{self.url}/__sim/{path}", data=data, method=method)
        with urllib.request.urlopen(request, timeout=10) as response:
            return json.load(response)

    def put(self, path, document):
        self.control("PUT", path, document)

    def counters(self):
        return self.control("GET", "counters")


class Gateway(Server):
    def __init__(self, folder, name, upstream, *configs):
        layers = [word for config in configs for word in ("--policy-config", str(CONFIGS / config))]
        super().__init__(
            folder,
            name,
            *("gateway", "run", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0"),
            *("--drain-timeout", "1", "--data-dir", str(folder / f"{name}-data"), "--upstream", upstream, *layers),
            says=r"Listening on (http://[^/\s]+)/v1",
        )

    def handled(self):
        with urllib.request.urlopen(self.url + "/health", timeout=10) as response:
            return json.load(response)["requests_processed"]


class Adapter:
    """A client's process: a command goes in as one line of JSON, its answer comes out as one."""

    def __init__(self, folder, command, name):
        self.command = command
        self.log = folder / f"{name}.log"
        self.process = None

    def ask(self, command, limit):
        if self.process is None or self.process.poll() is not None:
            with open(self.log, "a", encoding="utf-8") as log:
                self.process = subprocess.Popen(
                    self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
                )
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            if not selector.select(limit):
                self.stop()
                raise AssertionError(f"no answer within {limit} s")
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError(f"the client's process ended: {self.log}")
        return json.loads(line)

    def stop(self):
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None
