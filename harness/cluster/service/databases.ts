// The databases of a Temporal server, and whose they are.

export const databases = { main: 'temporal', visibility: 'temporal_visibility' } as const

export const superuser = 'temporal'

/** What `temporal-sql-tool` is told to make each of them, one call after the other. */
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
