// What both engines expect of a browser, with the clock stopped, and the conversation with the runner:
// one form a line in, one answer a line out.
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

export const require = createRequire(process.cwd() + '/');
export const load = (name) => import(pathToFileURL(require.resolve(name)));

export function browser() {
  const { JSDOM } = require('jsdom');
  const { window } = new JSDOM('', { url: 'http://localhost/' });
  for (const name of Object.getOwnPropertyNames(window)) {
    if (/^[A-Z]/.test(name) && !(name in globalThis)) globalThis[name] = window[name];
  }
  globalThis.window = window;
  globalThis.document = window.document;
  return window;
}

export function stopClock(moment) {
  const Running = Date;
  const still = Running.parse(moment);
  globalThis.Date = class extends Running {
    constructor(...parts) {
      super(...(parts.length ? parts : [still]));
    }
    static now() {
      return still;
    }
  };
}

export async function answer(judge) {
  for await (const line of createInterface({ input: process.stdin })) {
    let found;
    try {
      found = await judge(JSON.parse(line));
    } catch (error) {
      found = { refused: String(error?.message ?? error).slice(0, 300) };
    }
    process.stdout.write(JSON.stringify(found) + '\n');
  }
}
