/** A command that cannot do what was asked; the message is all the operator sees. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

export function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}
