"""Instances per second of SpiffWorkflow on simple.bpmn: spiff.py FILE [INSTANCES] [--store]."""

import io
import json
import sys
import time

from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState


def run(spec, amount, serializer):
    workflow = BpmnWorkflow(spec)
    workflow.data["amount"] = amount
    for task in workflow.get_tasks(state=TaskState.READY):
        task.data["amount"] = amount
    workflow.do_engine_steps()
    steps = 1
    while not workflow.completed:
        if serializer:
            workflow = serializer.deserialize_json(serializer.serialize_json(workflow))
        workflow.get_next_task(state=TaskState.READY, manual=True).run()
        workflow.do_engine_steps()
        steps += 1
    return steps


def main():
    plain = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    path, instances = plain[0], int(plain[1]) if len(plain) > 1 else 2000
    serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure()) if "--store" in sys.argv else None
    parser = BpmnParser()
    with open(path, "rb") as file:
        parser.add_bpmn_io(io.BytesIO(file.read()))
    spec = parser.get_spec("simple")
    started = time.perf_counter()
    steps = sum(run(spec, number % 20, serializer) for number in range(instances))
    seconds = time.perf_counter() - started
    print(f"SpiffWorkflow: {instances} instances, {steps} steps in {seconds:.2f} s: {instances / seconds:.0f} instances/s")


main()
