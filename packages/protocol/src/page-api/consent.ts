/** Version of the text that the signing page asks to agree to; it changes whenever the text does. */
export const CONSENT_VERSION = '2026-11';

/** Version of the text that asks for consent to the use of identity data; it changes whenever the text does. */
export const VERIFICATION_CONSENT_VERSION = '2026-11';

/** Who reads pictures of documents: this platform itself, or a service that they are sent to, which is another text to agree to. */
export type PictureReaderKind = 'local' | 'vendor';

/** Version of the text that asks for separate consent to pictures of documents. */
export function pictureConsentVersion(reader: PictureReaderKind): string {
  return `2026-11-${reader}`;
}
