// The Temporal server's log at a run's end: of a panic that it recovered from, nothing else tells.
import { mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Session } from '../stack/session.ts'
import { logSince } from '../stack/service/log-since.ts'
import { panicsIn, type LoggedPanic } from '../stack/service/panics.ts'
import type { Service, Stack } from '../stack/stack.ts'

const server: Service['name'] = 'temporal-server'

/**
 * The panics that the server has logged from `sinceMs` of the wall clock on, whichever run of the stack brought them about.
 * Every backend copies logs; what lies in a container can be had in no other way.
 */
export async function serverPanics(
  stack: Pick<Stack, 'saveLogs'>,
  { folder }: Pick<Session, 'folder'>,
  sinceMs: number,
): Promise<LoggedPanic[]> {
  const copies = await mkdtemp(path.join(folder, 'logs-'))
  try {
    await stack.saveLogs(copies)
    return panicsIn(await logSince(path.join(copies, `${server}.log`), sinceMs), sinceMs)
  } finally {
    await rm(copies, { recursive: true, force: true })
  }
}
