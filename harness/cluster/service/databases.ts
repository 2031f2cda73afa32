// The databases of a Temporal server, and whose they are.

export const databases = { main: 'temporal', visibility: 'temporal_visibility' } as const

export const superuser = 'temporal'

/** The calls of `temporal-sql-tool` that make one database, in order. */
export const schemaSteps = {
  [databases.main]: stepsFor('postgresql/v12/temporal'),
  [databases.visibility]: stepsFor('postgresql/v12/visibility'),
} as const

function stepsFor(schema: string): readonly (readonly [string, ...string[]])[] {
  return [
    ['create-database'],
    ['setup-schema', '--version', '0.0'],
    ['update-schema', '--schema-name', schema],
  ]
}
