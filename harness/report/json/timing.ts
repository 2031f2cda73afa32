// `timing.json`: the campaign's result itself, for other programs to read.
import { timingSchema, type CampaignResult } from '../../result/campaign-result.ts'
import { renderJson } from './json.ts'

/** The text of `timing.json`. @throws ChaosError `CHAOS_REPORT_INVALID` */
export function renderTiming(result: CampaignResult): string {
  return renderJson('timing.json', timingSchema, result)
}
