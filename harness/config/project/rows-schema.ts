// The part of a chaos.config that says where a project's own tables show what its activities did.
import { z } from 'zod'

const column = z.string().min(1, 'the name of a column')

/** A password in a file ends up in a repository. */
function hasPassword(url: string): boolean {
  return URL.canParse(url) && new URL(url).password !== ''
}

const places = ['urlVariable', 'url', 'file'] as const

export const rowsSchema = z
  .strictObject({
    urlVariable: z
      .string()
      .min(1)
      .optional()
      .describe('The environment variable with the address of a PostgreSQL database: `postgres://…`.'),
    url: z
      .string()
      .regex(/^postgres(?:ql)?:\/\//, 'an address that begins with postgres://')
      .refine((url) => !hasPassword(url), 'an address without a password: name its variable in "urlVariable"')
      .optional()
      .describe('The address itself, if it needs no password.'),
    file: z
      .string()
      .min(1)
      .optional()
      .describe('A SQLite database, relative to the folder of this file, in place of the two above.'),
    query: z
      .string()
      .min(1)
      .describe('One SELECT, of the key and of whatever must not change. It cannot write anything.'),
    key: z
      .union([column, z.array(column).min(1)], 'the name of a column, or a list of them')
      .describe('The column, or columns, that name one effect: there must be one row for each value.'),
  })
  .refine((given) => places.filter((place) => given[place] !== undefined).length === 1, {
    error: 'one of "urlVariable", "url" and "file"',
  })

export type ProjectRows = z.output<typeof rowsSchema>
