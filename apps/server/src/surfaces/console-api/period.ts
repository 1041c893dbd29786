interface Instants {
  readonly begin?: string | undefined;
  readonly end?: string | undefined;
}

/** The protocol's instants, which its schema has checked. */
export function toPeriod({ begin, end }: Instants): { begin: Date | undefined; end: Date | undefined } {
  return { begin: toDate(begin), end: toDate(end) };
}

function toDate(instant: string | undefined): Date | undefined {
  return instant === undefined ? undefined : new Date(instant);
}
