/** Signs checkpoints of the evidence chains with a key whose certificate anyone can check. */
export interface CheckpointSigner {
  sign(data: Uint8Array): Promise<{ readonly signature: Uint8Array; readonly certificate: Uint8Array }>;
  verify(data: Uint8Array, signature: Uint8Array, certificate: Uint8Array): Promise<boolean>;
}
