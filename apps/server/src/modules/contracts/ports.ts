import type { LaidOutDocument, LayoutPlan } from '@signet/pdf';

/** Reads untrusted PDF files away from the main thread, with bounded memory and time. */
export interface LayoutEngine {
  layOut(base: Uint8Array, plan: LayoutPlan): Promise<LaidOutDocument>;
}
