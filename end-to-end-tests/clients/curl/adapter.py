"""curl in one of three moods: with an upgrade to HTTP/2, with an expectation, with a gzipped body."""

import gzip
import json
import subprocess
import sys
import tempfile

MOODS = {
    "http2": ["--http2"],
    "expect": ["-H", "Expect: 100-continue"],
    "gzip": ["-H", "Content-Encoding: gzip"],
}
STATUS = "\nstatus: "
mood = sys.argv[1]


def curl(command, *options):
    body = json.dumps(command["body"] | ({"stream": True} if command["stream"] else {})).encode()
    process = subprocess.Popen(
        ["curl", "-sS", "-N", "--expect100-timeout", "20", *MOODS[mood], *options]
        + ["--retry", str(command["retries"]), "--max-time", str(command.get("timeout_ms", 60_000) / 1000)]
        + ["-H", "Content-Type: application/json", "-H", "Authorization: Bearer " + command["key"]]
        + ["--data-binary", "@-", "-w", STATUS + "%{http_code}", command["gateway"] + "/v1/chat/completions"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process.stdin as out:
        out.write(gzip.compress(body) if mood == "gzip" else body)
    return process


def complete(command, answer):
    with tempfile.NamedTemporaryFile() as file:  # in a pipe a retried answer would follow the refused one
        process = curl(command, "-o", file.name)
        output, trouble = process.stdout.read(), process.stderr.read()
        process.wait()
        body = file.read().decode()
    status = int(output.decode().removeprefix(STATUS))
    if status != 200 or process.returncode:
        answer["error"] = refused(0 if process.returncode else status, body, trouble.decode())
        return
    document = json.loads(body)
    answer["choices"] = [choice(each, each["message"]) for each in document["choices"]]
    usage = document.get("usage")
    answer["usage"] = usage and [usage["prompt_tokens"], usage["completion_tokens"]]


def refused(status, body, trouble):
    try:
        return error(status, json.loads(body)["error"])
    except (ValueError, KeyError):
        return {"kind": trouble, "status": status or None, "code": None, "body": body}


def error(status, nested):
    return {"kind": nested["type"], "status": status, "code": nested["code"], "body": json.dumps(nested)}


def choice(each, said):
    return {
        "text": said.get("content") or "",
        "finish": each.get("finish_reason"),
        "tools": [call["function"] for call in said.get("tool_calls", [])],
        "logprobs": [[token["token"], token["logprob"]] for token in (each.get("logprobs") or {}).get("content", [])],
    }


def stream(command, answer):
    answer["events"] = 0
    rest = ""
    process = curl(command)
    for line in map(bytes.decode, process.stdout):
        if line.startswith("data: {"):
            answer["events"] += 1
            event(json.loads(line.removeprefix("data: ")), answer)
        else:
            rest += line
        if answer["events"] >= command.get("take", sys.maxsize):
            process.kill()
            process.wait()
            return
    process.wait()
    body, _, status = rest.rpartition(STATUS)
    if status != "200":
        answer["error"] = refused(int(status), body, process.stderr.read().decode())


def event(document, answer):
    if "error" in document:
        answer["error"] = error(None, document["error"])
        return
    for each in document["choices"]:
        while len(answer["choices"]) <= each["index"]:
            answer["choices"].append({"text": "", "finish": None, "tools": [], "logprobs": []})
        into, new = answer["choices"][each["index"]], choice(each, each["delta"])
        into["text"] += new["text"]
        into["finish"] = new["finish"] or into["finish"]
        into["tools"] += new["tools"]
        into["logprobs"] += new["logprobs"]


for line in sys.stdin:
    command = json.loads(line)
    answer = {"choices": []}
    (stream if command["stream"] else complete)(command, answer)
    print(json.dumps(answer), flush=True)
