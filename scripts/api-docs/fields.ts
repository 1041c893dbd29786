import type { JsonSchema } from '../../apps/server/src/surfaces/open-api/openapi-schema.ts';

export interface FieldRow {
  readonly path: string;
  readonly type: string;
  readonly required: boolean;
  readonly note: string;
}

/** A schema as flat rows in declared order: `signers[].signFields[].fileCode`. */
export function fieldRows(schema: JsonSchema, prefix = ''): FieldRow[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const path = `${prefix}${name}`;
    const inner = present(property);
    const row = {
      path: `${path}${inner.type === 'array' ? '[]' : ''}`,
      type: typeName(property),
      required: schema.required?.includes(name) ?? false,
      note: [property.description ?? '', limits(inner)].filter((part) => part !== '').join('。'),
    };
    const nested = inner.type === 'array' ? (inner.items ?? {}) : inner;
    return [row, ...fieldRows(nested, `${row.path}.`)];
  });
}

/** The schema without null, which stands as a branch or as a second type. */
function present(schema: JsonSchema): JsonSchema {
  if (Array.isArray(schema.type)) return { ...schema, type: schema.type.find((type) => type !== 'null') ?? 'null' };
  return schema.anyOf?.find(({ type }) => type !== 'null') ?? schema;
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: '字符串',
  integer: '整数',
  number: '数字',
  boolean: '布尔',
  array: '数组',
  object: '对象',
};

function typeName(schema: JsonSchema): string {
  const inner = present(schema);
  const name = inner.format === 'binary' ? '文件' : (TYPE_NAMES[String(inner.type)] ?? '');
  return inner === schema ? name : `${name} 或 null`;
}

function limits(schema: JsonSchema): string {
  const parts = [
    schema.enum ? `可取 ${schema.enum.map((value) => `\`${value}\``).join(' ')}` : '',
    schema.maxLength === undefined ? '' : `最长 ${schema.maxLength}`,
    range(schema.minimum, schema.maximum),
    schema.maxItems === undefined ? '' : `最多 ${schema.maxItems} 项`,
  ];
  return parts.filter((part) => part !== '').join('，');
}

function range(minimum: number | undefined, maximum: number | undefined): string {
  if (minimum !== undefined && maximum !== undefined) return `${minimum}–${maximum}`;
  return minimum === undefined ? '' : `不小于 ${minimum}`;
}
