// Runs the command line as a user does, in its own process.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { timingSchema, type CampaignResult } from '../../harness/result/campaign-result.ts'
import type { Place } from './place.ts'

const thisCheckout = fileURLToPath(new URL('../..', import.meta.url))

export interface ChaosPlace extends Pick<Place, 'tmp' | 'reports'> {
  /** A module to load into its process. */
  readonly preload?: string
  /** A program of Node's that starts its arguments, and is started itself. */
  readonly launcher?: string
  /** Where its output goes, a file descriptor. @default a pipe */
  readonly stdout?: number
  /** @default this one */
  readonly checkout?: string
  /** Where the user is. @default the checkout */
  readonly cwd?: string
}

/**
 * A run that passes on a busy machine: by its seed the timer is due during the outage, and its budget is
 * large, since tests that run at the same time make recovery slow.
 */
export const unhurried = ['kill-worker-mid-sleep', '--runs', '1', '--seed', '5', '--budget', '20000'] as const

/** Starts `chaos` with these arguments at a place, on local processes. The returned promise never rejects. */
export function chaos(place: ChaosPlace, ...args: readonly string[]) {
  // Local processes, whatever engine and images this machine has.
  return chaosWith(place, { CHAOS_BACKEND: 'process' }, ...args)
}

/** Like `chaos`, with these variables in its environment. */
export function chaosWith(
  { preload, launcher, stdout, checkout = thisCheckout, cwd = checkout, ...place }: ChaosPlace,
  env: Readonly<Record<string, string | undefined>>,
  ...args: readonly string[]
) {
  const imports = preload === undefined ? [] : [`--import=${preload}`]
  const program = [...imports, path.join(checkout, 'harness/cli/main.ts'), ...args]
  const started = launcher === undefined ? program : [launcher, process.execPath, ...program]
  return execa(process.execPath, started, {
    // Typed as a pipe, which it is in all tests but those that give a descriptor.
    stdout: (stdout ?? 'pipe') as 'pipe',
    cwd,
    env: {
      TMPDIR: place.tmp,
      CHAOS_OUT: place.reports,
      // Colours would disturb the comparison, and `CI` decides how progress is shown.
      NO_COLOR: '1',
      CI: 'true',
      // Vitest sets these for its own workers; a user has none of them.
      NODE_ENV: undefined,
      NODE_OPTIONS: undefined,
      VITEST: undefined,
      ...env,
    },
    reject: false,
    all: true,
    cleanup: false,
    stdin: 'ignore',
  })
}

export type RunningChaos = ReturnType<typeof chaos>

/** The file of this name from the newest campaign. */
export function latest(reports: string, name: string): Promise<string> {
  return readFile(path.join(reports, 'latest', name), 'utf8')
}

export async function latestTiming(reports: string): Promise<CampaignResult> {
  return timingSchema.parse(JSON.parse(await latest(reports, 'timing.json')))
}

/** Resolves once the output so far matches. */
export async function said(running: RunningChaos, pattern: RegExp): Promise<void> {
  let text = ''
  const { promise, resolve } = Promise.withResolvers<void>()
  const listen = (chunk: Buffer) => {
    text += chunk.toString()
    if (pattern.test(text)) resolve()
  }
  running.all.on('data', listen)
  const ended = running.then(({ all }) => {
    throw new Error(`it never said ${String(pattern)}:\n${all}`)
  })
  try {
    await Promise.race([promise, ended])
  } finally {
    running.all.off('data', listen)
  }
}
