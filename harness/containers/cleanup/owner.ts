// The owner of a session, as a label on everything that the session makes in an engine: a later session can
// tell leftovers from objects in use. Unlike a temporary folder, an engine may serve several machines and
// containers.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { pidSpace, startOf } from '../../processes/process-table.ts'
import { ownerLabel, sessionLabel } from './labels.ts'

/** Where a harness runs: its pid means nothing elsewhere. */
const hostSchema = z.object({
  pidSpace: z.string(),
  /** Id of the kernel's current boot; empty if it cannot be read. */
  boot: z.string(),
  /** Id of the machine, the same after a reboot; empty if it cannot be read, as in most containers. */
  machine: z.string(),
  /** Processes of other users may be hidden. */
  uid: z.number(),
})
const ownerSchema = hostSchema.extend({ pid: z.number(), started: z.string() })

export type HarnessHost = Readonly<z.infer<typeof hostSchema>>
export type Owner = Readonly<z.infer<typeof ownerSchema>>

/** `rebooted`: its machine is this one and has been rebooted since. */
export type OwnerState = 'alive' | 'dead' | 'rebooted' | 'unknown'

export function thisHost(): HarnessHost {
  const isLinux = process.platform === 'linux'
  return {
    pidSpace: pidSpace(),
    boot: isLinux ? contentOf('/proc/sys/kernel/random/boot_id') : bootOfDarwin(),
    machine: isLinux ? contentOf('/etc/machine-id') : '',
    uid: process.getuid?.() ?? -1,
  }
}

/** The labels of everything that this process makes for a session. */
export function sessionLabels(sessionId: string): Record<string, string> {
  const owner: Owner = { ...thisHost(), pid: process.pid, started: startOf(process.pid) ?? '' }
  return { [sessionLabel]: sessionId, [ownerLabel]: JSON.stringify(owner) }
}

/** Undefined if the label is missing or another version's. */
export function readOwner(text: string | undefined): Owner | undefined {
  try {
    return ownerSchema.parse(JSON.parse(text ?? ''))
  } catch {
    return undefined
  }
}

/** @param started start time of the living process of a pid on this host */
export function stateOfOwner(
  owner: Owner | undefined,
  here: HarnessHost,
  started: (pid: number) => string | undefined = startOf,
): OwnerState {
  if (owner === undefined || owner.pidSpace !== here.pidSpace) return 'unknown'
  if (owner.boot !== '' && owner.boot === here.boot) {
    if (started(owner.pid) === owner.started) return 'alive'
    return here.uid === 0 || here.uid === owner.uid ? 'dead' : 'unknown'
  }
  // Host names are not unique, machine ids nearly are.
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
