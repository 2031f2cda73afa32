// The task queues that somebody has polled or started work on, as the server's database lists them.
import type { DatabaseReader } from './database-reader.ts'

/**
 * The names of a namespace's task queues, each once. Left out are the server's own and those of one worker alone:
 * an SDK ends their names with a UUID.
 * Source: `taskQueueIdAndHash` in the server's `common/persistence/sql/task_common.go` (1.32): the namespace's id, the
 * name, one byte for the kind of tasks.
 * @throws what PostgreSQL says
 */
export async function storedQueues(database: DatabaseReader, namespace: string): Promise<string[]> {
  const [found] = await database.query('SELECT id FROM namespaces WHERE name = $1', [namespace])
  if (!(found?.['id'] instanceof Uint8Array)) return []
  const rows = await database.query(
    'SELECT task_queue_id AS id FROM task_queues UNION SELECT task_queue_id FROM task_queues_v2',
  )
  const prefix = Buffer.from(found['id'])
  const names = rows.flatMap(({ id }) => {
    const bytes = id instanceof Uint8Array ? Buffer.from(id) : Buffer.alloc(0)
    return bytes.subarray(0, prefix.length).equals(prefix)
      ? [queueOf(bytes.subarray(prefix.length, -1).toString('utf8'))]
      : []
  })
  return [...new Set(names)].filter((name) => !isInternal(name)).toSorted()
}

/** A partition of a queue has its name between `/_sys/` and the partition's number. */
function queueOf(name: string): string {
  return /^\/_sys\/(.*)\/\d+$/.exec(name)?.[1] ?? name
}

function isInternal(name: string): boolean {
  return (
    name.startsWith('temporal-sys-') ||
    /[-:](?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.test(name)
  )
}
