// Undoes what a scenario has struck, however the scenario ended.
import type { Fault } from '../faults/fault.ts'
import type { Service } from '../cluster/service.ts'

/**
 * The last fault first, but those of the database before all others, since a server does not start before its database
 * serves; then once more what could not be undone.
 * @param onStuck told why a fault could not be undone either time
 */
export async function heal(injected: readonly Fault[], onStuck: (thrown: unknown) => void): Promise<void> {
  const stuck: Fault[] = []
  const lastFirst = injected.toReversed()
  const order = [...lastFirst.filter(isOfDatabase), ...lastFirst.filter((fault) => !isOfDatabase(fault))]
  for (const fault of order) await fault.undo().catch(() => stuck.push(fault))
  for (const fault of stuck) await fault.undo().catch(onStuck)
}

function isOfDatabase({ target }: Fault): boolean {
  return target === ('postgres' satisfies Service['name'])
}
