// The Vercel AI SDK with the provider package that is named.
import { generateText, jsonSchema, Output, streamText, tool } from 'ai';
import { serve } from './lines.mjs';

const [name] = process.argv.slice(2);
const provider = await import(name);

function model({ gateway, key, body }) {
  const settings = { baseURL: gateway + '/v1', apiKey: key };
  return name === '@ai-sdk/cerebras'
    ? provider.createCerebras(settings)(body.model)
    : provider.createOpenAICompatible({ ...settings, name: 'gateway', supportsStructuredOutputs: true })(body.model);
}

function settings(command, stop) {
  const { messages, tools, tool_choice: toolChoice, response_format: format } = command.body;
  return {
    model: model(command),
    messages: messages.map(translated),
    maxRetries: command.retries,
    abortSignal: stop,
    ...(tools && { toolChoice, tools: Object.fromEntries(tools.map((each) => [each.function.name, declared(each)])) }),
    ...(format && { output: Output.object({ schema: jsonSchema(format.json_schema.schema) }) }),
  };
}

const declared = ({ function: { description, parameters } }) =>
  tool({ description, inputSchema: jsonSchema(parameters) });

const translated = ({ role, content }) => ({
  role,
  content: typeof content === 'string' ? content : content.map((part) =>
    part.type === 'text' ? part : { type: 'file', mediaType: 'image/png', data: part.image_url.url.split(',')[1] }),
});

const finish = (reason) => reason?.replace('-', '_') ?? null;
const called = (call) => ({ name: call.toolName, arguments: JSON.stringify(call.input) });

async function complete(command, answer) {
  const stop = command.timeout_ms ? AbortSignal.timeout(command.timeout_ms) : undefined;
  const result = await generateText(settings(command, stop));
  const tools = result.toolCalls.map(called);
  answer.choices = [{ text: result.text, finish: finish(result.finishReason), tools }];
  answer.usage = [result.usage.inputTokens, result.usage.outputTokens];
}

async function stream(command, answer) {
  const stop = new AbortController();
  const choice = { text: '', finish: null, tools: [] };
  answer.choices = [choice];
  answer.events = 0;
  for await (const part of streamText({ ...settings(command, stop.signal), onError() {} }).fullStream) {
    if (part.type === 'error') {
      throw part.error;
    } else if (part.type === 'text-delta') {
      answer.events++;
      choice.text += part.text;
    } else if (part.type === 'tool-call') {
      answer.events++;
      choice.tools.push(called(part));
    } else if (part.type === 'finish') {
      choice.finish = finish(part.finishReason);
    }
    if (answer.events >= (command.take ?? Infinity)) {
      stop.abort();
      break;
    }
  }
}

function described(thrown) {
  const e = thrown.lastError ?? thrown; // after retries the last error is wrapped
  const body = e.responseBody ?? (typeof e === 'string' ? e : JSON.stringify(e));
  return { kind: e.name ?? typeof e, status: e.statusCode ?? null, code: code(body), body };
}

function code(body) {
  try {
    const document = JSON.parse(body);
    return document.error?.code ?? document.code ?? null;
  } catch {
    return null;
  }
}

await serve(
  (command, answer) => (command.stream ? stream(command, answer) : complete(command, answer)),
  described,
);
