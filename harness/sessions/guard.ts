// A program that every session starts. When the pipe to its harness closes, for whatever reason, it ends the
// session's processes and removes its folder. Usage: node guard.ts <session id> <session folder>
import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { removeWithRetries } from '../containers/cleanup/remove-session.ts'
import { endProcesses } from '../processes/end-processes.ts'
import { guardReady, guardStays, parseMessage } from './guard-protocol.ts'
import type { ProcessId } from '../processes/process-row.ts'
import { isRunning } from '../processes/process-table.ts'
import { signalTree } from '../processes/process-tree.ts'
import { removeFolder } from '../core/remove-folder.ts'

const [id, folder] = process.argv.slice(2)
if (id === undefined || folder === undefined) throw new Error('usage: guard.ts <session id> <session folder>')

// What ends the harness (Ctrl-C, a closed terminal, a stopped job) must not end the guard before its work is
// done.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
// Once the harness is dead nobody reads our output, and a warning that cannot be printed must not stop us.
process.stderr.on('error', () => undefined)

const children = new Map<number, ProcessId>()
/** Processes that are not the session's, and that the harness has frozen. */
const frozen = new Map<number, ProcessId>()
let dismissed = false

const lines = createInterface({ input: process.stdin })
// A pipe that breaks is as good as one that closes.
process.stdin.on('error', () => lines.close())
say(guardReady)
for await (const line of lines) {
  const message = parseMessage(line)
  if (message?.type === 'watch') children.set(message.child.pid, message.child)
  if (message?.type === 'forget') children.delete(message.pid)
  if (message?.type === 'frozen') frozen.set(message.target.pid, message.target)
  if (message?.type === 'resumed') frozen.delete(message.pid)
  if (message?.type === 'dismiss') dismissed = true
}
if (!dismissed) {
  for (const one of frozen.values()) if (isRunning(one)) signalTree(one.pid, 'SIGCONT')
  await endProcesses({ id, folder }, children.values())
  // If something is left, the sweep of a later start finds it by the folder.
  if (!(await removeWithRetries({ id, folder }, () => say(guardStays)))) process.exit(1)
  await removeFolder(folder)
}

function say(text: string): void {
  try {
    writeSync(1, text)
  } catch (thrown) {
    // The harness is dead. Its closed pipe says so as well, and starts the clean-up.
    if ((thrown as NodeJS.ErrnoException).code !== 'EPIPE') throw thrown
  }
}
