export * from './account.ts';
export * from './apps.ts';
export * from './audit.ts';
export * from './callbacks.ts';
export * from './contracts.ts';
export * from './paging.ts';
export * from './sandbox.ts';
