/** Explains a 401 by the string to sign that the gateway sends back in `X-Ca-Error-Message`. */
import type { SignatureMismatch } from './errors.ts';

const SERVER_STRING = 'Server StringToSign:';
const SHOWN_AROUND = 40;

/** Undefined when the message carries no string to sign. */
export function signatureMismatch(errorMessage: string | null, ours: string): SignatureMismatch | undefined {
  const start = errorMessage?.indexOf(SERVER_STRING) ?? -1;
  if (!errorMessage || start < 0) return undefined;
  const server = errorMessage.slice(start + SERVER_STRING.length).trim();
  const client = asHeaderText(ours).slice(0, Math.max(server.length, 1));
  return { server, client, difference: describe(server, client) };
}

/** The form in which the gateway shows it: line ends as `#`, all that is not ASCII percent-encoded. */
function asHeaderText(text: string): string {
  return text.replaceAll('\n', '#').replace(/[^\x20-\x7e]+/g, (part) => encodeURIComponent(part.toWellFormed()));
}

function describe(server: string, client: string): string {
  if (server === client) return 'The strings to sign are equal: the secret is not that of this AppKey.';
  let at = 0;
  while (server[at] === client[at]) at += 1;
  const from = Math.max(0, at - SHOWN_AROUND);
  const shown = (text: string) => text.slice(from, at + SHOWN_AROUND);
  return `The strings to sign differ at character ${at}: server "${shown(server)}", client "${shown(client)}".`;
}
