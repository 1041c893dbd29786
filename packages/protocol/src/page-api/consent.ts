/** Version of the text that the signing page asks to agree to; it changes whenever the text does. */
export const CONSENT_VERSION = '2026-11';

/** Version of the text that asks for consent to the use of identity data; it changes whenever the text does. */
export const VERIFICATION_CONSENT_VERSION = '2026-11';
