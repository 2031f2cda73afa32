// The process table by /proc.
import { readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { sep } from 'node:path'
import { markVariable, type ProcessRow, type SessionMark } from './process-row.ts'

export function linuxRows(): ProcessRow[] {
  const boot = bootId()
  return pids().flatMap((pid) => linuxRow(pid, boot) ?? [])
}

export function linuxRow(pid: number, boot = bootId()): ProcessRow | undefined {
  const stat = ifPresent(() => readFileSync(`/proc/${pid}/stat`, 'latin1'))
  return stat === undefined ? undefined : parseStat(stat, boot)
}

/** Empty words at the end are what is left of a process's original name. */
export function linuxCommand(pid: number): string | undefined {
  return ifPresent(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
    ?.replaceAll('\0', ' ')
    .trim()
}

/**
 * PostgreSQL's children overwrite the memory that /proc shows as their environment, so a program from
 * the session's folder counts as much as the variable does.
 */
export function linuxMarked(mark: SessionMark): Set<number> {
  const variable = `${markVariable}=${mark.id}`
  const carries = (pid: number) =>
    hasVariable(pid, variable) ||
    ifPresent(() => readlinkSync(`/proc/${pid}/exe`))?.startsWith(mark.folder + sep) === true
  return new Set(pids().filter(carries))
}

/** @param variable `NAME=value` */
export function linuxWithVariable(variable: string): Set<number> {
  return new Set(pids().filter((pid) => hasVariable(pid, variable)))
}

export function linuxNamespace(): string {
  return readlinkSync('/proc/self/ns/pid')
}

/**
 * One line of /proc/<pid>/stat, whose second field is a program's name in brackets that may itself hold
 * brackets and spaces.
 */
export function parseStat(stat: string, boot: string): ProcessRow {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return {
    pid: Number.parseInt(stat, 10),
    state: fields[0] ?? '?',
    parent: Number(fields[1]),
    group: Number(fields[2]),
    started: `${boot}:${fields[19]}`,
  }
}

/** Linux counts starts in hundredths of a second, on every machine that Node runs on. */
const tickMs = 10

/** By the machine's uptime, or by our own start if a container has an uptime of its own: whichever is earlier. */
export function linuxWallStart(started: string): number {
  const sinceBootMs = msOf(started)
  const uptimeMs = Number.parseFloat(readFileSync('/proc/uptime', 'latin1')) * 1_000
  const own = linuxRow(process.pid)
  const byOwnMs = own === undefined ? Infinity : performance.timeOrigin - msOf(own.started)
  // Ticks and the uptime are rounded down.
  return Math.min(Date.now() - uptimeMs, byOwnMs) + sinceBootMs - 2 * tickMs
}

function msOf(started: string): number {
  return Number(started.slice(started.lastIndexOf(':') + 1)) * tickMs
}

/** Start times count from the boot, so they name nothing without it. */
function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()
}

function hasVariable(pid: number, variable: string): boolean {
  const environment = ifPresent(() => readFileSync(`/proc/${pid}/environ`, 'latin1'))
  return environment?.split('\0').includes(variable) === true
}

function pids(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
}

/** Undefined if the process is gone or belongs to another user whose processes are hidden. */
function ifPresent<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES' || code === 'EPERM') return undefined
    throw thrown
  }
}
