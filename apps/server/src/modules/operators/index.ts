export {
  ON_THE_SERVER,
  type OperatorChange,
  type OperatorWithPassword,
  TEMPORARY_PASSWORD_HOURS,
} from './administration.ts';
export type { Actor, Audit, AuditRecord, AuditRow } from './audit.ts';
export { actorOf, type LoggedIn, type NewSession } from './dependencies.ts';
export type { Operator } from './operator.ts';
export type { PasswordCost } from './password.ts';
export { OperatorError, type OperatorRefusal } from './refusal.ts';
export type { Role } from './role.ts';
export { OPERATORS_SEALED_COLUMNS } from './sealed-columns.ts';
export { createOperators, type Operators } from './service.ts';
