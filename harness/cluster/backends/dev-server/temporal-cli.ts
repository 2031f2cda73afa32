// Finds the Temporal CLI that the user has installed.
import path from 'node:path'
import { execa } from 'execa'
import which from 'which'
import { UsageError } from '../../../core/errors.ts'

/** How long it may take to say its version. */
const answersWithinMs = 20_000

/**
 * @param program its name in PATH, or its file, relative to `folder`
 * @throws UsageError `CHAOS_CLI_MISSING` if it is not there, or is another program
 */
export async function findTemporalCli(
  program: string,
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const isFile = program.includes('/')
  const file = isFile ? path.resolve(folder, program) : program
  const found = await which(file, { path: env['PATH'] ?? '', nothrow: true })
  if (found === null) throw missing(isFile ? `${file} is no program` : `there is no ${program} in PATH`)
  const asked = await execa(found, ['server', 'start-dev', '--help'], {
    env,
    extendEnv: false,
    reject: false,
    all: true,
    timeout: answersWithinMs,
    stdin: 'ignore',
  })
  if (asked.exitCode === 0 && asked.all.includes('--db-filename')) return found
  const said = asked.all?.trim().split('\n', 1)[0] ?? ''
  throw missing(`${found} does not know "server start-dev"${said === '' ? '' : `: ${said}`}`)
}

function missing(why: string): UsageError {
  return new UsageError(
    `the development server needs the Temporal CLI: ${why}`,
    'Install it as https://docs.temporal.io/cli says, name its file in `cluster.devServer.program` of your chaos.config, or leave `devServer` out: the harness then starts a server of its own.',
    'CHAOS_CLI_MISSING',
  )
}
