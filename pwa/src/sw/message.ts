/** What a push message says. Whatever comes in, there is always something neutral to show. */

export interface ShownNotice {
  title: string
  body: string
  lang: string
  /** A path of ours; never another origin. */
  path: string
  /** One notification per reminder: a moved appointment's notice takes the place of the old one. */
  tag: string
  revision: number
  /** At night: it stands there in the morning, and wakes nobody. */
  silent: boolean
}

export interface PushMessage {
  notice: ShownNotice
  acknowledgement: { delivery_id: string; secret: string } | null
}

export interface NeutralWords {
  title: string
  body: string
  lang: string
}

const LONGEST = 200
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

type Fields = Record<string, unknown>

function asFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
}

function asText(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST ? value : null
}

/** The path of an address of ours, else the start page. */
export function ownPath(address: unknown, origin: string): string {
  if (typeof address !== 'string') return '/'
  try {
    const url = new URL(address, origin)
    return url.origin === origin && !url.pathname.startsWith('/api/') ? url.pathname : '/'
  } catch {
    return '/'
  }
}

function parse(raw: string | null): Fields {
  try {
    return asFields(JSON.parse(raw ?? ''))
  } catch {
    return {}
  }
}

function readAcknowledgement(fields: Fields): PushMessage['acknowledgement'] {
  const secret = asText(fields['ack'])
  const id = asText(fields['id'])
  return secret && id && UUID.test(id) ? { delivery_id: id, secret } : null
}

/** Reads a message; what is missing or odd gives way to the neutral words. */
export function readMessage(raw: string | null, origin: string, neutral: NeutralWords): PushMessage {
  const outer = parse(raw)
  const notification = asFields(outer['notification'])
  // A browser that knows declarative messages hands over the notification alone, with our fields in its data.
  const fields: Fields = { ...asFields(notification['data']), ...outer }
  const title = asText(notification['title'])
  const tag = asText(notification['tag'])
  const revision = fields['revision']
  return {
    notice: {
      title: title ?? neutral.title,
      body: title ? (asText(notification['body']) ?? '') : neutral.body,
      lang: asText(notification['lang']) ?? neutral.lang,
      path: ownPath(notification['navigate'], origin),
      tag: tag && UUID.test(tag) ? tag : 'neutral',
      revision: typeof revision === 'number' && Number.isSafeInteger(revision) ? revision : 0,
      silent: notification['silent'] === true,
    },
    acknowledgement: readAcknowledgement(fields),
  }
}
