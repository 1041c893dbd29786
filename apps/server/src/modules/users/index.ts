export type { CreatedUser, NewOrganization, NewPerson, NewUnverified } from './creation.ts';
export type { PersonInOrganizations, PersonKey } from './erasure.ts';
export { type FactName, type IdentityFacts, InvalidFacts } from './facts.ts';
export type { PersonModification } from './modification.ts';
export type { DefaultSeals, DrawnSeal, KeptSeal, SealOwner } from './ports.ts';
export type { UserDetails, UserKey } from './queries.ts';
export { USERS_SEALED_COLUMNS } from './sealed-columns.ts';
export { createUsers, type Users } from './service.ts';
export {
  type AnyUser,
  FORGOTTEN_NAME,
  type LegalRepresentative,
  type UnverifiedUser,
  type User,
  type UserKind,
} from './user.ts';
