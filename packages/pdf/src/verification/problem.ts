import type { PkiProblemCode } from '@signet/pki';

/** Why a document or one of its signatures is not accepted. A closed list: callers translate it. */
export type ProblemCode = PkiProblemCode | DocumentProblemCode | RevisionProblemCode | SignatureProblemCode;

/** About the document as a whole and what was laid out before the first signature. */
export type DocumentProblemCode =
  | 'UNREADABLE'
  | 'NO_PARTY_SIGNATURE'
  | 'PARTY_MISSING'
  | 'EXTRA_BYTES'
  | 'DUPLICATE_FIELD_NAME'
  | 'LAYOUT_INVALID'
  | 'SEAL_FILLED_EARLY';

/** About an increment that came after the layout. */
export type RevisionProblemCode =
  | 'REVISION_STRUCTURE'
  | 'REVISION_UNSIGNED'
  | 'SEVERAL_SIGNATURES'
  | 'TRAILER_CHANGED'
  | 'OBJECT_FREED'
  | 'CATALOG_CHANGED'
  | 'PAGE_TREE_CHANGED'
  | 'PAGE_CHANGED'
  | 'PAGE_CONTENT_CHANGED'
  | 'ANNOTATIONS_CHANGED'
  | 'FORM_CHANGED'
  | 'FIELD_CHANGED'
  | 'SEAL_CHANGED'
  | 'SEAL_NOT_OWNED'
  | 'OBJECT_REDEFINED'
  | 'REFERENCED_OBJECT_DEFINED'
  | 'UNREACHABLE_OBJECT'
  | 'APPEARANCE_FORBIDDEN';

/** About one signature dictionary. */
export type SignatureProblemCode =
  | 'SIGNATURE_DICTIONARY_INVALID'
  | 'BYTE_RANGE_INVALID'
  | 'CONTENTS_INVALID'
  | 'CMS_UNREADABLE'
  | 'LOCK_MISMATCH';

export interface Problem<Code extends ProblemCode = ProblemCode> {
  readonly code: Code;
  /** For logs and reports, in English. */
  readonly detail: string;
  /** The revision in which it was found, from 0. */
  readonly revision?: number;
}
