/** The demo's voice: one numbered line a step, details below it. */

export interface Terminal {
  step(title: string): void;
  detail(text: string): void;
  done(text: string): void;
}

export function createTerminal(write: (text: string) => void = (text) => process.stdout.write(`${text}\n`)): Terminal {
  let steps = 0;
  return {
    step: (title) => {
      steps += 1;
      write(`\n${steps}. ${title}`);
    },
    detail: (text) => write(`   ${text}`),
    done: (text) => write(`\n${text}`),
  };
}
