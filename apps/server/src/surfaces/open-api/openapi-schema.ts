import { z } from 'zod';
import { fieldNote } from './field-notes.ts';

/** The part of JSON Schema 2020-12 that the catalogue needs. */
export interface JsonSchema {
  type?: string | string[];
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  additionalProperties?: boolean | JsonSchema;
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}

/** A schema as it reads on the wire: unknown fields are allowed, every field carries its note. */
export function wireSchema(schema: z.ZodType, endpointName: string): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'output' });
  return loosen(json as JsonSchema, [endpointName]);
}

function loosen(schema: JsonSchema, holders: readonly string[]): JsonSchema {
  const loose = withoutMachineBounds({ ...schema });
  // "No more fields" and integer bounds are artefacts of zod: the wire ignores unknown fields.
  if (loose.additionalProperties === false) delete loose.additionalProperties;
  if (loose.properties) loose.properties = annotated(loose.properties, holders);
  if (loose.items) loose.items = loosen(loose.items, holders);
  if (loose.anyOf) loose.anyOf = loose.anyOf.map((part) => loosen(part, holders));
  return loose;
}

function annotated(properties: Record<string, JsonSchema>, holders: readonly string[]): Record<string, JsonSchema> {
  const entries = Object.entries(properties).map(([field, schema]) => {
    const note = fieldNote(field, holders);
    const inner = loosen(schema, [field, ...holders]);
    return [field, note ? { ...inner, description: note } : inner] as const;
  });
  return Object.fromEntries(entries);
}

function withoutMachineBounds(schema: JsonSchema): JsonSchema {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.minItems === 0) delete schema.minItems;
  return schema;
}
