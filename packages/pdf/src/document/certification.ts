/** Certification: a signature that says which changes may follow (ISO 32000-2 §12.8.2.2). */
import type { PdfFile } from '../syntax/file.ts';
import { formFields } from '../syntax/form-fields.ts';
import { isArray, isDict, isName, type PdfDict } from '../syntax/objects.ts';

type Permission = 1 | 2 | 3;

/** The strictest permission that any certifying signature gives, whether or not the catalog names it. */
export function certifiedPermission(file: PdfFile): Permission | undefined {
  const permissions = file.resolve(file.catalog.entries.get('Perms'));
  const named = isDict(permissions) ? file.resolve(permissions.entries.get('DocMDP')) : null;
  const signatures = formFields(file, file.last)
    .filter((field) => field.type === 'Sig')
    .map((field) => file.resolve(field.dict.entries.get('V')));

  const found = [...signatures, named]
    .filter(isDict)
    .map((signature) => docMdpPermission(file, signature))
    .filter((permission) => permission !== undefined);
  return found.length === 0 ? undefined : (Math.min(...found) as Permission);
}

function docMdpPermission(file: PdfFile, signature: PdfDict): Permission | undefined {
  const references = file.resolve(signature.entries.get('Reference'));
  const docMdp = (isArray(references) ? references : [])
    .map((item) => file.resolve(item))
    .find((item): item is PdfDict => isDict(item) && isName(item.entries.get('TransformMethod'), 'DocMDP'));
  if (!docMdp) {
    return undefined;
  }
  const parameters = file.resolve(docMdp.entries.get('TransformParams'));
  const permission = isDict(parameters) ? file.resolve(parameters.entries.get('P')) : null;
  return permission === 1 || permission === 3 ? permission : 2;
}
