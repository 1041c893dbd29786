/** What a check of the doctor found. */
export interface Finding {
  readonly level: 'ok' | 'warning' | 'fault';
  readonly subject: string;
  readonly text: string;
  readonly mend?: string;
}

export function ok(subject: string, text: string): Finding {
  return { level: 'ok', subject, text };
}

export function warning(subject: string, text: string, mend: string): Finding {
  return { level: 'warning', subject, text, mend };
}

export function fault(subject: string, text: string, mend: string): Finding {
  return { level: 'fault', subject, text, mend };
}
