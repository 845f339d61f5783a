/** Every Danish word of the citizen's app. `en.ts` has the same shape. */
export const da = {
  appName: 'Overblik',
}
