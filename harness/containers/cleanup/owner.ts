// Whose a session is: written on all that it makes in an engine, so that a later one can tell what a dead one left there
// from what is in use. Unlike a temporary folder, an engine may serve several machines, and containers on them.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { pidSpace, startOf } from '../../processes/process-table.ts'
import { ownerLabel, sessionLabel } from './labels.ts'

/** Where a harness runs: what its pid means anything in. */
const placeSchema = z.object({
  pidSpace: z.string(),
  /** Of the kernel's present life; empty where it cannot be known. */
  boot: z.string(),
  /** Of the machine, over all its boots; empty where it cannot be known, as in most containers. */
  machine: z.string(),
  /** Of the user: the processes of others may be hidden. */
  uid: z.number(),
})
const ownerSchema = placeSchema.extend({ pid: z.number(), started: z.string() })

export type Place = Readonly<z.infer<typeof placeSchema>>
export type Owner = Readonly<z.infer<typeof ownerSchema>>

/** `rebooted`: its machine has this one's names and has been started anew since. */
export type Fate = 'living' | 'dead' | 'rebooted' | 'unknown'

export function thisPlace(): Place {
  const isLinux = process.platform === 'linux'
  return {
    pidSpace: pidSpace(),
    boot: isLinux ? contentOf('/proc/sys/kernel/random/boot_id') : bootOfDarwin(),
    machine: isLinux ? contentOf('/etc/machine-id') : '',
    uid: process.getuid?.() ?? -1,
  }
}

/** Of all that this process makes for a session. */
export function sessionLabels(sessionId: string): Record<string, string> {
  const owner: Owner = { ...thisPlace(), pid: process.pid, started: startOf(process.pid) ?? '' }
  return { [sessionLabel]: sessionId, [ownerLabel]: JSON.stringify(owner) }
}

/** Undefined where it is none of this version's. */
export function readOwner(text: string | undefined): Owner | undefined {
  try {
    return ownerSchema.parse(JSON.parse(text ?? ''))
  } catch {
    return undefined
  }
}

/** @param started when the living process of a pid was started here */
export function fateOf(
  owner: Owner | undefined,
  here: Place,
  started: (pid: number) => string | undefined = startOf,
): Fate {
  if (owner === undefined || owner.pidSpace !== here.pidSpace) return 'unknown'
  if (owner.boot !== '' && owner.boot === here.boot) {
    if (started(owner.pid) === owner.started) return 'living'
    return here.uid === 0 || here.uid === owner.uid ? 'dead' : 'unknown'
  }
  // Names of machines are not unique: their numbers are, or nearly.
  return owner.boot !== '' && owner.machine !== '' && owner.machine === here.machine ? 'rebooted' : 'unknown'
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return ''
  }
}

function bootOfDarwin(): string {
  const { status, stdout } = spawnSync('/usr/sbin/sysctl', ['-n', 'kern.bootsessionuuid'], {
    encoding: 'utf8',
  })
  return status === 0 ? stdout.trim() : ''
}
