// `timing.json`: the campaign's result for other programs.
import path from 'node:path'
import { timingSchema, type CampaignResult } from '../../result/campaign-result.ts'
import { fileReporter } from '../file-reporter.ts'
import type { Reporter } from '../reporter.ts'
import { renderJson } from './json.ts'

export function timingReporter(folder: string): Reporter {
  return fileReporter(path.join(folder, 'timing.json'), renderTiming)
}

/** The text of `timing.json`. @throws ChaosError `CHAOS_REPORT_INVALID` */
export function renderTiming(result: CampaignResult): string {
  return renderJson('timing.json', timingSchema, result)
}
