// Cleans up after sessions whose harness and guard were both killed.
import { messageOf } from '../core/errors.ts'
import { removeSessionFromEngine } from '../containers/cleanup/remove-session.ts'
import { endProcesses } from '../processes/end-processes.ts'
import type { SessionMark } from '../processes/process-row.ts'
import { removeFolder } from '../core/remove-folder.ts'
import { findDeadSessions } from './session-folder.ts'

/**
 * Ends the processes that carry the mark of a dead session and removes its containers and folder. Touches
 * nothing else. If something cannot be removed, a notice says so, and the harness starts all the same.
 */
export async function sweep(onNotice: (text: string) => void): Promise<void> {
  for (const mark of await findDeadSessions()) {
    try {
      await removeDeadSession(mark)
      onNotice(`removed what a killed session had left behind: ${mark.folder}`)
    } catch (thrown) {
      onNotice(`cannot remove what a killed session left behind in ${mark.folder}: ${messageOf(thrown)}`)
    }
  }
}

async function removeDeadSession(mark: SessionMark): Promise<void> {
  const survivors = await endProcesses(mark, [])
  if (survivors.length > 0)
    throw new Error(`processes ${survivors.map((row) => row.pid).join(', ')} do not end`)
  const contained = await removeSessionFromEngine(mark)
  if (contained.length > 0) throw new Error(`the container engine keeps ${contained.join(', ')}`)
  await removeFolder(mark.folder)
}
