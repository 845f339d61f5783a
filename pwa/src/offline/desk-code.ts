/** The code by which the crisis line finds a person who calls. */
import type { Profile } from '../api/citizen.ts'
import { guarded, openedVault, reload } from './held.ts'
import { tell } from './tabs.ts'

/** The server has made a new one for this person: it stands here at once, for the one before it finds nobody any more. */
export async function keepDeskCode(citizenId: string, code: string): Promise<void> {
  const vault = openedVault()
  const key = `profile:${citizenId}`
  const put = async () => {
    const profile = await vault.get<Profile>('record', key)
    const changes = profile ? [{ table: 'record' as const, key, value: { ...profile, desk_code: code } }] : []
    return { changes, result: undefined }
  }
  await guarded(vault.amend(put))
  await reload()
  tell('changed')
}
