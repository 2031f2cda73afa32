// What a project's own profile asks for, in one line beside the settings that were seen.
import { profileSchema } from '../config/profiles.ts'
import type { CampaignResult } from '../result/campaign-result.ts'

/** `asked: profile tuned, STICKY_TIMEOUT_MS=1000, order.workflowTaskTimeoutMs=2000`; empty for a profile of the harness. */
export function settingsAskedLine({ campaign }: CampaignResult): string {
  const asked = profileSchema.safeParse(campaign.settings['profile']).data?.asked
  if (asked === undefined) return ''
  const values = Object.entries(asked).map(([name, value]) => `${name}=${textOf(value)}`)
  return `asked: ${[`profile ${campaign.profile}`, ...values].join(', ')}`
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
