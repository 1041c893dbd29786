/** What the console filters by. Free of the schema library, as `roles.ts` is. */

/**
 * pending: waits for its turn or its next try · delivered · dead: given up after the whole schedule · unsent: nobody to send to
 * (no address, type switched off, stopped by 410).
 */
export const DELIVERY_STATUSES = ['pending', 'delivered', 'dead', 'unsent'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** pending: on its way · paid: has arrived · failed · returned: sent back by the bank. */
export const PAYOUT_STATUSES = ['pending', 'paid', 'failed', 'returned'] as const;
export type ConsolePayoutStatus = (typeof PAYOUT_STATUSES)[number];

export const CONSOLE_CONTRACT_STATUSES = ['signing', 'completed', 'declined', 'withdrawn', 'expired'] as const;
export type ConsoleContractStatus = (typeof CONSOLE_CONTRACT_STATUSES)[number];
