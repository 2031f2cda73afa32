// Shows the progress of a campaign. A terminal gets one live line below the ended runs, any other output only
// lines.
import { createLogUpdate } from 'log-update'
import { consoleText, consoleTexts } from '../../core/console-text.ts'
import { monotonicMs } from '../../core/clock.ts'
import type { PlannedRun } from '../../campaign/plan.ts'
import { formatDuration } from '../../core/duration.ts'
import type { CampaignResult, RunResult, Verdict } from '../../result/campaign-result.ts'
import type { Paint } from './paint.ts'
import type { FinishedRun, Reporter } from '../reporter.ts'
import { describeCause, worstCause } from '../run-details.ts'

export interface Terminal {
  readonly stream: NodeJS.WritableStream
  readonly isLive: boolean
  readonly paint: Paint
}

interface Running {
  readonly sinceMs: number
  readonly doing: string
}

/** How often running work is mentioned again if there is no terminal. */
const mentionEveryMs = 10_000
const redrawEveryMs = 250

const marks = {
  pass: ['green', '✔'],
  fail: ['red', '✘'],
  inconclusive: ['yellow', '?'],
  error: ['magenta', '!'],
} as const satisfies Record<Verdict, readonly [string, string]>

export class Progress implements Reporter, Disposable {
  readonly #terminal: Terminal
  readonly #live: ReturnType<typeof createLogUpdate> | undefined
  readonly #redraw: NodeJS.Timeout | undefined
  readonly #running = new Map<PlannedRun, Running>()
  #preparing: { what: string; sinceMs: number } | undefined
  #mentionedMs = -Infinity

  constructor(terminal: Terminal) {
    this.#terminal = terminal
    if (!terminal.isLive) return
    this.#live = createLogUpdate(terminal.stream)
    this.#redraw = setInterval(() => this.#draw(), redrawEveryMs)
  }

  /** The current work before the first run. Texts that differ only in figures count as the same work. */
  preparing(what: string): void {
    const nowMs = monotonicMs()
    const isNew = this.#preparing === undefined || wordsOf(what) !== wordsOf(this.#preparing.what)
    this.#preparing = { what, sinceMs: isNew ? nowMs : (this.#preparing?.sinceMs ?? nowMs) }
    if (this.#live !== undefined) this.#draw()
    else if (isNew || nowMs - this.#mentionedMs >= mentionEveryMs) {
      this.#mentionedMs = nowMs
      this.line(this.#terminal.paint('dim', what))
    }
  }

  started(planned: PlannedRun): void {
    this.#preparing = undefined
    this.#running.set(planned, { sinceMs: monotonicMs(), doing: 'start the worker' })
    this.#draw()
  }

  /** The current step of a run. */
  step(planned: PlannedRun, doing: string): void {
    const running = this.#running.get(planned)
    if (running !== undefined) this.#running.set(planned, { ...running, doing: consoleText(doing) })
    this.#draw()
  }

  async onCampaignReady({ campaign }: CampaignResult): Promise<void> {
    const { server, postgres } = campaign.versions
    this.line(
      `cluster: Temporal ${server ?? '?'} on PostgreSQL ${postgres ?? '?'}, backend ${campaign.backend}`,
    )
  }

  async onRunFinished({ planned, run }: FinishedRun): Promise<void> {
    this.#running.delete(planned)
    this.line(describeRun(planned.scenario.name, run, this.#terminal.paint))
  }

  /** Clears the live line for the next campaign of a comparison. */
  async onCampaignFinished(): Promise<void> {
    this.#preparing = undefined
    this.#running.clear()
    this.#draw()
  }

  /** Prints a line that stays. */
  line(text: string): void {
    this.#live?.clear()
    this.#terminal.stream.write(`${text}\n`)
    this.#draw()
  }

  [Symbol.dispose](): void {
    clearInterval(this.#redraw)
    this.#live?.clear()
    this.#live?.done()
  }

  #draw(): void {
    if (this.#live === undefined) return
    const nowMs = monotonicMs()
    const text =
      this.#preparing === undefined
        ? [...this.#running].map(([planned, running]) => describeRunning(planned, running, nowMs)).join('\n')
        : `… ${this.#preparing.what} ${seconds(nowMs - this.#preparing.sinceMs)}`
    if (text === '') this.#live.clear()
    else this.#live(this.#terminal.paint('dim', text))
  }
}

/** `✔ kill-worker-mid-sleep #3  recovery 1.03 s (respawn of the worker, 0.62 s)  timer is due: during the outage` */
export function describeRun(scenario: string, given: RunResult, paint: Paint): string {
  const run = consoleTexts(given)
  const [colour, mark] = marks[run.verdict]
  const cause = worstCause(run)
  const because = cause === null ? '' : ` (${describeCause(cause)})`
  const recovery =
    run.recoveryMs === null ? 'recovery not measured' : `recovery ${formatDuration(run.recoveryMs)}`
  const virtual = run.virtualMs > 0 ? [`${formatDuration(run.virtualMs)} of virtual time`] : []
  const choices = Object.entries(run.choices).map(([name, value]) => `${name}: ${String(value)}`)
  const said = run.reason === null ? [] : [`${run.verdict}: ${run.reason.split('\n')[0] ?? ''}`]
  const others = [...virtual, ...choices, ...said].map((text) => `  ${paint('dim', text)}`).join('')
  return `${paint(colour, mark)} ${scenario} #${run.run}  ${recovery}${because}${others}`
}

function describeRunning({ scenario, run }: PlannedRun, { sinceMs, doing }: Running, nowMs: number): string {
  return `… ${scenario.name} #${run} ${seconds(nowMs - sinceMs)}  ${doing}`
}

function wordsOf(text: string): string {
  return text.replace(/[\d.,:%]+/g, '')
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(0)} s`
}
