import type { Text } from './text.ts'

export const en: Text = {
  appName: 'Overblik',
}
