export * from './grant.ts';
export * from './session.ts';
export * from './signing.ts';
