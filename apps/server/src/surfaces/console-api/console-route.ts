import type { Permission } from '@signet/protocol/console-api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Actor, LoggedIn } from '../../modules/operators/index.ts';

/** One call of the console: origin and input have been checked. */
interface AnyCall<Input> {
  readonly input: Input;
  /** Those of the path; letters, digits, `-` and `_` only. */
  readonly params: Readonly<Record<string, string>>;
  readonly ip: string;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Of somebody who need not be logged in. */
export interface OpenCall<Input> extends AnyCall<Input> {
  readonly caller: LoggedIn | undefined;
}

/** Of an operator who may do what the route asks for. */
export interface ConsoleCall<Input> extends AnyCall<Input> {
  readonly caller: LoggedIn;
  /** For the audit log. */
  readonly actor: Actor;
}

/** anyone: nobody need be logged in · account: every operator, for what is their own. */
export type Access = 'anyone' | 'account' | Permission;

export interface ConsoleRoute {
  readonly access: Access;
  readonly method: 'GET' | 'POST';
  /** Below `/console-api`. */
  readonly path: string;
  readonly input: z.ZodType;
  /** Tries a password or a code: fewer calls a minute. */
  readonly isGuessable?: boolean;
  /** Also for an operator who has to change the password first. */
  readonly isForNewcomers?: boolean;
  /** The answer's JSON; a reply that has been sent already is left alone. */
  readonly handle: (call: ConsoleCall<unknown>) => Promise<unknown>;
}

interface Declaration<Schema extends z.ZodType, Call> extends Omit<ConsoleRoute, 'access' | 'input' | 'handle'> {
  /** Of the body of a POST, of the query of a GET. */
  readonly input: Schema;
  readonly handle: (call: Call) => Promise<unknown>;
}

export function consoleRoute<Schema extends z.ZodType>(
  declaration: Declaration<Schema, ConsoleCall<z.output<Schema>>> & { readonly access: Exclude<Access, 'anyone'> },
): ConsoleRoute {
  // The plugin checks access and input by this very declaration before it calls, so the cast only forgets the types.
  return declaration as unknown as ConsoleRoute;
}

export function openRoute<Schema extends z.ZodType>(
  declaration: Declaration<Schema, OpenCall<z.output<Schema>>>,
): ConsoleRoute {
  return { ...declaration, access: 'anyone' } as unknown as ConsoleRoute;
}
