/** JSON Schema of a tool's parameters, also when its types have Python's names. */

const TYPES: Readonly<Record<string, string>> = {
  dict: 'object',
  float: 'number',
  double: 'number',
  long: 'integer',
  int: 'integer',
  tuple: 'array',
  list: 'array',
  str: 'string',
  bool: 'boolean',
  char: 'string',
}

/** The same schema with JSON Schema's types; `any` says nothing. */
export function jsonSchemaOf(schema: unknown): Record<string, unknown> {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return {}
  const { type, properties, items, ...rest } = schema as Record<string, unknown>
  const told = typeof type === 'string' ? (TYPES[type.toLowerCase()] ?? type) : type
  return {
    // Descriptions and defaults say nothing of what fits, and `format` and `optional` mean other things elsewhere.
    ...pick(rest, ['required', 'enum', 'minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems']),
    ...(told !== undefined && told !== 'any' && { type: told }),
    ...(typeof properties === 'object' &&
      properties !== null && {
        properties: Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, jsonSchemaOf(value)])),
      }),
    ...(items !== undefined && { items: jsonSchemaOf(items) }),
  }
}

const pick = (value: Record<string, unknown>, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(names.flatMap((name) => (value[name] === undefined ? [] : [[name, value[name]]])))
