import { lazily } from '../../features/lazy.tsx'

const pages = lazily(async () => {
  const routes = await import('./LaterRoutes.tsx')
  routes.prepareRooms()
  return routes
})

/** Fetches the pages before anybody asks for them: they need no network afterwards. */
export const prepareLater = pages.prepare

/** Every page that is not among the first: also that there is none at this address. */
export function LaterPlace({ here }: { here: string }) {
  return <pages.Place>{({ LaterRoutes }) => <LaterRoutes here={here} />}</pages.Place>
}
