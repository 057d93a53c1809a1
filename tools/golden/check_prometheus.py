#!/usr/bin/env python3
"""Reads an exposition of metrics by Prometheus's own parser, and checks what it must keep.

usage: MORELLI_DUMP=dump.txt swift test --filter PrometheusRegistryTests
       tools/golden/check_prometheus.py dump.txt        (or the answer of a running daemon's /metrics)

Every line must parse; a name stands for one metric, without a series twice; a histogram's buckets rise, the last of them is
+Inf and equals _count. Printed: what was read. Needs prometheus_client (PyPI).
"""
import argparse
import math
import pathlib
import sys

from prometheus_client.parser import text_string_to_metric_families


def faults(family):
    seen, buckets, counts = set(), {}, {}
    for sample in family.samples:
        key = (sample.name, tuple(sorted(sample.labels.items())))
        if key in seen:
            yield f"{key} comes twice"
        seen.add(key)
        rest = tuple(sorted((k, v) for k, v in sample.labels.items() if k != "le"))
        if family.type == "histogram" and sample.name.endswith("_bucket"):
            buckets.setdefault(rest, []).append((float(sample.labels["le"]), sample.value))
        elif family.type == "histogram" and sample.name.endswith("_count"):
            counts[rest] = sample.value
        elif family.type == "counter" and not sample.value >= 0:
            yield f"{key} is a counter of {sample.value}"
    for rest, found in buckets.items():
        if found != sorted(found) or [v for _, v in found] != sorted(v for _, v in found):
            yield f"{family.name}{rest}: the buckets don't rise"
        if found[-1] != (math.inf, counts.get(rest)):
            yield f"{family.name}{rest}: the last bucket is {found[-1]}, the count {counts.get(rest)}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dump", type=pathlib.Path)
    text = parser.parse_args().dump.read_bytes().decode("utf-8")
    families = list(text_string_to_metric_families(text))
    names = [f.name for f in families]
    wrong = [f"{n} is declared twice" for n in sorted(set(names)) if names.count(n) > 1]
    for family in families:
        if family.type == "unknown":
            wrong.append(f"{family.name} has no type")
        wrong += faults(family)
        print(f"{family.type:10}{family.name}: {len(family.samples)} samples  {family.documentation!r}")
        for sample in family.samples:
            print(f"          {sample.name} {sample.labels} {sample.value}")
    if not families:
        wrong.append("nothing was read")
    for line in wrong:
        print("wrong:", line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
