// Instances per second of bpmn-engine on simple.bpmn: engine.mjs FILE [INSTANCES].
// The file is parsed once; every instance gets the parsed source, as its documentation advises for speed.
import { readFileSync } from 'node:fs';
import { Engine } from 'bpmn-engine';
import { BpmnModdle } from 'bpmn-moddle';
import * as Elements from 'bpmn-elements';
import Serializer, { TypeResolver } from 'moddle-context-serializer';

const [path, count = '500'] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const instances = Number(count);

// `name > number` is all the shared file asks for; the other engines get the same.
const expressions = {
  isExpression: (text) => typeof text === 'string' && text.includes('>'),
  hasExpression: (text) => typeof text === 'string' && text.includes('>'),
  resolveExpression(text, scope) {
    const [name, bound] = String(text).split('>');
    return bound === undefined ? text : scope.environment.variables[name.trim()] > Number(bound);
  },
};

const moddle = await new BpmnModdle().fromXML(readFileSync(path, 'utf8'));
const resolver = TypeResolver(Elements);
const source = Serializer(moddle, resolver);
let steps = 0;

async function run(amount) {
  const engine = new Engine({ sourceContext: source, expressions, variables: { amount } });
  const ended = engine.waitFor('end');
  const execution = await engine.execute();
  steps += 1;
  for (let open = execution.getPostponed(); open.length > 0; open = execution.getPostponed()) {
    const task = open.find((api) => api.type === 'bpmn:UserTask');
    task.signal();
    steps += 1;
  }
  await ended;
}

const started = performance.now();
for (let number = 0; number < instances; number += 1) await run(number % 20);
const seconds = (performance.now() - started) / 1000;
console.log(`bpmn-engine: ${instances} instances, ${steps} steps in ${seconds.toFixed(2)} s: ${(instances / seconds).toFixed(0)} instances/s`);
