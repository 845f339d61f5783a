import { channelsDa } from './channels.da.ts'
import { channelsEn } from './channels.en.ts'
import { language } from './language.ts'

export type ChannelsText = typeof channelsDa

/** The words about other ways to be told in the language on the screen. */
export function channelsText(): ChannelsText {
  return language.value === 'en' ? channelsEn : channelsDa
}
