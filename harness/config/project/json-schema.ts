// The schema of a chaos.config for editors, and as rows for the documentation.
import { z } from 'zod'
import { projectSchema } from './schema.ts'

/** The part of a JSON Schema that is read here. */
export interface JsonSchema {
  readonly description?: string
  readonly type?: string
  readonly default?: unknown
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly items?: JsonSchema
  readonly additionalProperties?: JsonSchema | boolean
}

/** JSON Schema 2020-12: what may be written, so fields with a default are not required. */
export function projectJsonSchema(): JsonSchema {
  const schema = z.toJSONSchema(projectSchema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => withoutFunctions(jsonSchema),
  })
  return { title: 'chaos.config of temporal-chaos', ...schema } as JsonSchema
}

/** JSON holds no functions. Where one may stand, the schema would otherwise allow anything. */
function withoutFunctions(schema: { anyOf?: unknown[] }): void {
  const { anyOf = [] } = schema
  const some = anyOf.filter((one) => Object.keys(one as object).length > 0)
  if (some.length === anyOf.length) return
  delete schema.anyOf
  Object.assign(schema, some.length === 1 ? some[0] : { anyOf: some })
}

export interface ConfigField {
  /** `worker.command`, `workloads.NAME.type`, `services[].url`. */
  readonly path: string
  readonly description: string
  readonly isRequired: boolean
  /** Undefined if there is none. */
  readonly default?: unknown
}

/** Every field, each after the one that it is in. Of several workers only the list: each is as the one. */
export function configFields(schema: JsonSchema = projectJsonSchema(), path = ''): ConfigField[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const here = path === '' ? name : `${path}.${name}`
    const { description = '', default: preset } = field
    const isRequired = schema.required?.includes(name) ?? false
    const row = { path: here, description, isRequired, ...(preset === undefined ? {} : { default: preset }) }
    return here === 'workers' ? [row] : [row, ...fieldsWithin(field, here)]
  })
}

function fieldsWithin(field: JsonSchema, path: string): ConfigField[] {
  if (field.items !== undefined) return configFields(field.items, `${path}[]`)
  if (typeof field.additionalProperties === 'object' && field.properties === undefined) {
    return configFields(field.additionalProperties, `${path}.NAME`)
  }
  return configFields(field, path)
}
