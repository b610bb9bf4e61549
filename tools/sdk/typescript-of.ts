/** TypeScript types from JSON Schema, as far as Zod writes it. */
export type JsonSchema = {
  type?: string | string[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: boolean | JsonSchema
  propertyNames?: JsonSchema
  items?: JsonSchema
  prefixItems?: JsonSchema[]
  enum?: unknown[]
  const?: unknown
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  $ref?: string
}

/** Names of schemas that are written once, by their JSON. */
export type Names = ReadonlyMap<string, string>

/** The type as text; a schema that has a name is written as that name, unless it is the one being defined. */
export function typescriptOf(schema: JsonSchema, names: Names, defining?: string): string {
  const name = names.get(keyOf(schema))
  if (name !== undefined && name !== defining) return name
  const alternatives = schema.anyOf ?? schema.oneOf
  if (alternatives) return unique(alternatives.map((one) => typescriptOf(one, names))).join(' | ')
  if (schema.allOf) return schema.allOf.map((one) => typescriptOf(one, names)).join(' & ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (Array.isArray(schema.type))
    return unique(schema.type.map((type) => typescriptOf({ ...schema, type }, names))).join(' | ')
  return plain(schema, names)
}

/** Two schemas with one key are one type. */
export const keyOf = (schema: JsonSchema): string => JSON.stringify(schema)

function plain(schema: JsonSchema, names: Names): string {
  switch (schema.type) {
    case 'string':
      return 'string'
    case 'number':
    case 'integer':
      return 'number'
    case 'boolean':
      return 'boolean'
    case 'null':
      return 'null'
    case 'array':
      return schema.prefixItems
        ? `[${schema.prefixItems.map((item) => typescriptOf(item, names)).join(', ')}]`
        : `(${typescriptOf(schema.items ?? {}, names)})[]`
    case 'object':
      return objectOf(schema, names)
    default:
      return 'unknown'
  }
}

function objectOf(schema: JsonSchema, names: Names): string {
  if (!schema.properties) {
    const value =
      typeof schema.additionalProperties === 'object' ? typescriptOf(schema.additionalProperties, names) : 'unknown'
    const keys = schema.propertyNames ? typescriptOf(schema.propertyNames, names) : 'string'
    return keys === 'string' ? `Record<string, ${value}>` : `Partial<Record<${keys}, ${value}>>`
  }
  const fields = Object.entries(schema.properties).map(([key, value]) => {
    const mark = schema.required?.includes(key) ? '' : '?'
    return `${/^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key)}${mark}: ${typescriptOf(value, names)}${mark ? ' | undefined' : ''}`
  })
  return `{ ${fields.join('; ')} }`
}

const unique = (list: string[]): string[] => [...new Set(list)]
