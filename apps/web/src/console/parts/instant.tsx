/** A moment in the viewer's zone; the exact value, in UTC, on hover. */
import { useAppearance } from '../../ui/use-appearance.ts';

const FORMAT: Intl.DateTimeFormatOptions = {
  ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
};

export function Instant({ at }: { readonly at: string }) {
  // Swedish writes dates as ISO 8601 does, which reads the same in both languages and sorts by eye.
  const text = new Intl.DateTimeFormat('sv-SE', FORMAT).format(new Date(at));
  const zone = useZoneName(at);
  return (
    <time dateTime={at} title={`${at}\n${zone}`} className="instant">
      {text}
    </time>
  );
}

function useZoneName(at: string): string {
  const { language } = useAppearance();
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const parts = new Intl.DateTimeFormat(language, { timeZoneName: 'longOffset' }).formatToParts(new Date(at));
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return `${timeZone} ${offset}`;
}
