import type { z } from 'zod';

export type HttpMethod = 'GET' | 'POST';
export type Chapter = '实名认证' | '用户' | '文件' | '合同' | '印章' | '回调' | '开放接口' | '沙箱';

/** One endpoint as data: routes, aliases, validation, types, SDK methods and OpenAPI come from it. Paths are below `/api`. */
export interface Endpoint<Input extends z.ZodType = z.ZodType, Result extends z.ZodType = z.ZodType> {
  readonly title: string;
  readonly chapter: Chapter;
  readonly methods: readonly [HttpMethod, ...HttpMethod[]];
  readonly path: string;
  readonly aliases: readonly string[];
  readonly input: Input;
  readonly result: Result;
  /** The body may be `multipart/form-data` with one part `file`. */
  readonly multipart: boolean;
  /** Answers 404 outside sandbox mode. */
  readonly sandboxOnly: boolean;
}

type Declaration<Input extends z.ZodType, Result extends z.ZodType> = Pick<
  Endpoint<Input, Result>,
  'title' | 'chapter' | 'methods' | 'path' | 'input' | 'result'
> &
  Partial<Pick<Endpoint, 'aliases' | 'multipart' | 'sandboxOnly'>>;

export function endpoint<Input extends z.ZodType, Result extends z.ZodType>(
  declaration: Declaration<Input, Result>,
): Endpoint<Input, Result> {
  return { aliases: [], multipart: false, sandboxOnly: false, ...declaration };
}

export type InputOf<E extends Endpoint> = z.output<E['input']>;
export type ResultOf<E extends Endpoint> = z.output<E['result']>;
