/** Which facts of a flow's evidence can be read: masked all of them, and sealed so that they can be made unreadable. */
import type { NewEvidence } from '../evidence/index.ts';

const READABLE = ['facts', 'mobile', 'card', 'agent', 'agentIdNumber', 'account'];

type Facts = NewEvidence['content'];

export function splitPersonal(facts: Facts): Pick<NewEvidence, 'content' | 'personal'> {
  const [readable, rest] = [true, false].map((isReadable) =>
    Object.entries(facts).filter(([name, value]) => (READABLE.includes(name) && value !== null) === isReadable),
  ) as [[string, unknown][], [string, unknown][]];
  return {
    content: Object.fromEntries(rest),
    ...(readable.length > 0 && { personal: Object.fromEntries(readable) }),
  };
}
