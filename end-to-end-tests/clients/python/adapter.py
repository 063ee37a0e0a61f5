"""openai-python and the Cerebras SDK, which has the same surface: one command a line in, one answer a line out."""

import importlib
import json
import sys

sdk = importlib.import_module(sys.argv[1])
make = getattr(sdk, sys.argv[2])
path = sys.argv[3]
clients = {}


def client(command):
    timeout = command.get("timeout_ms")
    wanted = (command["gateway"], command["key"], command["retries"], timeout)
    if wanted not in clients:
        clients[wanted] = make(
            base_url=command["gateway"] + path,
            api_key=command["key"],
            max_retries=command["retries"],
            **({"timeout": timeout / 1000} if timeout else {}),
        )
    return clients[wanted]


def complete(command):
    completion = client(command).chat.completions.create(**command["body"])
    usage = completion.usage
    return {
        "choices": [choice(each, each.message) for each in completion.choices],
        "usage": [usage.prompt_tokens, usage.completion_tokens] if usage else None,
    }


def choice(each, message):
    return {
        "text": message.content or "",
        "finish": each.finish_reason,
        "tools": [
            {"name": call.function.name, "arguments": call.function.arguments} for call in message.tool_calls or []
        ],
        "logprobs": logprobs(each),
    }


def logprobs(each):
    found = each.logprobs.model_dump() if hasattr(each.logprobs, "model_dump") else each.logprobs
    return [[token["token"], token["logprob"]] for token in found["content"]] if found else []


def stream(command, answer):
    answer["events"] = 0
    with client(command).chat.completions.create(**command["body"], stream=True) as events:
        for event in events:
            answer["events"] += 1
            for each in event.choices:
                add(answer, each)
            if command.get("take") and answer["events"] >= command["take"]:
                return


def add(answer, each):
    choices = answer["choices"]
    while len(choices) <= each.index:
        choices.append({"text": "", "finish": None, "tools": [], "logprobs": []})
    into = choices[each.index]
    into["text"] += each.delta.content or ""
    into["finish"] = each.finish_reason or into["finish"]
    into["logprobs"] += logprobs(each)
    for call in each.delta.tool_calls or []:
        if len(into["tools"]) <= call.index:
            into["tools"].append({"name": call.function.name, "arguments": ""})
        into["tools"][call.index]["arguments"] += call.function.arguments or ""


def error(e):
    body = getattr(e, "body", None)
    nested = body.get("error", body) if isinstance(body, dict) else {}
    return {
        "kind": type(e).__name__,
        "status": getattr(e, "status_code", None),
        "code": getattr(e, "code", None) or nested.get("code"),
        "body": json.dumps(body) + str(e),
    }


for line in sys.stdin:
    command = json.loads(line)
    answer = {"choices": []}
    try:
        for _ in range(command.get("repeat", 1)):
            answer = {"choices": []}
            if command["stream"]:
                stream(command, answer)
            else:
                answer |= complete(command)
    except Exception as e:  # whatever a client raises is what is reported
        answer["error"] = error(e)
    print(json.dumps(answer), flush=True)
