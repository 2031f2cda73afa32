// The settings that the histories of a campaign show, in one line: whose settings these are, a team sees at once.
import { formatDuration } from '../core/duration.ts'
import type { CampaignResult } from '../result/campaign-result.ts'
import type { ActivitySettings, SettingsSeen } from '../result/settings-seen.ts'

/** More groups of activities than this are only counted: `timing.json` has them all. */
const mostShown = 4

/**
 * `seen: worker SDK temporal-go 1.48.0; workflow task timeout 10 s; sticky timeout 5 s; charge: startToClose 5 min, no
 * heartbeat, retry unlimited`; empty if nothing was seen.
 */
export function settingsSeenLine({ scenarios }: CampaignResult): string {
  const all = scenarios.flatMap(({ runs }) => runs.flatMap(({ settingsSeen = [] }) => settingsSeen))
  const asked = Object.assign({}, ...all.map((one) => one.asked)) as SettingsSeen['asked']
  const parts = [
    listed(
      'worker SDK',
      all.flatMap(({ sdks }) => sdks).map(({ name, version }) => `${name} ${version}`.trim()),
    ),
    values(
      'workflow task timeout',
      all.flatMap(({ workflows }) => workflows.map(({ taskTimeoutMs }) => taskTimeoutMs)),
      asked['start.workflowTaskTimeout'],
    ),
    sticky(all, asked['worker.stickyQueueScheduleToStartTimeout']),
    ...activityGroups(all.flatMap(({ activities }) => activities)),
  ].filter((part) => part !== '')
  return parts.length === 0 ? '' : `seen: ${parts.join('; ')}`
}

function listed(what: string, texts: readonly string[]): string {
  return texts.length === 0 ? '' : `${what} ${[...new Set(texts)].join(' and ')}`
}

function values(what: string, seenMs: readonly number[], askedMs: number | undefined): string {
  const seen = [...new Set(seenMs)].toSorted((a, b) => a - b)
  const isAsked = askedMs === undefined || seen.every((ms) => ms === askedMs)
  const beside = isAsked ? '' : ` (asked for: ${round(askedMs)})`
  return seen.length === 0 ? '' : `${what} ${seen.map(round).join(' and ')}${beside}`
}

/** The server ends such a timeout some milliseconds late. */
const latenessMs = 500

function sticky(all: readonly SettingsSeen[], askedMs: number | undefined): string {
  const seen = all.flatMap(({ sticky: one }) => (one === null ? [] : [one.scheduleToStartMs]))
  const shortest = Math.min(...seen)
  const isAsked = askedMs !== undefined && shortest >= askedMs && shortest < askedMs + latenessMs
  return seen.length === 0 ? '' : values('sticky timeout', [isAsked ? askedMs : shortest], askedMs)
}

/** Types of activities with the same settings stand together. */
function activityGroups(all: readonly ActivitySettings[]): string[] {
  const groups = Map.groupBy(all, describeActivity)
  const texts = [...groups].map(
    ([settings, same]) => `${[...new Set(same.map(({ type }) => type))].join(', ')}: ${settings}`,
  )
  const more = texts.length - mostShown
  return more <= 0 ? texts : [...texts.slice(0, mostShown), `${more} more in timing.json`]
}

/** `startToClose 5 min, no heartbeat, retry unlimited` */
export function describeActivity(settings: ActivitySettings): string {
  const { startToCloseMs, scheduleToCloseMs, scheduleToStartMs, heartbeatMs, retry } = settings
  return [
    limit('startToClose', startToCloseMs),
    heartbeatMs === null ? 'no heartbeat' : limit('heartbeat', heartbeatMs),
    limit('scheduleToClose', scheduleToCloseMs),
    limit('scheduleToStart', scheduleToStartMs),
    retry === null ? '' : `retry ${attempts(retry.maximumAttempts)}`,
  ]
    .filter((part) => part !== '')
    .join(', ')
}

function limit(name: string, ms: number | null): string {
  return ms === null ? '' : `${name} ${round(ms)}`
}

function attempts(most: number | null): string {
  if (most === null) return 'unlimited'
  return most === 1 ? 'never' : `up to ${most} attempts`
}

/** Settings are mostly whole: `10 s`, `5 min`, `1.50 s`. */
function round(ms: number): string {
  return formatDuration(ms)
    .replace(/\.00 s$/, ' s')
    .replace(/(?<=min|h) 00 (s|min)$/, '')
}
