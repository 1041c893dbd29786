export * from './consent.ts';
export * from './embedding.ts';
export * from './grant.ts';
export * from './handwriting.ts';
export * from './session.ts';
export * from './signing.ts';
export * from './trial.ts';
export * from './verification.ts';
