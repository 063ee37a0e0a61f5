// One command a line in, one answer a line out; whatever a client throws is part of the answer.
import { createInterface } from 'node:readline';

export async function serve(ask, describe) {
  for await (const line of createInterface({ input: process.stdin })) {
    const command = JSON.parse(line);
    let answer = { choices: [] };
    try {
      for (let time = 0; time < (command.repeat ?? 1); time++) {
        answer = { choices: [] };
        await ask(command, answer);
        await new Promise(setImmediate); // fetch lets go of a connection one turn after the end that it read
      }
    } catch (e) {
      answer.error = describe(e);
    }
    process.stdout.write(JSON.stringify(answer) + '\n');
  }
}
