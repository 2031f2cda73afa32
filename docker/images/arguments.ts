// The command line of `pnpm images`.
import { parseArgs } from 'node:util'
import { messageOf, UsageError } from '../../harness/core/errors.ts'

export const imageKeys = ['server', 'admin-tools', 'postgres', 'ui', 'worker'] as const
export type ImageKey = (typeof imageKeys)[number]

export const usage = `pnpm images [${imageKeys.join(' | ')}] ...

Builds the container images of the Docker backend from packages alone: those that are named, or all.

  --list           say which are there, and build nothing
  --base <image>   what those that need no PostgreSQL stand on, in place of a Debian made here
  --mirror <url>   where Debian's packages are taken from; this machine's own mirror if it is a Debian
  --help           this`

export interface Wanted {
  readonly keys: readonly ImageKey[]
  readonly list: boolean
  readonly help: boolean
  readonly base: string | undefined
  readonly mirror: string | undefined
}

/** @throws UsageError */
export function readArguments(args: readonly string[]): Wanted {
  const { values, positionals } = parsed(args)
  const unknown = positionals.find((name) => !isKey(name))
  if (unknown !== undefined)
    throw new UsageError(`there is no image ${unknown}`, `There are ${imageKeys.join(', ')}.`)
  const named = imageKeys.filter((key) => positionals.includes(key))
  const keys = named.length === 0 ? imageKeys : named
  if (values.base !== undefined && !/^[\w][\w.:/@-]*$/.test(values.base))
    throw new UsageError(`--base takes the name of an image, got ${JSON.stringify(values.base)}`)
  if (values.mirror !== undefined && !/^https?:\/\/\S+$/.test(values.mirror))
    throw new UsageError(`--mirror takes an http or https address, got ${JSON.stringify(values.mirror)}`)
  return { keys, list: values.list, help: values.help, base: values.base, mirror: values.mirror }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        list: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false, short: 'h' },
        base: { type: 'string' },
        mirror: { type: 'string' },
      },
    })
  } catch (thrown) {
    throw new UsageError(messageOf(thrown), usage)
  }
}

function isKey(name: string): name is ImageKey {
  return (imageKeys as readonly string[]).includes(name)
}
