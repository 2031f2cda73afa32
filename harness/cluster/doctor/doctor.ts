// Checks whether a campaign can run on this machine, without changing anything.
import { tmpdir } from 'node:os'
import type { Check } from './check.ts'
import { checkContainers } from './containers.ts'
import {
  checkClock,
  checkCores,
  checkMemory,
  checkNode,
  checkOpenFiles,
  checkPlatform,
  checkUser,
} from './machine.ts'
import { checkPorts } from './ports.ts'
import { checkGo, checkPostgres, checkTemporal } from './software.ts'
import { checkFolder } from './storage.ts'
import { cacheRoot } from '../../core/cache-root.ts'
import { clusterBytes } from '../../core/disk-full.ts'
import type { InspectOptions } from '../provision/inspect.ts'

/** With the settings that name images. */
export interface ExamineOptions extends InspectOptions {
  readonly config: InspectOptions['config'] & Parameters<typeof checkContainers>[0]
}

/** In the order in which a campaign would need them. @throws the signal's reason if it is aborted */
export async function examine(options: ExamineOptions): Promise<Check[]> {
  const [temporal, go, user, temporary, cache, ports, clock, containers] = await Promise.all([
    checkTemporal(options),
    checkGo(options),
    checkUser(tmpdir()),
    checkFolder({
      ...temporarySpace,
      name: 'temporary folder',
      folder: tmpdir(),
      variable: 'TMPDIR',
      mustExist: true,
    }),
    checkFolder({
      ...cacheSpace,
      name: 'cache folder',
      folder: cacheRoot(options.env),
      variable: 'XDG_CACHE_HOME',
    }),
    checkPorts(),
    checkClock(),
    checkContainers(options.config, options.env),
  ])
  const programs = [checkNode(), checkPlatform(), checkPostgres(), temporal, go]
  const machine = [checkMemory(), checkCores(), checkOpenFiles(), clock]
  return [...programs, user, temporary, cache, ports, ...machine, ...containers]
}

/** Clusters with the data of a long campaign. */
const temporarySpace = { bytes: 1_000_000_000, leastBytes: clusterBytes } as const
/** Two binaries, and as much again while they are built. */
const cacheSpace = { bytes: 1_000_000_000, leastBytes: 400_000_000 } as const

export function canRun(checks: readonly Check[]): boolean {
  return checks.every(({ status }) => status !== 'missing')
}
