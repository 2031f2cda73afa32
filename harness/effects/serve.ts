// A ledger as a program of its own, for work that is done by hand. Effects outlive it in LEDGER_FILE.
import { RunClock } from '../core/clock.ts'
import { openLedger } from './ledger.ts'

const file = process.env['LEDGER_FILE'] || '/var/lib/ledger/effects.jsonl'
const port = Number(process.env['LEDGER_PORT'] || '8090')

const ledger = await openLedger({
  listenOn: '0.0.0.0',
  port,
  file,
  isOpen: true,
  clock: new RunClock(),
  onError: (thrown) => console.error(thrown),
})
for (const name of ['SIGTERM', 'SIGINT'] as const)
  process.once(name, () => void ledger[Symbol.asyncDispose]())

console.log(`the ledger listens at ${ledger.url}; it knows ${ledger.effects().length} effects`)
