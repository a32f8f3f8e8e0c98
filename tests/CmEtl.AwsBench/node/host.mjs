// Runs state machines and S3 servers for all benches of a test program. One JSON object per line in and out; every response has the id of its request, and
// everything else that is kept belongs to one request.
import { createInterface } from 'node:readline';

// The interpreter requires Node 22, but uses only this part of it.
Promise.withResolvers ??= function () {
  let resolve, reject;
  const promise = new Promise((a, b) => { resolve = a; reject = b; });
  return { promise, resolve, reject };
};

const { StateMachine } = await import('aws-local-stepfunctions');
const { LambdaClient, InvokeCommand } = await import('@aws-sdk/client-lambda');
const { default: validate } = await import('asl-validator');

const running = new Map();
const buckets = new Map();
const say = (line) => process.stdout.write(JSON.stringify(line) + '\n');

class TaskError extends Error {
  constructor(name, cause, terminal = false) {
    super(cause);
    this.name = name;
    this.isRetryable = this.isCatchable = !terminal;
  }
}

// One client for all executions of a bench, so that they share its connections.
const clients = new Map();
function client(settings) {
  const key = JSON.stringify(settings);
  // The retriers of the definition are what is to be seen.
  if (!clients.has(key)) clients.set(key, new LambdaClient({ ...settings, maxAttempts: 1 }));
  return clients.get(key);
}

// The interpreter's own call reports throttling differently from the service and has no limit for a state's data.
async function invoke(lambda, resource, input) {
  let reply;
  try {
    reply = await lambda.send(new InvokeCommand({ FunctionName: resource, Payload: JSON.stringify(input) }));
  } catch (error) {
    const name = error.$metadata?.httpStatusCode ? error.name : 'SdkClientException';
    throw new TaskError(`Lambda.${name}`, error.message);
  }
  const text = new TextDecoder().decode(reply.Payload);
  if (reply.FunctionError) throw new TaskError(JSON.parse(text).errorType ?? 'Lambda.Unknown', text);
  if (text.length > 262144) throw new TaskError('States.DataLimitExceeded', 'The result exceeds 256 KiB.', true);
  return JSON.parse(text);
}

function tasks(machine, found = {}) {
  for (const [name, state] of Object.entries(machine.States)) {
    if (state.Type === 'Task') found[name] = state;
    for (const inner of [state.ItemProcessor, ...(state.Branches ?? [])]) if (inner) tasks(inner, found);
  }
  return found;
}

// The interpreter does not support a Distributed Map. It runs a task instead, for which the bench does the work.
const asked = new Map();
let asks = 0;
function ask(id, state, input) {
  return new Promise((resolve, reject) => {
    asked.set(++asks, { resolve, reject });
    say({ id, ask: asks, state, input });
  });
}

function distributed(machine) {
  const found = [];
  for (const [name, state] of Object.entries(machine.States)) {
    if (state.ItemProcessor?.ProcessorConfig?.Mode !== 'DISTRIBUTED') continue;
    const { InputPath, ResultSelector, ResultPath, OutputPath, Retry, Catch, Next, End } = state;
    machine.States[name] = JSON.parse(JSON.stringify({
      Type: 'Task', Resource: 'arn:aws:states:::bench:map', InputPath, ResultSelector, ResultPath, OutputPath, Retry, Catch, Next, End,
    }));
    found.push(name);
  }
  return found;
}

// The validator compiles its schema for each definition, which takes a tenth of a second. Most tests have the same definitions.
const validated = new Map();

const operations = {
  validate({ definition }) {
    const key = JSON.stringify(definition);
    if (!validated.has(key)) validated.set(key, validate(definition, { checkPaths: true, checkArn: true }));
    const { isValid, errors } = validated.get(key);
    return { valid: isValid, errors: errors.map((e) => ({ code: e['Error code'], message: e.Message ?? e.message ?? '', path: e.path ?? e.instancePath ?? '' })) };
  },

  async run({ id, definition, input, context, retryMilliseconds, lambda }) {
    const maps = distributed(definition);
    const states = Object.entries(tasks(definition));
    const overrides = {
      taskResourceLocalHandlers: Object.fromEntries(states.map(([name, s]) => [name, maps.includes(name) ? (given) => ask(id, name, given) : (given) => invoke(client(lambda), s.Resource, given)])),
      retryIntervalOverrides: retryMilliseconds == null ? {} : Object.fromEntries(states.map(([name]) => [name, retryMilliseconds])),
    };
    const machine = new StateMachine(definition, { validationOptions: { noValidate: true } });
    const execution = machine.run(input, { overrides, context });
    running.set(id, execution);
    const result = execution.result.then(
      (output) => ({ status: 'SUCCEEDED', output }),
      (error) => {
        if (error.name === 'ExecutionAbortedError') return { status: 'ABORTED' };
        if (error.name === 'ExecutionTimeoutError') return { status: 'TIMED_OUT', error: 'States.Timeout' };
        return { status: 'FAILED', error: error.cause?.name ?? error.name, cause: error.cause?.message ?? error.message };
      });
    for await (const event of execution.eventLogs) {
      if (maps.includes(event.state?.name)) event.state.type = 'Map';
      say({ id, event });
    }
    running.delete(id);
    return result;
  },

  answer({ ask, output, error, cause }) {
    const { resolve, reject } = asked.get(ask);
    asked.delete(ask);
    if (error) reject(new TaskError(error, cause));
    else resolve(output);
    return {};
  },

  stop({ execution }) {
    running.get(execution)?.abort();
    return {};
  },

  // Responds when the server is closed.
  async s3({ id, ...settings }) {
    const { serve } = await import('./s3.mjs'); // Most test programs have no S3.
    const faults = [];
    const server = await serve(settings, faults, (event) => say({ id, event }));
    buckets.set(id, { server, faults });
    say({ id, event: { port: server.address().port } });
    return new Promise((resolve) => server.on('close', () => resolve({})));
  },

  fail({ s3, faults }) {
    buckets.get(s3).faults.splice(0, Infinity, ...faults);
    return {};
  },

  close({ s3 }) {
    const { server } = buckets.get(s3);
    buckets.delete(s3);
    server.close();
    server.closeAllConnections();
    return {};
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  Promise.resolve()
    .then(() => operations[request.operation](request))
    .then((answer) => request.id && say({ id: request.id, answer }), (error) => say({ id: request.id, failure: `${error?.stack ?? error}` }));
}
process.exit(0);
