import { precacheAndRoute } from 'workbox-precaching'

declare const __PRECACHE__: { url: string; revision: string | null }[]

precacheAndRoute(__PRECACHE__)
