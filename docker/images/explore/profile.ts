// The settings that what is started by hand runs under: those of a profile, CHAOS_PROFILE, as in a campaign.
import { profileNames, profiles, type Profile } from '../../../harness/config/profiles.ts'

/** @throws where CHAOS_PROFILE names none */
export function profile(): Profile {
  const wanted = process.env['CHAOS_PROFILE'] || 'tuned'
  const name = profileNames.find((name) => name === wanted)
  if (name === undefined) throw new Error(`CHAOS_PROFILE is one of ${profileNames.join(', ')}, not ${wanted}`)
  return profiles[name]
}
