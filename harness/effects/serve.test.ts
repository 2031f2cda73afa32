import { once } from 'node:events'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'

const program = path.join(import.meta.dirname, 'serve.ts')

test('the program keeps effects over its own death, and ends when it is told to', async () => {
  await using folder = await mkdtempDisposable(path.join(tmpdir(), 'ledger-'))
  const start = async () => {
    const env = { LEDGER_FILE: path.join(folder.path, 'effects.jsonl'), LEDGER_PORT: '0' }
    const child = execa(process.execPath, [program], { env, reject: false })
    const [line] = (await once(child.stdout, 'data')) as [Buffer]
    return { child, line: String(line), port: /:(\d+);/.exec(String(line))?.[1] }
  }
  const first = await start()
  const effect = { key: 'pay', workflowId: 'w', runId: 'r', activityId: '1', attempt: 1, incarnation: 1 }
  const body = JSON.stringify(effect)
  const answer = await fetch(`http://127.0.0.1:${first.port}/effects`, { method: 'POST', body })
  expect(await answer.json()).toEqual({ outcome: 'new', sequence: 1 })
  first.child.kill('SIGKILL')
  await first.child
  const second = await start()
  expect(second.line).toContain('it knows 1 effects')
  second.child.kill('SIGTERM')
  expect(await second.child).toMatchObject({ exitCode: 0 })
}, 60_000)
