/** A later trailer may move the document's end, nothing else. */
import { equalObjects, isArray, type PdfObject } from '../syntax/objects.ts';
import type { Revision } from '../syntax/revisions.ts';

const TABLE_KEYS = ['Size', 'Root', 'Info', 'ID', 'Prev'];
const STREAM_KEYS = [...TABLE_KEYS, 'Type', 'W', 'Index', 'Length', 'Filter', 'DecodeParms'];

/** What the trailer changed; undefined when nothing. */
export function trailerProblem(before: Revision, after: Revision): string | undefined {
  const allowed = after.form === 'table' ? TABLE_KEYS : STREAM_KEYS;
  const foreign = [...after.trailer.entries.keys()].find((key) => !allowed.includes(key));
  if (foreign) return `the trailer has /${foreign}`;
  for (const key of ['Root', 'Info']) {
    if (!equalObjects(before.trailer.entries.get(key), after.trailer.entries.get(key)))
      return `the trailer changes /${key}`;
  }
  if (!equalObjects(permanentId(before), permanentId(after))) return 'the trailer changes /ID';
  return Number(after.trailer.entries.get('Size')) < Number(before.trailer.entries.get('Size'))
    ? 'the trailer lowers /Size'
    : undefined;
}

function permanentId({ trailer }: Revision): PdfObject | undefined {
  const id = trailer.entries.get('ID');
  return isArray(id) ? id[0] : id;
}
