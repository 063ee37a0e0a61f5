// openai-node of any major, and the Cerebras SDK, which has the same surface.
import { serve } from './lines.mjs';

const [sdk, path] = process.argv.slice(2);
const { default: Client } = await import(sdk);
const clients = new Map();

function client({ gateway, key, retries, timeout_ms: timeout }) {
  const wanted = JSON.stringify([gateway, key, retries, timeout]);
  if (!clients.has(wanted)) {
    clients.set(wanted, new Client({
      baseURL: gateway + path,
      apiKey: key,
      maxRetries: retries,
      ...(timeout && { timeout }),
    }));
  }
  return clients.get(wanted);
}

async function complete(command, answer) {
  const completion = await client(command).chat.completions.create(command.body);
  answer.choices = completion.choices.map((choice) => ({
    text: choice.message.content ?? '',
    finish: choice.finish_reason,
    tools: (choice.message.tool_calls ?? []).map((call) => call.function),
    logprobs: logprobs(choice),
  }));
  answer.usage = completion.usage && [completion.usage.prompt_tokens, completion.usage.completion_tokens];
}

const logprobs = (choice) => (choice.logprobs?.content ?? []).map((token) => [token.token, token.logprob]);

async function stream(command, answer) {
  answer.events = 0;
  for await (const event of await client(command).chat.completions.create({ ...command.body, stream: true })) {
    answer.events++;
    event.choices.forEach((choice) => add(answer.choices, choice));
    if (answer.events >= (command.take ?? Infinity)) {
      break;
    }
  }
}

function add(choices, { index, delta, finish_reason: finish, ...rest }) {
  const into = (choices[index] ??= { text: '', finish: null, tools: [], logprobs: [] });
  into.text += delta.content ?? '';
  into.finish = finish ?? into.finish;
  into.logprobs.push(...logprobs(rest));
  for (const call of delta.tool_calls ?? []) {
    const tool = (into.tools[call.index] ??= { name: call.function.name, arguments: '' });
    tool.arguments += call.function.arguments ?? '';
  }
}

await serve(
  (command, answer) => (command.stream ? stream(command, answer) : complete(command, answer)),
  (e) => ({
    kind: e.constructor.name,
    status: e.status ?? null,
    code: e.code ?? e.error?.error?.code ?? e.error?.code ?? null,
    body: JSON.stringify(e.error ?? null) + e.message,
  }),
);
