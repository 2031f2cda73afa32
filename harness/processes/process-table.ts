// The processes of this machine, seen from outside. The guard, the sweep and every proof about a process rely
// on it. Synchronous on purpose: a snapshot must not be interleaved with our own spawns.
import { hostname } from 'node:os'
import { isAlive, type ProcessId, type ProcessRow, type SessionMark } from './process-row.ts'
import {
  darwinCommand,
  darwinMarked,
  darwinRow,
  darwinRows,
  darwinWithVariable,
} from './process-table-darwin.ts'
import {
  linuxCommand,
  linuxMarked,
  linuxNamespace,
  linuxRow,
  linuxRows,
  linuxWallStart,
  linuxWithVariable,
} from './process-table-linux.ts'

const isLinux = process.platform === 'linux'

/** All processes of the machine, zombies too. */
export function processTable(): ProcessRow[] {
  return isLinux ? linuxRows() : darwinRows()
}

/** When the living process `pid` was started; undefined if there is none. */
export function startOf(pid: number): string | undefined {
  const row = isLinux ? linuxRow(pid) : darwinRow(pid)
  return row !== undefined && isAlive(row) ? row.started : undefined
}

/** Whether this very process lives: another one may have its pid by now. */
export function isRunning({ pid, started }: ProcessId): boolean {
  return startOf(pid) === started
}

/** When this process was started by the wall clock, in milliseconds since the epoch. */
export function wallStartOf({ started }: ProcessId): number {
  return isLinux ? linuxWallStart(started) : Date.parse(started)
}

/** The parent of the process `pid`; undefined if there is no such process. */
export function parentOf(pid: number): number | undefined {
  return (isLinux ? linuxRow(pid) : darwinRow(pid))?.parent
}

/** The command line of `pid`, its words separated by spaces; undefined if there is none to see. */
export function commandOf(pid: number): string | undefined {
  return isLinux ? linuxCommand(pid) : darwinCommand(pid)
}

/** Pids of the processes that carry the mark; those of other users are skipped if the kernel hides them. */
export function markedPids(mark: SessionMark): Set<number> {
  return isLinux ? linuxMarked(mark) : darwinMarked(mark)
}

/** Pids of the processes that have this variable in their environment. @param variable `NAME=value` */
export function pidsWithVariable(variable: string): Set<number> {
  return isLinux ? linuxWithVariable(variable) : darwinWithVariable(variable)
}

/** Names the space that pids belong to: pids of another machine or container mean nothing here. */
export function pidSpace(): string {
  return isLinux ? `${hostname()} ${linuxNamespace()}` : hostname()
}
