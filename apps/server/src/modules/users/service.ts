import { createCreation } from './creation.ts';
import { createContext, type UsersDependencies } from './dependencies.ts';
import { createErasure } from './erasure.ts';
import { createModification } from './modification.ts';
import { createQueries } from './queries.ts';

export type Users = ReturnType<typeof createUsers>;

/** Persons and organizations of an app, verified or not yet. */
export function createUsers(dependencies: UsersDependencies) {
  const context = createContext(dependencies);

  return {
    ...createCreation(context),
    ...createModification(context),
    ...createQueries(context),
    ...createErasure(context),
  };
}
