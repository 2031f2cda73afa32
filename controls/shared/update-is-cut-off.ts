// The worker dies while an update is under way, and the next one ends the workflow before the update is done.
import { timerStarted, type ScenarioContext } from 'temporal-chaos'
import { hurry, slowAmend, type ImpatientInput } from '../workflows/impatient-approval.ts'
import { impatientApproval } from './history-workloads.ts'

export async function updateIsCutOff(
  { worker, start, reach, background }: ScenarioContext,
  ends: ImpatientInput['ends'],
): Promise<void> {
  const request = await start(impatientApproval, { ends })
  void background(request.from('zoe').update(slowAmend))
  await reach(timerStarted(request))
  await worker.kill()
  await request.signal(hurry)
  await worker.restart()
  await request.completes()
}
