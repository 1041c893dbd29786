/** What an operator is asked. Without a terminal the answers come from standard input, one a line. */
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

let lines: AsyncIterator<string> | undefined;

/** One line that is not shown while it is typed; undefined at the end of the input. */
export async function readSecretLine(question: string): Promise<string | undefined> {
  return (await ask(question, { isShown: false }))?.trim();
}

export async function askConfirmation(question: string, wanted: string): Promise<boolean> {
  return (await ask(question, { isShown: true }))?.trim() === wanted;
}

async function ask(question: string, { isShown }: { readonly isShown: boolean }): Promise<string | undefined> {
  if (!process.stdin.isTTY) return nextLine();
  process.stderr.write(question);
  // A terminal echoes what goes to the interface's output.
  const output = isShown ? process.stderr : new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output, terminal: true });
  try {
    return await new Promise<string | undefined>((resolve) => {
      terminal.once('line', resolve);
      terminal.once('close', () => resolve(undefined));
    });
  } finally {
    terminal.close();
    if (!isShown) process.stderr.write('\n');
  }
}

async function nextLine(): Promise<string | undefined> {
  lines ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const { value, done } = await lines.next();
  return done ? undefined : value;
}
