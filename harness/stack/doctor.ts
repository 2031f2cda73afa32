// Whether a campaign can run on this machine: everything it needs, looked at without changing anything.
import { tmpdir } from 'node:os'
import type { Check } from './doctor/check.ts'
import { checkClock, checkCores, checkMemory, checkNode, checkPlatform, checkUser } from './doctor/machine.ts'
import { checkPorts } from './doctor/ports.ts'
import { checkGo, checkPostgres, checkTemporal } from './doctor/software.ts'
import { checkFolder } from './doctor/storage.ts'
import { cacheRoot } from './provision/cache.ts'
import type { SurveyOptions } from './provision/survey.ts'

export type { Check }

/** In the order in which a campaign would meet them. @throws the signal's reason where that is aborted */
export async function examine(options: SurveyOptions): Promise<Check[]> {
  return Promise.all([
    checkNode(),
    checkPlatform(),
    checkPostgres(),
    checkTemporal(options),
    checkGo(options),
    checkUser(),
    checkFolder({
      name: 'temporary folder',
      folder: tmpdir(),
      bytes: 1e9,
      leastBytes: 3e8,
      variable: 'TMPDIR',
    }),
    // The two binaries, and while they are built or unpacked as much again.
    checkFolder({
      name: 'cache folder',
      folder: cacheRoot(options.env),
      bytes: 1e9,
      leastBytes: 4e8,
      variable: 'XDG_CACHE_HOME',
    }),
    checkPorts(),
    checkMemory(),
    checkCores(),
    checkClock(),
  ])
}

export function canRun(checks: readonly Check[]): boolean {
  return checks.every(({ status }) => status !== 'missing')
}
