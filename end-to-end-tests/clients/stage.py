"""What a scenario has to do with: one client, the gateways, the simulator, and what they know."""

import base64
import json
import time

from counting import counted

LIMIT = 30  # seconds for one answer


def prepare(simulator):
    """Gives the simulator what it cannot say by itself: log probabilities."""
    speak(simulator, "greeting", "Hello", " there")
    speak(simulator, "address", "Write", " to", " jane", ".doe@", "example.com")


def speak(simulator, name, *tokens):
    """Makes the models `wire:<name>-json` and `wire:<name>-stream` say the tokens, with a probability for each."""
    said = [{"token": token, "logprob": -0.5, "bytes": list(token.encode()), "top_logprobs": []} for token in tokens]
    whole = {"message": {"role": "assistant", "content": "".join(tokens)}, "logprobs": {"content": said}}
    usage = {"prompt_tokens": 5, "completion_tokens": len(tokens), "total_tokens": 5 + len(tokens)}
    text = document("chat.completion", whole | {"finish_reason": "stop"}, usage=usage)
    script(simulator, name + "-json", "application/json", text)
    deltas = [
        {"delta": {"role": "assistant"}},
        *({"delta": {"content": part["token"]}, "logprobs": {"content": [part]}} for part in said),
        {"delta": {}, "finish_reason": "stop"},
    ]
    events = [document("chat.completion.chunk", delta) for delta in deltas] + ["[DONE]"]
    script(simulator, name + "-stream", "text/event-stream", "".join(f"data: {event}\n\n" for event in events))


def document(kind, choice, **more):
    head = {"id": "chatcmpl-1", "object": kind, "created": 1, "model": "scripted", "system_fingerprint": "fp_1"}
    return json.dumps(head | {"choices": [{"index": 0} | choice]} | more)


def script(simulator, name, content_type, text):
    simulator.put("scripts/" + name, {"content_type": content_type, "steps": [{"text": text}]})


class Stage:
    def __init__(self, client, adapter, simulator, gateway, strict):
        self.client = client
        self.adapter = adapter
        self.simulator = simulator
        self.gateway = gateway
        self.strict = strict

    def reset(self):
        for what in ("faults", "requests", "counters"):
            self.simulator.control("DELETE", what)

    def ask(self, model, messages, gateway=None, stream=False, key="unused", retries=0, limit=LIMIT, **options):
        """Lets the client make one call; what is no option of the call itself is a member of its body."""
        own = {name: options.pop(name) for name in ("take", "timeout_ms", "repeat") if name in options}
        command = {
            "gateway": (gateway or self.gateway).url,
            "key": key,
            "retries": retries,
            "stream": stream,
            "body": {"model": model, "messages": messages, **options},
        }
        return self.adapter.ask(command | own, limit)

    def same_as_without_gateway(self, *arguments, **options):
        """What the client sees through the gateway, which has to be what it sees of the provider itself."""
        direct = self.ask(*arguments, gateway=self.simulator, **options)
        through = self.ask(*arguments, **options)
        assert "error" not in through and through == direct, f"{through} (without the gateway: {direct})"
        return through

    def requests_handled(self):
        return self.gateway.handled()

    def upstream_requests(self):
        return sum(self.simulator.counters()["requestsByModel"].values())

    def last_upstream_body(self):
        return base64.b64decode(self.simulator.control("GET", "requests")[-1]["body"]).decode()

    def cancelled_upstream(self, limit):
        deadline = time.monotonic() + limit
        while True:
            counters = self.simulator.counters()
            if counters["streamsCancelled"] == 1:
                return
            assert time.monotonic() < deadline, f"not cancelled upstream within {limit} s: {counters}"
            time.sleep(0.01)  # a counter is asked, it does not tell

    def counted(self):
        return counted(self.gateway.url)
