"""What no schema says of the manifests: labels that must meet, probes on ports that exist, one cluster.xml."""

import re
import sys
from pathlib import Path

import yaml

here = Path(sys.argv[1])
documents = [
    document
    for file in sorted(here.glob("*.yaml"))
    for document in yaml.safe_load_all(file.read_text())
]
problems = []


def of(kind):
    return [document for document in documents if document["kind"] == kind]


def subset(labels, of_labels):
    return labels.items() <= of_labels.items()


pods = {
    workload["metadata"]["name"]: workload["spec"]["template"]
    for workload in of("Deployment") + of("StatefulSet")
}
for name, pod in pods.items():
    container = pod["spec"]["containers"][0]
    ports = {port["name"] for port in container["ports"]}
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        if container[probe]["httpGet"]["port"] not in ports:
            problems.append(f"{name}: {probe} asks a port that the container does not have")
    security = container["securityContext"]
    if not security["readOnlyRootFilesystem"] or security["capabilities"]["drop"] != ["ALL"]:
        problems.append(f"{name}: the container may change its root or has capabilities")
    if not pod["spec"]["securityContext"]["runAsNonRoot"]:
        problems.append(f"{name}: may run as root")
    mounted = {mount["name"] for mount in container["volumeMounts"]}
    there = {volume["name"] for volume in pod["spec"]["volumes"]} | {
        claim["metadata"]["name"]
        for workload in of("StatefulSet")
        if workload["metadata"]["name"] == name
        for claim in workload["spec"]["volumeClaimTemplates"]
    }
    if not mounted <= there:
        problems.append(f"{name}: mounts what is not there: {mounted - there}")
    if "--cluster-tls=/certs" not in container["args"]:
        problems.append(f"{name}: the bus between nodes would be in the clear")

for selecting in of("Service") + of("PodDisruptionBudget") + of("NetworkPolicy"):
    spec = selecting["spec"]
    selector = spec.get("selector") or spec["podSelector"]
    labels = selector.get("matchLabels", selector)
    if not any(subset(labels, pod["metadata"]["labels"]) for pod in pods.values()):
        problems.append(f"{selecting['kind']} {selecting['metadata']['name']}: selects no pod")
for scaler in of("HorizontalPodAutoscaler") + of("ScaledObject"):
    if scaler["spec"]["scaleTargetRef"]["name"] not in pods:
        problems.append(f"{scaler['kind']} {scaler['metadata']['name']}: scales nothing that is there")


for scaler in of("ScaledObject"):  # KEDA's own schema comes with KEDA only
    spec = scaler["spec"]
    if not 0 < spec["minReplicaCount"] <= spec["maxReplicaCount"]:
        problems.append(f"ScaledObject {scaler['metadata']['name']}: minReplicaCount and maxReplicaCount do not fit")
    for trigger in spec["triggers"]:
        said = trigger["metadata"]
        if trigger["type"] != "prometheus" or set(said) != {"serverAddress", "query", "threshold"}:
            problems.append(f"ScaledObject {scaler['metadata']['name']}: a trigger without address, query or threshold")
        elif not (isinstance(said["threshold"], str) and float(said["threshold"]) > 0):
            problems.append(f"ScaledObject {scaler['metadata']['name']}: a threshold that is no number in quotes")


def settings(xml):
    xml = re.sub(r"<!--.*?-->", "", xml, flags=re.S)
    properties = dict(re.findall(r'<property name="([^"]+)">([^<]*)<', xml))
    classes = set(re.findall(r"<class>([^<]+)<", xml))
    maps = set(re.findall(r'<(?:multi)?map name="([^"]+)"', xml))
    return properties, classes, maps


[config] = of("ConfigMap")
local_properties, local_classes, local_maps = settings((here.parent / "cluster.xml").read_text())
properties, classes, maps = settings(config["data"]["cluster.xml"])
local_properties.pop("hazelcast.socket.bind.any")  # a pod has one network
if (properties, classes, maps) != (local_properties, local_classes, local_maps):
    problems.append("ConfigMap: its cluster.xml says something else than the one at the top")

print("\n".join(problems) or f"{len(documents)} documents, nothing to say")
sys.exit(1 if problems else 0)
