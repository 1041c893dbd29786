/** New appearances may hold our kind of forms only: nothing that switches, reaches outside or depends on anything else. */
import { isDict, isName, isRef, isStream, type PdfDict, type PdfObject } from '../syntax/objects.ts';

const FORM_KEYS = new Set(['Type', 'Subtype', 'BBox', 'Matrix', 'Resources', 'Group', 'Length', 'Filter']);
const IMAGE_KEYS = new Set([
  'Type',
  'Subtype',
  'Width',
  'Height',
  'ColorSpace',
  'BitsPerComponent',
  'SMask',
  'Length',
  'Filter',
  'DecodeParms',
  'Decode',
]);
const RESOURCE_KEYS = new Set(['XObject', 'ExtGState', 'Font', 'ProcSet']);

/** Why the object may not be part of an appearance; undefined when it may. */
export function appearanceProblem(object: PdfObject): string | undefined {
  if (!isStream(object)) return 'is neither a form nor an image';
  const { dict } = object;
  const isForm = isName(dict.entries.get('Subtype'), 'Form');
  if (!isForm && !isName(dict.entries.get('Subtype'), 'Image')) return 'is neither a form nor an image';
  const foreign = foreignKey(dict, isForm ? FORM_KEYS : IMAGE_KEYS);
  return foreign ? `has /${foreign}` : resourceProblem(dict.entries.get('Resources'));
}

function resourceProblem(resources: PdfObject | undefined): string | undefined {
  if (resources === undefined) return undefined;
  if (!isDict(resources)) return 'has indirect resources';
  const foreign = foreignKey(resources, RESOURCE_KEYS);
  if (foreign) return `has /${foreign} among its resources`;
  const xObjects = resources.entries.get('XObject');
  if (xObjects === undefined) return undefined;
  return isDict(xObjects) && [...xObjects.entries.values()].every(isRef) ? undefined : 'has a malformed list of forms';
}

function foreignKey(dict: PdfDict, allowed: ReadonlySet<string>): string | undefined {
  return [...dict.entries.keys()].find((key) => !allowed.has(key));
}
