/** Version of the text that the signing page asks to agree to; it changes whenever the text does. */
export const CONSENT_VERSION = '2026-11';
