"""Installs the clients of clients.json in the versions that stand there, and knows how to start their adapters."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOP = HERE.parents[1]
TARGET = HERE.parent / "target" / "clients"


def install(clients, families):
    """Returns the command of each client's adapter by its short name, for all clients of these families."""
    TARGET.mkdir(parents=True, exist_ok=True)
    makers = {"python": python, "node": node, "java": java, "curl": curl}
    commands = {}
    for family in families:
        commands |= makers[family]([client for client in clients if client["family"] == family])
    return commands


def run(*command, cwd=None):
    result = subprocess.run(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if result.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}: exit code {result.returncode}\n{result.stdout}")


def unless_there(folder, wanted, make):
    """Makes a folder anew unless a note in it says that it holds what is wanted."""
    note = folder / "installed.json"
    text = json.dumps(wanted, sort_keys=True)
    if not note.exists() or note.read_text(encoding="utf-8") != text:
        print(f"installing {folder.name} ...", file=sys.stderr, flush=True)
        make()
        note.write_text(text, encoding="utf-8")


def python(clients):
    commands = {}
    for client in clients:
        folder = TARGET / f"python-{client['short']}"
        pip = [str(folder / "bin" / "pip"), "--quiet", "--disable-pip-version-check", "install"]
        requirement = f"{client['package']}=={client['version']}"

        def make(folder=folder, pip=pip, requirement=requirement):
            venv.create(folder, clear=True, with_pip=True)
            run(*pip, requirement)

        unless_there(folder, requirement, make)
        surface = ["cerebras.cloud.sdk", "Cerebras", ""] if "cerebras" in requirement else ["openai", "OpenAI", "/v1"]
        commands[client["short"]] = [str(folder / "bin" / "python"), str(HERE / "python" / "adapter.py"), *surface]
    return commands


def node(clients):
    folder = TARGET / "node"
    packages = {}
    for client in clients:
        packages[alias(client)] = f"npm:{client['package']}@{client['version']}"
        packages |= client.get("with", {})

    def make():
        folder.mkdir(exist_ok=True)
        document = {"private": True, "dependencies": packages}
        (folder / "package.json").write_text(json.dumps(document, indent=2), encoding="utf-8")
        run("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", cwd=folder)

    unless_there(folder, packages, make)
    for script in (HERE / "node").iterdir():  # a module finds packages only beside or above its own file
        (folder / script.name).write_bytes(script.read_bytes())
    return {client["short"]: ["node", *node_arguments(folder, client)] for client in clients}


def alias(client):
    return f"openai-{client['version'].split('.')[0]}" if client["package"] == "openai" else client["package"]


def node_arguments(folder, client):
    if client["package"].startswith("@ai-sdk/"):
        return [str(folder / "ai-sdk.mjs"), client["package"]]
    return [str(folder / "openai.mjs"), alias(client), "/v1" if client["package"] == "openai" else ""]


def java(clients):
    folder = TARGET / "java"
    folder.mkdir(exist_ok=True)
    versions = {client["package"].split(":")[1]: client["version"] for client in clients}
    sources = {str(file): file.stat().st_mtime_ns for file in (HERE / "java").rglob("*") if file.is_file()}
    properties = [f"-D{name}.version={version}" for name, version in versions.items()]
    unless_there(
        folder,
        versions | sources,
        lambda: run(str(TOP / "mvnw"), "-q", "-B", "-f", str(HERE / "java" / "pom.xml"), *properties, "package"),
    )
    java_program = str(Path(os.environ["JAVA_HOME"]) / "bin" / "java")
    main = {"openai-java": "OpenAiJava", "langchain4j-open-ai": "LangChain4j"}
    return {
        client["short"]: [
            *(java_program, "-XX:TieredStopAtLevel=1", "-cp", f"{folder}/classes:{folder}/lib/*"),
            "com.keeptrusts.gateway.clients." + main[client["package"].split(":")[1]],
        ]
        for client in clients
    }


def curl(clients):
    said = subprocess.run(["curl", "--version"], capture_output=True, text=True, check=True).stdout
    for client in clients:
        client["version"] = said.split()[1]
    adapter = [sys.executable, str(HERE / "curl" / "adapter.py")]
    return {client["short"]: [*adapter, client["package"]] for client in clients}
